"""Paper, margins, page numbers and breaks of a worksheet, in openpyxl's terms."""

from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.pagebreak import Break

from app.formats.workbook.look import FONT
from app.formats.workbook.page import Page

_A4 = 9
_HEADER_MM, _FOOTER_MM = 10, 8
_SCREEN_ZOOM = 90


def prepare(worksheet: Any, page: Page, scale: int, mark: str) -> None:
    """Set up the paper; ``mark`` stands in the top right corner of every page.

    Pages are numbered in the middle of the top margin, the first one is not (Nghị định 30/2020/NĐ-CP).
    """
    setup = worksheet.page_setup
    setup.paperSize = _A4
    setup.orientation = "landscape" if page.landscape else "portrait"
    setup.scale = scale
    setup.useFirstPageNumber, setup.firstPageNumber = True, 1  # otherwise numbers run on through the sheets
    margins = worksheet.page_margins
    margins.left, margins.right = page.left / 25.4, page.right / 25.4
    margins.top, margins.bottom = page.top / 25.4, page.bottom / 25.4
    margins.header, margins.footer = _HEADER_MM / 25.4, _FOOTER_MM / 25.4
    worksheet.print_options.horizontalCentered = True
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_view.zoomScale = _SCREEN_ZOOM
    worksheet.HeaderFooter.differentFirst = True
    worksheet.HeaderFooter.scaleWithDoc = False
    worksheet.oddHeader.center.text = f'&"{FONT},Regular"&13&P'
    if mark:
        for header in (worksheet.oddHeader, worksheet.firstHeader):
            header.right.text = f'&"{FONT},Bold"&11{mark}'


def end_pages(worksheet: Any, area: str, header_rows: tuple[int, int], breaks: Sequence[int]) -> None:
    """State the printed area, the rows repeated on every page and the last row of each page."""
    worksheet.print_area = area
    worksheet.print_title_rows = f"{header_rows[0]}:{header_rows[1]}"
    for row in breaks:
        worksheet.row_breaks.append(Break(id=row))
