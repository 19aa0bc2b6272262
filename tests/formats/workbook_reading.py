"""Reading a finished workbook back, for the tests."""

import io
import re
from typing import Any

from openpyxl import load_workbook

from app.formats.progress_workbook import DutyRow, DutySection, PaperHead, Progress, UnitRows
from app.formats.progress_workbook.making import progress_workbook

from . import progress_sample as sample


def opened(data: bytes, *, values: bool = True) -> Any:
    return load_workbook(io.BytesIO(data), data_only=values)


def built(rows: list[DutyRow], units: list[UnitRows], head: PaperHead = sample.HEAD) -> Any:
    """A workbook of one section, or of none where there are no rows."""
    sections = [DutySection("III. A", tuple(rows))] if rows else []
    return opened(progress_workbook(head, Progress(sections, units), made_at=sample.MADE_AT).to_bytes())


def first_row(sheet: Any) -> int:
    return int(re.search(r"\d+", sheet.auto_filter.ref)[0]) + 1


def row_of(sheet: Any, text: str, column: int) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == text)


def values_of(sheet: Any, row: int, columns: int = 12) -> list[Any]:
    return [sheet.cell(row, column).value for column in range(1, columns + 1)]


def texts(sheet: Any) -> list[str]:
    return [cell.value for row in sheet for cell in row if isinstance(cell.value, str)]
