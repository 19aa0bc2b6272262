"""How tall a row must be so that wrapped Times New Roman text shows whole, in Excel and in LibreOffice.

Neither program measures the rows of a file it did not make, so the file itself has to state heights that
suffice. Column widths are counted in digits of the workbook's first font (Times New Roman 11).
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from app.formats.workbook.tnr_widths import EM, WIDTHS

PX_PER_UNIT = 7  # the widest digit of Times New Roman 11 at 96 dpi, as Excel takes it (LibreOffice: 7.33)
TALLEST_ROW = 409.0  # points; Excel's own limit

_CELL_PADDING_PX = 5
_INDENT_PX = 9
_SLACK = 1.04  # screen hinting makes text up to 4 % wider than its metrics say
_LINE_POINTS = {8: 11.25, 9: 12.0, 10: 12.75, 11: 15.0, 12: 15.75, 13: 16.5, 14: 18.75, 15: 19.5, 16: 20.25}
_ROW_PADDING = 1.5
_STEP = 0.75  # one pixel: Excel rounds heights to it
_UNKNOWN_ADVANCE = 1251
_INVISIBLE = "\u200b\ufeff\u00ad"
_HORN = "\u031b"
_HORNED = {"o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"}
_ADVANCES = {
    style: {letter: width for width, letters in table.items() for letter in letters} for style, table in WIDTHS.items()
}


@lru_cache(8192)
def advance(letter: str, style: str = "") -> int:
    """Width of one character in 1/2048 em; ``style`` is "", "b", "i" or "bi"."""
    table = _ADVANCES[style]
    if letter in table:
        return table[letter]
    if unicodedata.combining(letter) or letter in _INVISIBLE:
        return 0
    parts = unicodedata.normalize("NFD", letter)
    base = _HORNED.get(parts[0], parts[0]) if _HORN in parts else parts[0]
    wide = unicodedata.east_asian_width(letter) in "WF"
    return table.get(base, EM if wide else _UNKNOWN_ADVANCE)


def text_px(text: str, size: int, style: str = "") -> float:
    """Width in pixels (96 dpi) of text set on one line, ``size`` in points."""
    return sum(advance(letter, style) for letter in text) * size / EM * 96 / 72


def room_px(width: float, indent: int = 0) -> float:
    """Pixels left for text in a cell ``width`` units wide (merged cells: the sum of their columns)."""
    return width * PX_PER_UNIT - _CELL_PADDING_PX - indent * _INDENT_PX


def fits_one_line(text: str, width: float, size: int, style: str = "") -> bool:
    return text_px(text, size, style) * _SLACK <= room_px(width)


def line_spans(text: str, room: float, size: int, style: str = "") -> list[tuple[int, int]]:
    """Begin and end of every line when ``text`` is wrapped into ``room`` pixels.

    Breaks at spaces alone. The programs also break after a hyphen or a slash; fewer places to break never
    give fewer lines. A word wider than the room (a hash, an address) is broken between letters, as they do.
    """
    return list(_lines(text, room, size, style))


def _lines(text: str, room: float, size: int, style: str) -> Iterator[tuple[int, int]]:
    """The lines one after the other: what nobody asks for is not measured."""
    start = 0
    for paragraph in text.split("\n"):
        for begin, end in _paragraph_lines(paragraph, room / _SLACK, size, style):
            yield start + begin, start + end
        start += len(paragraph) + 1


def _paragraph_lines(paragraph: str, room: float, size: int, style: str) -> Iterator[tuple[int, int]]:
    space = text_px(" ", size, style)
    begin = position = 0
    used = 0.0
    while position <= len(paragraph):
        end = paragraph.find(" ", position)
        end = len(paragraph) if end < 0 else end
        width, kept = _measured(paragraph, position, end, room, size, style)
        if position > begin and used + space + width > room:
            yield begin, position - 1
            begin, used = position, 0.0
        if kept < end:  # a word wider than the room: cut at the line's end, and the rest of it looked at alone
            yield begin, kept
            begin = position = kept
            continue
        used += width + (space if position > begin else 0.0)
        position = end + 1
    yield begin, len(paragraph)


def _measured(text: str, begin: int, end: int, room: float, size: int, style: str) -> tuple[float, int]:
    """How wide the word is and where it ends; of one wider than ``room``, how far a line takes it."""
    most = room * EM * 72 / 96 / size
    width = 0
    for place in range(begin, end):
        width += advance(text[place], style)
        if width > most and place > begin:
            return width * size / EM * 96 / 72, place
    return width * size / EM * 96 / 72, end


def line_points(size: int) -> float:
    """Points one line of text takes in Excel."""
    return _LINE_POINTS.get(size) or round_up(size * 1.36)


def round_up(points: float) -> float:
    return math.ceil(points / _STEP) * _STEP


def lines_height(lines: int, size: int) -> float:
    return round_up(lines * line_points(size) + _ROW_PADDING)


def needed_height(text: str, width: float, size: int, style: str = "", indent: int = 0) -> float:
    """Points a row needs for ``text`` wrapped in a cell ``width`` units wide."""
    return lines_height(len(line_spans(text, room_px(width, indent), size, style)), size)


def pieces(
    text: str, width: float, size: int, style: str = "", *, indent: int = 0, tallest: float = TALLEST_ROW
) -> list[str]:
    """``text`` in parts that each fit a row of ``tallest`` points, cut where a sentence ends if one does."""
    room = room_px(width, indent)
    most = max(1, int((tallest - _ROW_PADDING) // line_points(size)))
    parts: list[str] = []
    while len(spans := list(islice(_lines(text, room, size, style), most + 1))) > most:
        cut = _cut(text[: spans[most - 1][1]])
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def _cut(head: str) -> int:
    """Where to go on in the next row: never so early that most of what was measured is measured again."""
    sentence = max((match.end() for match in re.finditer(r"[.;](?= )|\n", head)), default=0)
    return next((place for place in (sentence, head.rfind(" ")) if place > len(head) / 2), len(head))
