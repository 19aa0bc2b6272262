"""One printed table: cells with measured heights, header rows that repeat, sections, entries, pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, quote_sheetname

from app.formats.workbook import fitting
from app.formats.workbook.look import HEADER_SHADE, SECTION_SHADE, Look, apply_look
from app.formats.workbook.page import A4_LANDSCAPE, Page, page_breaks
from app.formats.workbook.printing import end_pages, prepare
from app.formats.workbook.text import clean, write_text

if TYPE_CHECKING:
    from app.formats.workbook.book import Book

PLAIN = Look()
HEADING = Look(bold=True, across="center", boxed=True, shade=HEADER_SHADE)
COLUMN_NUMBER = Look(size=9, italic=True, across="center", boxed=True)
SECTION = Look(bold=True, boxed=True, shade=SECTION_SHADE)
ENTRY = Look(down="top", boxed=True)
_LONGEST_ADDRESS = 2_000  # letters; Excel takes 2 079
_PLAIN_ROW = 15.0  # points of a row nobody wrote in
_LEAST_ROOM = 90.0  # points a long text may always take of a page


@dataclass(frozen=True)
class Formula:
    """A live formula and the value it has now, stored beside it for readers that do not calculate."""

    text: str
    value: float | str


@dataclass(frozen=True)
class Heading:
    """A cell of the table's header, over ``columns`` columns and ``rows`` rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Link:
    """A text that opens an address. LibreOffice never wraps it, so one that needs two lines stands as plain text."""

    text: str
    target: str


Value = str | int | float | date | Formula | Link | None


