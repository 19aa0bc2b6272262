"""The great parts of the document: letterhead, opening, body, signature, annexes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.formats.plan_reader.errors import Problem, Unreadable
from app.formats.plan_reader.lines import Line
from app.formats.plan_reader.markers import Level, read_marker

_NAME_OF_KIND = "KẾ HOẠCH"
_SIGNATURE = re.compile(
    r"Nơi nhận\b|NƠI NHẬN\b|(?:TM|KT|TL|TUQ)\s?\.\s*[^\W\d_]{2,}"
    r"|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG)$"
)
_ANNEX = ("PHỤ LỤC", "DANH MỤC", "BIỂU")


@dataclass(frozen=True, slots=True)
class Sections:
    """The lines of each great part; together they are all lines of the document, in order."""

    letterhead: list[Line]
    opening: list[Line]  # from “KẾ HOẠCH” to the first numbered clause
    body: list[Line]
    signature: list[Line]
    annex: list[Line]


def part_document(lines: Sequence[Line]) -> Sections:
    """The great parts of a plan. Raises Unreadable (NOT_A_PLAN) without its name or a numbered clause."""
    title = _first(lines, 0, _names_kind)
    body = _first_clause(lines, title + 1)
    if body >= len(lines):
        raise Unreadable(Problem.NOT_A_PLAN)
    signature = _first(lines, body, _is_signature)
    annex = _first(lines, signature, _opens_annex)
    bounds = (0, title, body, signature, annex, len(lines))
    return Sections(*(list(lines[a:b]) for a, b in pairwise(bounds)))


def _first(lines: Sequence[Line], begin: int, test: Callable[[Line], bool]) -> int:
    return next((i for i in range(begin, len(lines)) if test(lines[i])), len(lines))


def _first_clause(lines: Sequence[Line], begin: int) -> int:
    """A Roman heading if there is any, else the first numbered one."""
    roman = _first(lines, begin, lambda line: _opens(line, Level.ROMAN))
    return roman if roman < len(lines) else _first(lines, begin, lambda line: _opens(line, Level.NUMBER))


def _opens(line: Line, level: Level) -> bool:
    marker = read_marker(line.words)
    return marker is not None and marker.level is level and not marker.rest[:1].islower()


def _names_kind(line: Line) -> bool:
    words = line.words.rstrip(" .:")
    return words.upper() == _NAME_OF_KIND or (words.startswith(f"{_NAME_OF_KIND} ") and words.isupper())


def _opens_annex(line: Line) -> bool:
    return line.words.startswith(_ANNEX) and line.words.isupper()


def _is_signature(line: Line) -> bool:
    return any(_SIGNATURE.match(cell) for cell in line.cells)
