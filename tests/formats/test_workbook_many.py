"""A workbook of two thousand duties: its pages, their headers, and rows that show all of their text."""

from dataclasses import replace
from itertools import pairwise

import pytest

from app.formats.progress_workbook import Progress
from app.formats.progress_workbook.making import progress_workbook
from app.formats.workbook.page import A4_LANDSCAPE

from . import progress_sample as sample
from .test_workbook_paper import missing_points
from .workbook_reading import first_row, opened, row_of

TIMES = 19  # the plan's 105 duties


@pytest.fixture(scope="module")
def book():
    once = sample.progress()
    sections = [replace(section, heading=f"{section.heading} ({n})") for n in range(TIMES) for section in once.sections]
    late = replace(once.outstanding, late=once.outstanding.late * TIMES, unsent=once.outstanding.unsent * TIMES)
    many = Progress(sections, sample.groups(sections), tuple(once.documents) * TIMES, late)
    return opened(progress_workbook(sample.SIGNED_HEAD, many, made_at=sample.MADE_AT).to_bytes())


def test_every_duty_is_numbered_counted_and_summed(book):
    numbers = [cell.value for cell in book["PL1"]["A"] if isinstance(cell.value, int)]
    assert numbers == list(range(1, 103 * TIMES + 1))
    assert book["PL2"].cell(row_of(book["PL2"], "TỔNG CỘNG", 1), 3).value == len(numbers)
    assert book["PL7"].cell(row_of(book["PL7"], "Tổng số nhiệm vụ quá hạn", 1), 6).value == 3 * TIMES


def test_no_page_is_taller_than_the_paper_and_each_repeats_its_header(book):
    for sheet in book:
        heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
        ends = [0, *(row_break.id for row_break in sheet.row_breaks.brk), len(heights)]
        top = first_row(sheet)
        header = sum(heights[row - 1] for row in range(*_title_rows(sheet)))
        room = A4_LANDSCAPE.room(sheet.page_setup.scale)
        pages = [sum(heights[a:b]) + (header if a else 0) for a, b in pairwise(ends)]
        assert max(pages) <= room, sheet.title
        assert _title_rows(sheet)[1] == top
    assert len(book["PL1"].row_breaks.brk) > 200


def _title_rows(sheet):
    first, last = (int(part.lstrip("$")) for part in sheet.print_title_rows.split(":"))
    return first, last + 1


def test_every_row_shows_all_of_its_text(book):
    sheet = book["PL1"]
    cells = [cell for row in sheet.iter_rows(max_col=13) for cell in row if isinstance(cell.value, str)]
    seen = {(cell.value, cell.column, cell.font.b, cell.font.i): cell for cell in cells if "____" not in cell.value}
    assert [cell.value for cell in seen.values() if missing_points(sheet, cell) > 0] == []
