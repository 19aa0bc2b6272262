"""The first printed page of each sheet of a workbook as plain rows of cells: a print view without a printer."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from app.formats.workbook.look import DATE, PERCENT


@dataclass(frozen=True)
class CellView:
    """A cell over ``columns`` × ``rows``; ``across`` is left, center or right; the table's own are ``framed``."""

    text: str
    columns: int
    rows: int
    bold: bool
    italic: bool
    across: str
    framed: bool
    shaded: bool


@dataclass(frozen=True)
class SheetView:
    """A sheet's name and the rows of its first page."""

    name: str
    rows: list[list[CellView]]


def first_pages(data: bytes) -> list[SheetView]:
    """The first page of every sheet of an .xlsx file that :class:`Book` made, with the values its formulas had."""
    return [SheetView(sheet.title, _rows(sheet)) for sheet in load_workbook(io.BytesIO(data), data_only=True)]


def _rows(sheet: Any) -> list[list[CellView]]:
    _left, _top, last_column, last_row = range_boundaries(sheet.print_area.rpartition("!")[2])
    end = min([row_break.id for row_break in sheet.row_breaks.brk], default=last_row)
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges if area.min_row <= end}
    covered = {place for area in merged.values() for row in area.rows for place in row} - set(merged)
    listed = []
    for row in sheet.iter_rows(max_row=end, max_col=last_column):
        cells = [_view(cell, merged.get((cell.row, cell.column))) for cell in row if _at(cell) not in covered]
        if any(cell.text.strip("_") or cell.framed for cell in cells):
            listed.append(cells)
    return listed


def _at(cell: Any) -> tuple[int, int]:
    return cell.row, cell.column


def _view(cell: Any, area: Any) -> CellView:
    return CellView(
        text=_words(cell).strip("_"),
        columns=area.size["columns"] if area else 1,
        rows=area.size["rows"] if area else 1,
        bold=bool(cell.font.b),
        italic=bool(cell.font.i),
        across=cell.alignment.horizontal or "left",
        framed=bool(cell.border.top.style),
        shaded=bool(cell.fill.fill_type),
    )


def _words(cell: Any) -> str:
    """The value as it is printed in Việt Nam."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, date) and cell.number_format == DATE:
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float) and cell.number_format == PERCENT:
        return f"{value:.2%}".replace(".", ",")
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)
