"""What is gathered from the parts of a workbook as they are read: cells, the shared texts, which styles show a day."""

import re
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from app.formats.cells.parts import Enough, TooMuch

LONGEST_TEXT = 32_767  # as in Excel itself
_LAST_ROW = 1_048_576
_MOST_FORMATS = 70_000  # Excel's own bound is 65 490
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_DAYS_OF_EAST_ASIA = frozenset((*range(27, 37), *range(50, 59)))
_SPOKEN = frozenset({"v", "t"})


@dataclass
class SheetCell:
    """A cell as the sheet writes it: its kind, the number of its style, its text in pieces."""

    kind: str = "n"
    style: int = 0
    pieces: list[str] = field(default_factory=list)

    def told(self) -> str:
        return "".join(self.pieces)[:LONGEST_TEXT]


class GatheredSheet:
    """Gathers the first cells of each row that has any; raises `TooMuch` beyond the rows wanted."""

    def __init__(self, columns: int, most_rows: int) -> None:
        self.rows: list[tuple[int, list[SheetCell | None]]] = []
        self._columns, self._most_rows = columns, most_rows
        self._row, self._column = 0, 0
        self._cells: list[SheetCell | None] = []
        self._cell: SheetCell | None = None
        self._heard = self._aside = False

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._begin(given)
        elif name == "row":
            self._row = _row(given.get("r", ""), self._row + 1)
            self._column, self._cells = 0, [None] * self._columns
        elif name in _SPOKEN:
            self._heard = not self._aside
        elif name == "rPh":  # how a text is read aloud
            self._aside = True

    def end(self, name: str) -> None:
        if name in _SPOKEN:
            self._heard = False
        elif name == "c":
            if self._cell is not None and self._cell.pieces:
                self._cells[self._column - 1] = self._cell
            self._cell = None
        elif name == "rPh":
            self._aside = False
        elif name == "row":
            self._close()
        elif name == "sheetData":
            raise Enough

    def says(self, text: str) -> None:
        if self._heard and self._cell is not None:
            self._cell.pieces.append(text)

    def _begin(self, given: dict[str, str]) -> None:
        place = _PLACE.fullmatch(given.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._cell = None
        if self._column <= len(self._cells):
            self._cell = SheetCell(given.get("t", "n"), _whole(given.get("s", "0")))

    def _close(self) -> None:
        if any(self._cells):
            if len(self.rows) >= self._most_rows:
                raise TooMuch
            self.rows.append((self._row, self._cells))
        self._cells = []


class Texts:
    """Gathers those of the shared texts that are wanted, by their numbers."""

    def __init__(self, wanted: set[int]) -> None:
        self.found: dict[int, str] = {}
        self._wanted, self._last, self._number = wanted, max(wanted), -1
        self._pieces: list[str] = []
        self._heard = self._aside = False

    def start(self, name: str, _given: dict[str, str]) -> None:
        if name == "si":
            self._number += 1
            self._pieces = []
        elif name == "t":
            self._heard = not self._aside and self._number in self._wanted
        elif name == "rPh":
            self._aside = True

    def end(self, name: str) -> None:
        if name == "t":
            self._heard = False
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            if self._number in self._wanted:
                self.found[self._number] = "".join(self._pieces)[:LONGEST_TEXT]
            if self._number >= self._last:
                raise Enough

    def says(self, text: str) -> None:
        if self._heard:
            self._pieces.append(text)


class Styles:
    """Gathers the number format of each style, up to the last one that is asked for."""

    def __init__(self, last: int) -> None:
        self._last, self._within = last, False
        self._own: dict[int, str] = {}
        self._formats: list[int] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            self._own[_whole(given.get("numFmtId", ""))] = given.get("formatCode", "")
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self._formats.append(_whole(given.get("numFmtId", "0")))
            if len(self._formats) > self._last:
                raise Enough
        if len(self._own) > _MOST_FORMATS or len(self._formats) > _MOST_FORMATS:
            raise TooMuch

    def end(self, name: str) -> None:
        if name == "cellXfs":
            raise Enough

    def shows_a_day(self, style: int) -> bool:
        if style >= len(self._formats):
            return False
        number = self._formats[style]
        written = self._own.get(number) or BUILTIN_FORMATS.get(number)
        return bool(is_date_format(written)) if written else number in _DAYS_OF_EAST_ASIA


def _row(text: str, otherwise: int) -> int:
    return _whole(text, otherwise) if 0 < _whole(text, 0) <= _LAST_ROW else otherwise


def _whole(text: str, otherwise: int = 0) -> int:
    longest = 9
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= longest else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
