"""Hard-wrapped lines made into paragraphs again.

Three things may tell where a paragraph begins: every line is one (a word processor's file), a gap stands before it,
or only the shapes of the lines do (marks, full stops, lines that end early). Which of them can be trusted is
measured on the document itself: a boundary that is often followed by a small letter is none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.formats.plan_reader.lines import Line, join, place_of
from app.formats.plan_reader.markers import Level, Marker, read_marker
from app.formats.plan_reader.model import Place

_STRAY_SHARE = 0.05  # so many boundaries may be followed by a small letter by accident
_GAPPED_SHARE = 0.8
_LINES_TO_TRUST = 4
_LONGEST_SENTENCE = 20  # lines
_LONGEST_HEADING = 200  # letters
_SECOND_HALVES = re.compile(
    r"[-–—]\s*(?:Thương b[iì]nh|TBXH|Kế hoạch|Thông tin|Truyền hình|Xã hội|Việc làm|Thể thao|Du lịch|Gia đình|BTXH)\b"
)
_CLOSING_WORDS = re.compile(
    r"(?:Nhận được (?:bản )?Kế hoạch|Trên đây là|Trong quá trình|Căn cứ (?:nội dung |vào )*Kế hoạch này"
    r"|Yêu cầu (?:các|Thủ trưởng)|Kế hoạch này)"
)


class Boundary(Enum):
    """What tells the beginning of a paragraph in this document."""

    LINE = auto()
    GAP = auto()
    SHAPE = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, with the mark that opens them."""

    lines: tuple[Line, ...]
    marker: Marker | None
    text: str

    @property
    def level(self) -> Level:
        return self.marker.level if self.marker else Level.PLAIN

    @property
    def place(self) -> Place:
        return place_of(self.lines)

    @property
    def opens_closing(self) -> bool:
        return self.marker is None and bool(_CLOSING_WORDS.match(self.text))


def boundary_of(lines: Sequence[Line]) -> Boundary:
    """What can be trusted to part the paragraphs of `lines`."""
    small = [line for line in lines if _starts_small(line)]
    gapped = [line for line in lines if line.gap]
    gaps_tell = sum(line.gap for line in small) <= _STRAY_SHARE * len(gapped)
    marked = [line for line in lines if read_marker(line.words)]
    if gaps_tell and sum(line.gap for line in marked) >= _GAPPED_SHARE * len(marked) > 0:
        return Boundary.GAP
    few = len(lines) < _LINES_TO_TRUST or len(small) <= _STRAY_SHARE * len(lines)
    return Boundary.LINE if few else Boundary.SHAPE


def _starts_small(line: Line) -> bool:
    words = line.words
    return words[:1].islower() and read_marker(words) is None


def paragraphs(lines: Sequence[Line], boundary: Boundary) -> list[Paragraph]:
    """`lines` as paragraphs, in order; every line is in exactly one."""
    groups: list[list[Line]] = []
    number = 0
    for line in lines:
        marker = read_marker(line.words)
        if not groups or _begins(groups[-1], line, marker, boundary, number):
            groups.append([line])
            number = _counted(marker, number)
        else:
            groups[-1].append(line)
    return [_paragraph(group) for group in groups]


def _counted(marker: Marker | None, number: int) -> int:
    if marker is None or marker.level > Level.NUMBER:
        return number
    return marker.ordinal if marker.level is Level.NUMBER else 0


def _paragraph(group: list[Line]) -> Paragraph:
    text = join(group)
    marker = read_marker(text)
    return Paragraph(tuple(group), marker, marker.rest if marker else text)


def _begins(group: list[Line], line: Line, marker: Marker | None, boundary: Boundary, number: int) -> bool:
    """Whether `line` opens a paragraph after `group`, `number` being the last counted clause."""
    if boundary is Boundary.LINE or (boundary is Boundary.GAP and line.gap):
        return not _goes_on(group, marker)
    if boundary is Boundary.GAP and marker is None and not line.unsure:
        return group[-1].closed and bool(_CLOSING_WORDS.match(line.words))
    if marker is not None:
        return _mark_counts(group, line, marker, number)
    return _plain_begins(group, line)


def _goes_on(group: list[Line], marker: Marker | None) -> bool:
    """Whether a line set apart still belongs to `group`: a mark alone on its line, a numbered sentence cut open."""
    opening = _opening(group)
    if opening is None:
        return False
    if not opening.rest:
        return marker is None
    text = " ".join(before.text for before in group[:_LONGEST_SENTENCE])
    is_sentence = opening.level is Level.NUMBER and ";" in text and len(text) > _LONGEST_HEADING
    is_open_sentence = is_sentence and not group[-1].closed
    return is_open_sentence and marker is not None and marker.level is Level.DASH


def _mark_counts(group: list[Line], line: Line, marker: Marker, number: int) -> bool:
    before = group[-1]
    rest = marker.rest
    if marker.level is Level.ROMAN and rest.isupper():
        return True
    if marker.level is Level.NUMBER and marker.ordinal in (1, number + 1) and not rest[:1].islower():
        return True
    if _SECOND_HALVES.match(line.words) and not before.closed:
        return False
    if marker.level is Level.DASH and (rest[:1].islower() or rest[:1].isdigit()):
        return before.closed and (rest[:1].islower() or before.had_room_for(line))
    if before.closed or before.had_room_for(line):
        return marker.level is not Level.NUMBER or not rest[:1].islower()
    return marker.level >= Level.LETTER and _is_heading(group)


def _is_heading(group: list[Line]) -> bool:
    opening = _opening(group)
    return opening is not None and opening.level <= Level.LETTER


def _plain_begins(group: list[Line], line: Line) -> bool:
    before = group[-1]
    if not line.words[:1].isupper() or _mark_alone(group):
        return before.closed and line.gap and not line.words[:1].islower()
    if before.closed and _CLOSING_WORDS.match(line.words):
        return True
    return (before.closed or _is_heading(group)) and before.had_room_for(line)


def _mark_alone(group: list[Line]) -> bool:
    opening = _opening(group)
    return opening is not None and not opening.rest


def _opening(group: list[Line]) -> Marker | None:
    """The mark of the paragraph that `group` begins; it may stand alone on the first line."""
    return read_marker(join(group[:2]))
