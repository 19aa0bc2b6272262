"""A workbook of printed tables, saved with the values of its formulas."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList

from app.formats.workbook.look import FONT, TABLE_SIZE
from app.formats.workbook.page import A4_LANDSCAPE, Page
from app.formats.workbook.saving import workbook_bytes
from app.formats.workbook.sheet import Sheet
from app.formats.workbook.text import clean, sheet_name


class Book:
    """A workbook in the making.

    ``made_at`` (with its zone) is written as the file's date; the same content and date give the same bytes.
    ``mark``, if any, stands in the margin of every page of every sheet.
    """

    def __init__(self, title: str, author: str, made_at: datetime, mark: str = "") -> None:
        self.workbook: Any = Workbook()
        self.workbook.remove(self.workbook.active)
        self.mark = mark
        self._made_at = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self._stored: dict[tuple[str, str], float | str] = {}
        font = Font(name=FONT, size=TABLE_SIZE, family=1)
        # Font 0 and the style Normal decide the unit of column widths; openpyxl has no public way to set
        # the first.
        self.workbook._fonts = IndexedList([font])
        self.workbook._named_styles["Normal"].font = font
        self.workbook.calculation.fullCalcOnLoad = True
        properties = self.workbook.properties
        properties.title, properties.creator, properties.language = clean(title), clean(author), "vi-VN"

    def sheet(self, name: str, widths: Sequence[float], page: Page = A4_LANDSCAPE) -> Sheet:
        """A new sheet after the others, named as near to ``name`` as Excel allows."""
        return Sheet(self, sheet_name(name, self.workbook.sheetnames), widths, page)

    def store(self, sheet: str, cell: str, value: float | str) -> None:
        """Remember the value a formula has now."""
        self._stored[sheet, cell] = value

    @property
    def pages(self) -> list[int]:
        """How many pages each finished sheet takes in print."""
        return [len(worksheet.row_breaks.brk) + 1 for worksheet in self.workbook.worksheets]

    def to_bytes(self) -> bytes:
        """The .xlsx file."""
        for index, worksheet in enumerate(self.workbook.worksheets):
            worksheet.sheet_view.tabSelected = index == 0
        return workbook_bytes(self.workbook, self._stored, self._made_at)
