"""The sheets as papers: form, pages, heights, marks, bytes."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from app.formats.progress_workbook.making import progress_workbook
from app.formats.workbook.fitting import TALLEST_ROW, needed_height

from . import progress_sample as sample
from .workbook_reading import built, first_row, opened, row_of, texts

SHEETS = {
    "PL1": "TỔNG CỘNG",
    "PL2": "TỔNG CỘNG",
    "PL5": "TỔNG CỘNG KIẾN NGHỊ",
    "PL6": "TỔNG CỘNG",
    "PL7": "Tổng số nhiệm vụ quá hạn",
}
"""The sheets, each with the words of its total."""
KNOWN_IN_2010 = {"SUM", "COUNT", "COUNTIF", "IF", "SUMPRODUCT", "ISNUMBER", "LEFT"}


def test_every_formula_is_known_to_excel_2010_and_has_a_value(shown, written):
    for sheet in written:
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            assert set(re.findall(r"([A-Z.]+)\(", cell.value)) <= KNOWN_IN_2010
            assert shown[sheet.title][cell.coordinate].value is not None


def test_names_of_sheets_are_quoted_wherever_they_stand(progress, written):
    formulas = [str(cell.value) for sheet in written for row in sheet for cell in row if cell.data_type == "f"]
    workbook = zipfile.ZipFile(io.BytesIO(progress)).read("xl/workbook.xml").decode()
    names = re.findall(r"<definedName[^>]*>([^<]*)<", workbook)
    assert len(names) == 15  # printed area, repeated rows and filter of five sheets
    assert set(re.findall(r"'?PL\d'?!", " ".join(formulas + names))) == {f"'{name}'!" for name in SHEETS}


@pytest.mark.parametrize("name", SHEETS)
def test_the_paper_is_a4_landscape_one_page_wide(shown, name):
    sheet = shown[name]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.firstPageNumber) == (9, "landscape", 1)
    assert 80 <= setup.scale <= 100
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.HeaderFooter.differentFirst
    assert "&P" in sheet.oddHeader.center.text
    assert not sheet.firstHeader.center.text


@pytest.mark.parametrize("name", SHEETS)
def test_the_header_repeats_stays_and_filters(shown, name):
    sheet, top = shown[name], first_row(shown[name])
    last_entry = int(sheet.auto_filter.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLM"))
    assert sheet.print_title_rows.endswith(f":${top - 1}")
    assert sheet.freeze_panes == f"C{top}"
    assert sheet.cell(last_entry + 1, 1).value == SHEETS[name]


def missing_points(sheet: Any, cell: Any) -> float:
    """How much a cell's text is taller than its row, or rows, if it is merged."""
    merged = {area.start_cell.coordinate: area for area in sheet.merged_cells.ranges}
    area = merged.get(cell.coordinate, CellRange(cell.coordinate))
    columns = [get_column_letter(column) for column in range(area.min_col, area.max_col + 1)]
    width = sum(sheet.column_dimensions[column].width for column in columns)
    height = sum(sheet.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1))
    style = "b" * bool(cell.font.b) + "i" * bool(cell.font.i)
    return needed_height(cell.value, width, int(cell.font.sz), style) - height


@pytest.mark.parametrize("form", ["progress", "signed_progress"])
def test_every_row_shows_all_of_its_text(request, form):
    for sheet in opened(request.getfixturevalue(form)):
        cells = [cell for row in sheet[sheet.print_area.rpartition("!")[2]] for cell in row]
        texts_in_rows = [cell for cell in cells if isinstance(cell.value, str) and "____" not in cell.value]
        assert [cell.value for cell in texts_in_rows if missing_points(sheet, cell) > 0] == []


def test_every_row_states_a_height_that_excel_takes(shown):
    for sheet in shown:
        heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
        assert all(height and height <= TALLEST_ROW for height in heights)


def test_no_page_ends_with_a_heading_and_totals_stand_with_a_row(shown):
    for sheet in shown:
        ends = {row_break.id for row_break in sheet.row_breaks.brk}
        headings = {merged.min_row for merged in sheet.merged_cells.ranges if merged.min_col == 1}
        assert ends or len(sheet.row_dimensions) < 40
        assert not ends & headings
        assert row_of(sheet, SHEETS[sheet.title], 1) - 1 not in ends