class Sheet:
    """Rows are written from the top down; ``row`` is the next free one.

    Made by :meth:`Book.sheet`. ``widths`` are the columns' widths in digits of Times New Roman 11; up to 165
    in all keep 11-point text readable on A4 landscape. Call :meth:`finish` last.
    """

    def __init__(self, book: "Book", name: str, widths: Sequence[float], page: Page = A4_LANDSCAPE) -> None:
        self.book = book
        self.widths = tuple(widths)
        self.page = page
        self.row = 1
        self.header_rows = (0, 0)
        self._heights: dict[int, float] = {}
        self._glued: set[int] = set()
        self._worksheet = book.workbook.create_sheet(name)
        for column, width in enumerate(self.widths, 1):
            self._worksheet.column_dimensions[get_column_letter(column)].width = width
        prepare(self._worksheet, page, self.scale, mark=book.mark)

    @property
    def name(self) -> str:
        return str(self._worksheet.title)

    @property
    def columns(self) -> int:
        return len(self.widths)

    @property
    def scale(self) -> int:
        """Percent the sheet is printed at."""
        return self.page.scale(sum(self.widths))

    @property
    def last_row(self) -> int:
        return self.row - 1

    def width(self, first: int, last: int) -> float:
        return sum(self.widths[first - 1 : last])

    def reference(self, cell: str) -> str:
        """``cell`` ("C5", "A1:A9") as other sheets name it: quoted, since PL1 alone is a cell address."""
        return f"{quote_sheetname(self._worksheet.title)}!{cell}"

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        look: Look = PLAIN,
        *,
        to_column: int | None = None,
        to_row: int | None = None,
    ) -> None:
        """Write one cell, merged to ``to_column`` and ``to_row``, and let its rows grow to show all of it."""
        last_column, last_row = to_column or column, to_row or row
        if isinstance(value, Link):
            value, look = self._linked(value, look, self.width(column, last_column))
        if isinstance(value, str):
            value = clean(value)
        self._write(row, column, value)
        for each_row in range(row, last_row + 1):
            for each_column in range(column, last_column + 1):
                apply_look(self._worksheet.cell(each_row, each_column), look)
        if (last_row, last_column) != (row, column):
            self._worksheet.merge_cells(start_row=row, end_row=last_row, start_column=column, end_column=last_column)
        needed = self._needed(value, look, self.width(column, last_column)) / (last_row - row + 1)
        for each_row in range(row, last_row + 1):
            self.grow(each_row, needed)

    def _linked(self, link: Link, look: Look, width: float) -> tuple[Value, Look]:
        text = clean(link.text)
        fits = "\n" not in text and fitting.fits_one_line(text, width, look.size, look.style)
        if not fits or len(link.target) > _LONGEST_ADDRESS:
            return text, look
        return Link(text, link.target), replace(look, linked=True)

    def _write(self, row: int, column: int, value: Value) -> None:
        cell = self._worksheet.cell(row, column)
        if isinstance(value, Link):
            write_text(cell, value.text)
            cell.hyperlink = value.target
            return
        if isinstance(value, Formula):
            cell.value = value.text
            self.book.store(self._worksheet.title, cell.coordinate, value.value)
        elif isinstance(value, str):
            if value:
                write_text(cell, value)
        else:
            cell.value = value

    def _needed(self, value: Value, look: Look, width: float) -> float:
        if isinstance(value, str) and width:
            return fitting.needed_height(value, width, look.size, look.style, look.indent)
        return fitting.lines_height(1, look.size)

    def grow(self, row: int, points: float) -> None:
        """Make a row at least ``points`` tall."""
        self._heights[row] = max(self._heights.get(row, 0.0), fitting.round_up(points))

    def gap(self, points: float) -> None:
        """Give the next row this height, whatever stands in it, and pass on."""
        self._heights[self.row] = points
        self.row += 1

    def glue(self, first: int, last: int) -> None:
        """Keep each of these rows on one page with the row after it."""
        self._glued.update(range(first, last + 1))

    def line(self, text: str, look: Look = PLAIN) -> None:
        """One text over the whole width."""
        self.put(self.row, 1, text, look, to_column=self.columns)
        self.row += 1

    def header(self, rows: Sequence[Sequence[Heading]], numbers: Mapping[int, str] | None = None) -> None:
        """The table's header and the row of column numbers; both repeat on every page and stay on screen.

        ``numbers`` replaces single numbers, as in ``{3: "(3)=(4)+(7)"}``.
        """
        top = self.row
        covered: set[tuple[int, int]] = set()
        for row, headings in enumerate(rows, top):
            column = 1
            for heading in headings:
                while (row, column) in covered:
                    column += 1
                last_row, last_column = row + heading.rows - 1, column + heading.columns - 1
                covered |= {(r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
                self.put(row, column, heading.text, HEADING, to_column=last_column, to_row=last_row)
        self.row = top + len(rows)
        for column in range(1, self.columns + 1):
            self.put(self.row, column, (numbers or {}).get(column, f"({column})"), COLUMN_NUMBER)
        self.header_rows = (top, self.row)
        self.glue(1, self.row)
        self.row += 1

    def section(self, text: str, look: Look = SECTION) -> None:
        """A merged row over the entries that follow; never the last row of a page."""
        parts = self._pieces(clean(text), self.width(1, self.columns), look)
        for part in parts:
            self.put(self.row, 1, part, look, to_column=self.columns)
            self.glue(self.row, self.row)
            self.row += 1

    def entry(self, values: Sequence[Value], looks: Mapping[int, Look], default: Look = ENTRY) -> int:
        """One entry of the table, a value a column; returns its (first) row.

        ``looks`` are those of single columns. A text too tall for one row goes on in the next, where the
        other columns are empty.
        """
        first = self.row
        parts = {
            column: self._pieces(clean(value), self.widths[column - 1], looks.get(column, default))
            for column, value in enumerate(values, 1)
            if isinstance(value, str)
        }
        for index in range(max((len(texts) for texts in parts.values()), default=1)):
            for column, whole in enumerate(values, 1):
                value = whole if not index else None
                if column in parts:
                    value = parts[column][index] if index < len(parts[column]) else None
                self.put(self.row, column, value, looks.get(column, default))
            self.row += 1
        return first

    def _pieces(self, text: str, width: float, look: Look) -> list[str]:
        tallest = max(_LEAST_ROOM, min(fitting.TALLEST_ROW, self.page.room(self.scale) - self._taken()))
        return fitting.pieces(text, width, look.size, look.style, indent=look.indent, tallest=tallest)

    def _taken(self) -> float:
        """Points of a page that the rows glued to the next one take, so that no heading is left alone above it."""
        first = self.row
        while first - 1 in self._glued:
            first -= 1
        repeated = self._repeated_height() if first > 1 else 0.0
        return repeated + sum(self._heights[row] for row in range(first, self.row))

    def _repeated_height(self) -> float:
        top, last = self.header_rows
        return sum(self._heights[row] for row in range(top, last + 1)) if top else 0.0

    def beside(self, row: int, column: int, value: Value, look: Look) -> None:
        """A working cell right of the table: on screen only, not printed, and no reason to grow a row."""
        self._write(row, column, value)
        apply_look(self._worksheet.cell(row, column), replace(look, shade=None))

    def finish(self, *, frozen_columns: int, last_entry: int | None = None) -> None:
        """State heights, pages, frozen panes and, if ``last_entry`` is given, a filter down to that row."""
        for row in range(1, self.row):
            self._heights.setdefault(row, _PLAIN_ROW)
            self._worksheet.row_dimensions[row].height = self._heights[row]
        breaks = page_breaks(
            [self._heights[row] for row in range(1, self.row)],
            self._glued,
            self.page.room(self.scale),
            self._repeated_height(),
        )
        last_column = get_column_letter(self.columns)
        end_pages(self._worksheet, f"A1:{last_column}{self.last_row}", self.header_rows, breaks)
        below_header = self.header_rows[1] + 1
        self._worksheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{below_header}"
        if last_entry:
            self._worksheet.auto_filter.ref = f"A{self.header_rows[1]}:{last_column}{last_entry}"
