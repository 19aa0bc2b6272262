"""The first sheet of an .xlsx file from outside, read as a stream: what nobody asks for is never made.

A workbook of a few kilobytes may declare millions of cells, merged ranges, styles or texts. So nothing is built of it
but the first cells of its rows; every part is read once, in pieces, up to a bound, and left as soon as it is passed.
"""

import posixpath
from datetime import datetime
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from app.formats.cells.gathered import GatheredSheet, SheetCell, Styles, Texts
from app.formats.cells.parts import NoWorkbook, Parts, TooMuch
from app.formats.zip_guard import BROKEN, BadArchive, Fault

__all__ = ["NoWorkbook", "Row", "TooMuch", "first_rows"]

MOST_LETTERS = 3_000_000  # of all texts that are given
_LONGEST_NUMBER = 40
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"

Row = tuple[int, list[Any]]


def first_rows(data: bytes, columns: int, most_rows: int) -> list[Row]:
    """The rows of the first sheet with a value in one of their first `columns` cells: (number, values).

    Values are text, numbers, days, true or false; None for a blank. Raises `NoWorkbook`; `TooMuch` beyond `most_rows`
    rows and wherever a bound of this package is passed.
    """
    try:
        with Parts(data) as parts:
            return _Book(parts).rows(columns, most_rows)
    except BadArchive as error:
        raise (TooMuch if error.fault is Fault.TOO_MUCH else NoWorkbook) from error
    except BROKEN as error:
        raise NoWorkbook from error


class _Book:
    """One workbook: where its first sheet is, and what the numbers in its cells stand for."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._epoch = parts, CALENDAR_WINDOWS_1900
        self._letters = 0

    def rows(self, columns: int, most_rows: int) -> list[Row]:
        sheet = GatheredSheet(columns, most_rows)
        self._parts.read(self._first_sheet(), sheet.start, sheet.end, sheet.says)
        cells = [cell for _number, row in sheet.rows for cell in row if cell is not None]
        texts = self._texts({int(cell.told()) for cell in cells if cell.kind == "s"})
        days = self._days({cell.style for cell in cells if cell.kind == "n"})
        return [(number, [self._value(cell, texts, days) for cell in row]) for number, row in sheet.rows]

    def _first_sheet(self) -> str:
        """The name of the part, by the order of the workbook and not by its file name."""
        sheets: list[str] = []
        targets: dict[str, str] = {}

        def book(name: str, given: dict[str, str]) -> None:
            if name == "sheet":
                sheets.append(next((v for k, v in given.items() if k.rpartition(":")[2] == "id"), ""))
            elif name == "workbookPr" and given.get("date1904") in ("1", "true"):
                self._epoch = CALENDAR_MAC_1904

        def relation(name: str, given: dict[str, str]) -> None:
            if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
                targets[given.get("Id", "")] = given.get("Target", "")

        self._parts.read(_WORKBOOK, book)
        self._parts.read(_RELATIONS, relation)
        target = next((targets[sheet] for sheet in sheets if sheet in targets), None)
        if target is None:
            raise NoWorkbook
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")

    def _texts(self, wanted: set[int]) -> dict[int, str]:
        """The shared texts with these numbers; reading ends with the last of them."""
        if not wanted:
            return {}
        shared = Texts(wanted)
        self._parts.read(_TEXTS, shared.start, shared.end, shared.says)
        return shared.found

    def _days(self, wanted: set[int]) -> set[int]:
        """Those of the styles with these numbers that show a day."""
        if not wanted - {0} or _STYLES not in self._parts:
            return set()
        styles = Styles(max(wanted))
        self._parts.read(_STYLES, styles.start, styles.end)
        return {number for number in wanted if styles.shows_a_day(number)}

    def _value(self, cell: SheetCell | None, texts: dict[int, str], days: set[int]) -> Any:
        if cell is None:
            return None
        text = cell.told()
        if cell.kind == "n":
            return _number(text, self._epoch if cell.style in days else None)
        if cell.kind == "b":
            return text.strip() == "1"
        if cell.kind == "d":
            return datetime.fromisoformat(text).date()
        said = texts[int(text)] if cell.kind == "s" else text
        self._letters += len(said)
        if self._letters > MOST_LETTERS:
            raise TooMuch
        return said


def _number(text: str, epoch: datetime | None) -> Any:
    """The number in `text`, a day where `epoch` says that it is one; the text itself where it is no number."""
    if len(text) > _LONGEST_NUMBER:
        return text
    value = float(text)
    if epoch is not None and value >= 1:
        try:
            return from_excel(value, epoch).date()
        except (OverflowError, ValueError):
            return text
    return int(value) if value.is_integer() else value