def test_everything_is_black_times_new_roman_on_white_or_grey(shown):
    cells = [cell for sheet in shown for row in sheet for cell in row]
    assert {cell.font.name for cell in cells if cell.value is not None} == {"Times New Roman"}
    assert {cell.fill.start_color.rgb[-6:] for cell in cells if cell.fill.fill_type} == {"EDEDED", "F2F2F2"}
    assert {cell.font.color for cell in cells if cell.value is not None and not cell.hyperlink} == {None}


def test_an_annex_says_what_it_goes_with_and_has_no_masthead_or_signature(shown):
    found = texts(shown["PL1"])
    assert found[1:4] == ["Phụ lục I", "TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ", sample.HEAD.subject]
    assert found[4] == f"(Kèm theo {sample.HEAD.accompanies})"
    assert found[5] == "Số liệu chốt lúc 17 giờ 00 ngày 20/5/2024"
    assert [texts(sheet)[1] for sheet in shown] == [f"Phụ lục {number}" for number in ("I", "II", "III", "IV", "V")]
    assert not {"Nơi nhận:", "H’Yar Niê", "Độc lập - Tự do - Hạnh phúc"} & set(found)


def test_a_table_signed_on_its_own_has_masthead_and_signatures(signed_progress):
    for sheet in opened(signed_progress):
        found = texts(sheet)
        assert {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 87/BC-LĐTBXH"} <= set(found)
        assert "Buôn Ma Thuột, ngày 20 tháng 5 năm 2024" in found
        assert {"Nơi nhận:", "- Lưu: VT.", "KT. TRƯỞNG PHÒNG", "H’Yar Niê", "NGƯỜI LẬP BIỂU"} <= set(found)
        assert not any(text.startswith(("Phụ lục", "(Kèm theo")) for text in found)


def test_a_past_day_is_told_with_the_moment_of_what_was_known():
    known = sample.AS_OF.replace(month=6, day=3)
    book = built([], [], replace(sample.HEAD, known_until=known, scope="Đơn vị thực hiện: UBND phường Ea Tam"))
    found = texts(book["PL1"])
    assert "Đơn vị thực hiện: UBND phường Ea Tam" in found
    assert "Số liệu tính đến hết ngày 20/5/2024, theo thông tin đã cập nhật đến 17 giờ 00 ngày 03/6/2024" in found


def test_nothing_newer_than_excel_2010_is_written(progress):
    parts = zipfile.ZipFile(io.BytesIO(progress))
    text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert not re.findall(r"_xlfn|_xlws|extLst|cm=\"1\"|t=\"array\"|dynamicArray", text)
    assert not re.findall(r"schemas\.microsoft\.com/office/spreadsheetml/201[1-9]|/202\d/", text)


def test_a_draft_leaves_number_and_day_blank():
    book = built([], [], replace(sample.SIGNED_HEAD, number="", dated=None))
    found = texts(book["PL1"])
    assert "Số:        /BC-LĐTBXH" in found
    assert "Buôn Ma Thuột, ngày       tháng       năm 2024" in found


def test_invented_data_are_marked_on_every_sheet_and_in_every_margin(shown):
    for sheet in shown:
        assert texts(sheet)[0] == "DỮ LIỆU GIẢ ĐỊNH"
        assert "DỮ LIỆU GIẢ ĐỊNH" in sheet.firstHeader.right.text
        assert "DỮ LIỆU GIẢ ĐỊNH" in sheet.oddHeader.right.text


def test_real_data_carry_no_such_mark():
    book = built([], [], replace(sample.HEAD, sample=False))
    assert not any("GIẢ ĐỊNH" in text for sheet in book for text in texts(sheet))
    assert not book["PL1"].oddHeader.right.text


def test_the_same_rows_give_the_same_bytes(progress):
    again = progress_workbook(sample.HEAD, sample.progress(), made_at=sample.MADE_AT)
    assert again.to_bytes() == progress


def test_a_plan_without_duties_gives_an_honest_workbook():
    book = built([], [])
    assert "Không có nhiệm vụ nào." in texts(book["PL1"])
    assert "Không có đơn vị nào." in texts(book["PL2"])
    assert book["PL2"].cell(row_of(book["PL2"], "TỔNG CỘNG", 1), 3).value == 0
