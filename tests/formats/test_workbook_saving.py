"""The file itself: stored values, the same bytes each time, what the workbook says of itself."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine
from openpyxl import load_workbook

from app.formats.workbook import A4_LANDSCAPE, Book, Formula, Heading, Look, Sheet

MADE_AT = datetime(2024, 5, 10, 17, 30, 15, tzinfo=timezone(timedelta(hours=7)))


def book_with(*values: object) -> Book:
    book = Book("Biểu", "Cơ quan", MADE_AT)
    sheet = book.sheet("PL1", [20])
    sheet.header([[Heading("Cột")]])
    for value in values:
        sheet.entry([value], {})
    sheet.finish(frozen_columns=0)
    return book


def test_a_formula_is_saved_with_its_value():
    data = book_with(2, Formula("=A3*10", 20), Formula("=A3/3", 2 / 3)).to_bytes()
    shown = load_workbook(io.BytesIO(data), data_only=True)["PL1"]
    assert [shown[cell].value for cell in ("A4", "A5")] == [20, 2 / 3]
    assert load_workbook(io.BytesIO(data))["PL1"]["A4"].value == "=A3*10"


def test_a_formula_may_give_text():
    data = book_with(Formula('=IF(1=1,"– & <không>","")', "– & <không>")).to_bytes()
    assert load_workbook(io.BytesIO(data), data_only=True)["PL1"]["A3"].value == "– & <không>"


def test_a_formula_without_a_value_is_not_saved():
    book = book_with(1)
    book.workbook["PL1"]["A4"] = "=A3"
    with pytest.raises(ValueError, match="without a value"):
        book.to_bytes()


def test_a_value_without_a_formula_is_not_saved():
    book = book_with(1)
    book.store("PL1", "A9", 5)
    with pytest.raises(ValueError, match="without a formula"):
        book.to_bytes()


def test_the_same_content_gives_the_same_bytes_on_another_day():
    with time_machine.travel(datetime(2025, 1, 1, tzinfo=UTC)):
        first = book_with("a", Formula("=1+1", 2)).to_bytes()
    with time_machine.travel(datetime(2026, 2, 2, tzinfo=UTC)):
        second = book_with("a", Formula("=1+1", 2)).to_bytes()
    assert first == second


def test_the_file_is_dated_and_named_by_its_maker():
    properties = load_workbook(io.BytesIO(book_with(1).to_bytes())).properties
    assert properties.created == properties.modified == datetime(2024, 5, 10, 10, 30, 15)
    assert (properties.title, properties.creator, properties.language) == ("Biểu", "Cơ quan", "vi-VN")


def test_column_widths_are_counted_in_times_new_roman():
    styles = zipfile.ZipFile(io.BytesIO(book_with(1).to_bytes())).read("xl/styles.xml").decode()
    first = re.search(r"<font>.*?</font>", styles, re.DOTALL)
    assert first
    assert 'name val="Times New Roman"' in first[0]
    assert "Calibri" not in styles


def test_excel_is_asked_to_calculate_when_it_opens_the_file():
    assert load_workbook(io.BytesIO(book_with(1).to_bytes())).calculation.fullCalcOnLoad


def tall_sheet() -> Sheet:
    sheet = Book("Biểu", "Cơ quan", MADE_AT).sheet("PL1", [10, 30])
    sheet.header([[Heading("A"), Heading("B")]])
    return sheet


def test_a_text_too_tall_goes_on_in_the_next_row():
    sheet = tall_sheet()
    text = ("Một câu của báo cáo. " * 120).strip()
    first = sheet.entry([1, text], {})
    cells = sheet.book.workbook["PL1"]
    column = [cells.cell(row, 2).value for row in range(first, sheet.row)]
    assert " ".join(column) == text
    assert [cells.cell(row, 1).value for row in range(first, sheet.row)] == [1] + [None] * (len(column) - 1)


def test_no_row_is_taller_than_excel_or_a_page_allows():
    sheet = tall_sheet()
    sheet.entry(["x", "chữ " * 3000], {})
    sheet.section("đầu mục " * 3000, Look(bold=True))
    sheet.finish(frozen_columns=1)
    rows = sheet.book.workbook["PL1"].row_dimensions.values()
    assert max(row.height for row in rows) <= min(409, A4_LANDSCAPE.room(sheet.scale))


def test_a_tall_first_entry_begins_on_the_page_of_its_headings():
    sheet = tall_sheet()
    sheet.gap(200)
    sheet.glue(sheet.last_row, sheet.last_row)
    sheet.section("Đầu mục")
    first = sheet.entry([1, "Một câu của báo cáo. " * 120], {})
    sheet.finish(frozen_columns=0)
    assert min(end.id for end in sheet.book.workbook["PL1"].row_breaks.brk) >= first


def test_cells_right_of_the_table_are_not_printed():
    sheet = tall_sheet()
    row = sheet.entry([1, "x"], {})
    sheet.beside(row, 4, "ngoài", Look())
    sheet.finish(frozen_columns=0)
    assert sheet.book.workbook["PL1"].print_area == "'PL1'!$A$1:$B$3"


def test_other_sheets_name_its_cells_with_quotes():
    assert tall_sheet().reference("C5") == "'PL1'!C5"
