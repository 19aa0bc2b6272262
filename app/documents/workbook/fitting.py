"""How tall a row must be so that wrapped Times New Roman text shows whole, in Excel and in LibreOffice.

Neither program measures the rows of a file it did not make, so the file itself has to state heights that
suffice. Column widths are counted in digits of the workbook's first font (Times New Roman 11).
"""

import math
import re
import unicodedata
from functools import lru_cache

from app.documents.workbook.tnr_widths import EM, WIDTHS

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
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        lines = _paragraph_spans(paragraph, room / _SLACK, size, style)
        spans += [(start + begin, start + end) for begin, end in lines]
        start += len(paragraph) + 1
    return spans


def _paragraph_spans(paragraph: str, room: float, size: int, style: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    space = text_px(" ", size, style)
    begin = position = 0
    used = 0.0
    for whole in paragraph.split(" "):
        word, width = whole, text_px(whole, size, style)
        if position > begin and used + space + width > room:
            spans.append((begin, position - 1))
            begin, used = position, 0.0
        while width > room and len(word) > 1:
            kept = _letters_that_fit(word, room, size, style)
            spans.append((begin, position + kept))
            begin = position = position + kept
            word = word[kept:]
            width = text_px(word, size, style)
        used += width + (space if position > begin else 0.0)
        position += len(word) + 1
    return [*spans, (begin, len(paragraph))]


def _letters_that_fit(word: str, room: float, size: int, style: str) -> int:
    count = 1
    while count < len(word) and text_px(word[: count + 1], size, style) <= room:
        count += 1
    return count


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
    spans = line_spans(text, room, size, style)
    while len(spans) > most:
        cut = _cut(text[: spans[most - 1][1]])
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
        spans = line_spans(text, room, size, style)
    return [*parts, text]


def _cut(head: str) -> int:
    sentence = max((match.end() for match in re.finditer(r"[.;](?= )|\n", head)), default=0)
    if sentence > len(head) / 2:
        return sentence
    return max(head.rfind(" "), 0) or len(head)
