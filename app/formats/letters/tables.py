"""Tables of letters: without borders for heads and signatures, ruled for lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as DOWN
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm

from app.formats.letters.page import CENTRE, Letter, element, write
from app.formats.letters.words import tidy

_TWIPS_A_MM = 56.7
_CELL_MARGIN_MM = 1.2
_TABLE_SIZE = 12
_LONG_ROW = 400  # letters of a cell; a longer one may go on overleaf
_AFTER_WIDTH = ("w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook")


@dataclass(frozen=True)
class TableColumn:
    """One column of a ruled table: its heading, its width, whether its cells are centred."""

    heading: str
    mm: float
    centred: bool = False


def plain(letter: Letter, widths: Sequence[float], *, ruled: bool = False) -> Any:
    """A table of one row and of fixed `widths` (mm); LibreOffice reads the grid's, Word the cells'."""
    table = letter.document.add_table(1, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if ruled:
        table.style = "Table Grid"
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    width = element("w:tblW", w=int(sum(widths) * _TWIPS_A_MM), type="dxa")
    properties.insert_element_before(width, *_AFTER_WIDTH)
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=int((_CELL_MARGIN_MM if ruled else 0) * _TWIPS_A_MM), type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")
    set_widths(table, widths)
    return table


def set_widths(table: Any, widths: Sequence[float]) -> None:
    """Give the grid and every cell their widths (mm)."""
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(int(width * _TWIPS_A_MM)))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def emptied(cell: Any) -> Any:
    """`cell` without the paragraph it is born with; the caller writes at least one."""
    for paragraph in list(cell.paragraphs):
        cell._tc.remove(paragraph._p)
    return cell


def keep_whole(table: Any, *, with_next: bool = True) -> None:
    """Hold the rows of a short table on one page, and on that of what follows."""
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = with_next or number < last


def ruled(letter: Letter, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]]) -> None:
    """A ruled table, its heading repeated on every page.

    Only a long row goes on overleaf: held together it might be taller than the page, and would be cut.
    """
    widths = [column.mm for column in columns]
    table = plain(letter, widths, ruled=True)
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        cell.vertical_alignment = DOWN.CENTER
        _fill(cell, column.heading, centred=True, bold=True)
    keep_whole(table)
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for values in rows:
        row = table.add_row()
        for cell, column, value in zip(row.cells, columns, values, strict=True):
            _fill(cell, value, centred=column.centred)
        if max(map(len, values)) <= _LONG_ROW:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    set_widths(table, widths)
    letter.gap()


def _fill(cell: Any, text: str, *, centred: bool = False, bold: bool = False) -> None:
    emptied(cell)
    for line in tidy(text).split("\n"):
        align = CENTRE if centred else None
        write(cell, line, size=_TABLE_SIZE, bold=bold, align=align, before=2, after=2)
