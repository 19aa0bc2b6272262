"""PL1: every duty in the order of the plan, and its totals."""

from dataclasses import replace
from datetime import date

from app.formats.progress_workbook import DutyRow, DutySection, Progress, UnitRow, UnitRows
from app.formats.progress_workbook.making import progress_workbook

from . import progress_sample as sample
from .workbook_reading import first_row, opened, row_of, texts, values_of

PL1 = [
    "STT",
    "Nội dung nhiệm vụ",
    "Căn cứ (mục KH)",
    "Đơn vị thực hiện",
    "Đơn vị phối hợp",
    "Thời hạn",
    "Sản phẩm",
    "Kết quả thực hiện",
    "Tình trạng",
    "Ngày hoàn thành",
    "Minh chứng (số, ký hiệu, ngày)",
    "Khó khăn, vướng mắc",
    "Ghi chú",
]


def test_pl1_has_its_thirteen_columns_and_their_numbers(shown):
    top = first_row(shown["PL1"])
    assert values_of(shown["PL1"], top - 2, 13) == PL1
    assert values_of(shown["PL1"], top - 1, 13) == [f"({column})" for column in range(1, 14)]


def test_the_duties_given_are_numbered_through_and_the_requests_apart(shown):
    column = [cell.value for cell in shown["PL1"]["A"]]
    assert [value for value in column if isinstance(value, int)] == list(range(1, 104))
    assert [value for value in column if str(value).startswith("ĐN")] == ["ĐN1", "ĐN2"]


def test_the_headings_of_the_plan_stand_in_its_order(shown):
    column = [cell.value for cell in shown["PL1"]["A"]]
    headings = [section.heading for section in sample.sections()]
    assert [value for value in column if value in headings] == headings


def test_words_shared_by_all_wards_are_quoted_once(shown):
    quoted = [text for text in texts(shown["PL1"]) if sample.TEXTS["III.10.a"] in text]
    assert quoted == [f"III.10.a: “{sample.TEXTS['III.10.a']}”"]
    short = [cell.value for cell in shown["PL1"]["B"]].count("Báo cáo 6 tháng theo đề cương")
    assert short == 21
    assert shown["PL1"].cell(row_of(shown["PL1"], "Báo cáo năm theo đề cương", 1), 1).font.italic


def test_words_shared_by_two_units_are_repeated(shown):
    assert [cell.value for cell in shown["PL1"]["B"]].count(sample.TEXTS["III.5.a"]) == 2


def test_totals_of_pl1_leave_the_requests_out(shown, written):
    sheet = shown["PL1"]
    total, asked = row_of(sheet, "TỔNG CỘNG", 1), row_of(sheet, "Đề nghị (ngoài tổng số)", 1)
    assert (sheet.cell(total, 4).value, sheet.cell(asked, 4).value, asked) == (103, 2, total + 1)
    assert (sheet.cell(total, 9).value, sheet.cell(asked, 9).value) == (37, 1)
    assert written["PL1"].cell(total, 4).value.startswith("=COUNT(A")


def test_dates_are_dates_and_numbers_are_numbers(shown):
    cells = [cell for row in shown["PL1"].iter_rows(min_row=first_row(shown["PL1"])) for cell in row]
    dates = [cell for cell in cells if isinstance(cell.value, date)]
    assert len(dates) > 60
    assert {cell.number_format for cell in dates} == {"dd/mm/yyyy"}
    assert {cell.column_letter for cell in dates} == {"F", "J"}
    counts = [cell.value for row in shown["PL2"]["C11:K20"] for cell in row]
    assert all(isinstance(value, int) for value in counts)
    rates = [shown["PL2"].cell(row, 12) for row in range(first_row(shown["PL2"]), shown["PL2"].max_row - 2)]
    assert {cell.number_format for cell in rates if isinstance(cell.value, float)} == {"0.00%"}


def test_a_duty_without_deadline_says_so(shown):
    row = row_of(shown["PL1"], sample.TEXTS["III.2.a"], 2)
    assert shown["PL1"].cell(row, 6).value == "Không quy định"


def test_hostile_text_in_any_column_stays_text():
    row = DutyRow("=1", "=1+1", "+x", "-y", product="@z", result="=HYPERLINK(0)", note="\t=2", evidence=("=a", "-b"))
    units = [UnitRows("=g", (UnitRow("=u", total=1, no_deadline=1),))]
    head = replace(sample.HEAD, subject="=1+1", accompanies="=2")
    data = progress_workbook(head, Progress([DutySection("=3", (row,))], units), made_at=sample.MADE_AT).to_bytes()
    book = opened(data, values=False)
    cells = [cell for sheet in book for line in sheet for cell in line]
    typed = {"=1", "=1+1", "+x", "-y", "@z", "=HYPERLINK(0)", "\t=2", "=a;\n-b", "=3", "=u"}
    assert typed <= {cell.value for cell in cells if cell.data_type == "s"}
    assert {cell.quotePrefix for cell in cells if cell.value in typed} == {True}
