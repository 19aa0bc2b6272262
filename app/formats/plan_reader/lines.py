"""The lines of a document, whatever file they came from, and what their shape tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.vietnamese import nfc
from app.formats.plan_reader.model import Place

MOST_LINES = 20_000  # a plan of some hundred pages
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_COLUMNS = re.compile(r"\t+|\s{3,}|\s*\|\s*")
_BROKEN_WORD = re.compile(r"\w[-/]$")
_CLOSED = re.compile(r"[.;:!?…]['\"”’»)\]*]*\s*$")


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line as its file gives it.

    `gap` says that it stands apart from the line before (blank line, paragraph mark, wider spacing), None that
    nobody can tell (the top of a page); `cut` that it ends within a word, after its hyphen;
    `fill` is how far to the right it reaches, 1 being the full width, or None where only its letters tell.
    """

    text: str
    gap: bool | None = False
    fill: float | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, with its place: `number` from 1, `start` the offset of its first character."""

    number: int
    start: int
    text: str
    gap: bool
    unsure: bool  # whether a gap stood before it is not known
    fill: float
    letter: float  # the width of one letter, on the scale of `fill`
    cut: bool  # whether it ends within a word, after its hyphen

    @property
    def words(self) -> str:
        return collapse(self.text)

    @property
    def cells(self) -> list[str]:
        """The pieces of a line that holds columns side by side."""
        return [collapse(cell) for cell in _COLUMNS.split(self.text) if cell.strip()]

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence or a member of a list does."""
        return bool(_CLOSED.search(self.text))

    def had_room_for(self, following: "Line") -> bool:
        """Whether the first word of `following` would have fitted: then the break was meant."""
        first_word = following.words.split(" ", 1)[0]
        return self.fill + (len(first_word) + 1) * self.letter < _FULL


_FULL = 0.93  # proportional letters and justified lines never fill all of the width
_USUAL_FULL_SHARE = 0.9


def collapse(text: str) -> str:
    """`text` with every run of white space as one space, and none at the edges."""
    return " ".join(text.split())


def tidy(text: str) -> str:
    """Composed letters only, line ends as \\n, no invisible marks; a page break is a line end."""
    plain = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    plain = re.sub(r"[\f\v\x85\u2028\u2029]", "\n", plain)
    return _INVISIBLE.sub("", plain.replace("\u2011", "-").replace("\u2010", "-"))


def place_lines(raw: Sequence[RawLine]) -> tuple[str, list[Line]]:
    """The extracted text and its lines that are not blank, each with its place in that text."""
    source = "\n".join(line.text for line in raw)
    width = _usual_width(raw)
    lines: list[Line] = []
    start, gap = 0, True
    for number, line in enumerate(raw, start=1):
        if line.text.strip():
            length = len(line.text.strip())
            fill = length / width if line.fill is None else line.fill
            letter = fill / length if line.fill is not None else 1 / width
            lines.append(
                Line(number, start, line.text, gap or bool(line.gap), line.gap is None, fill, letter, line.cut)
            )
            gap = False
        else:
            gap = True
        start += len(line.text) + 1
    return source, lines


def _usual_width(raw: Sequence[RawLine]) -> int:
    lengths = sorted(len(line.text.strip()) for line in raw if line.text.strip())
    return max(1, lengths[int(len(lengths) * _USUAL_FULL_SHARE)]) if lengths else 1


def join(lines: Sequence[Line]) -> str:
    """The text of hard-wrapped `lines` as one line; a word broken after its hyphen is put together again.

    Between a hyphen and a digit only word processors break, and say so: elsewhere there was a space.
    """
    pieces: list[str] = []
    before: Line | None = None
    for line in lines:
        piece = line.text.lstrip()
        if before is not None and not (before.cut or (_BROKEN_WORD.search(before.text) and piece[:1].isalpha())):
            pieces.append(" ")
        pieces.append(piece)
        before = line
    return collapse("".join(pieces))


def place_of(lines: Sequence[Line]) -> Place:
    """The place of `lines`, which follow one another and are at least one."""
    last = lines[-1]
    return Place(lines[0].number, last.number, lines[0].start, last.start + len(last.text))
