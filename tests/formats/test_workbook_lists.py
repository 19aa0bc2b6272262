"""PL5, PL6 and PL7: inspections, the documents, and what is late."""

from dataclasses import replace
from datetime import date

import pytest

from app.formats.progress_workbook import (
    DocumentRow,
    DocumentSection,
    DutyRow,
    DutySection,
    LateRow,
    Outstanding,
    Progress,
    RemedyState,
    UnitRow,
    UnitRows,
)
from app.formats.progress_workbook.making import progress_workbook

from . import progress_sample as sample
from .workbook_reading import first_row, opened, row_of, texts, values_of

LATE = LateRow("III.10.a", "Báo cáo", "UBND xã Hòa Phú", date(2024, 5, 15), "Chưa thực hiện, quá hạn", days=5)


def made(progress):
    return opened(progress_workbook(sample.HEAD, progress, made_at=sample.MADE_AT).to_bytes())


def one_late(**outstanding):
    duty = DutyRow("III.10.a", "Báo cáo", "UBND xã Hòa Phú", "Chưa thực hiện, quá hạn", deadline=date(2024, 5, 15))
    units = [UnitRows("", (UnitRow("UBND xã Hòa Phú", total=1, open_late=1),))]
    return Progress([DutySection("10. Xã", (duty,))], units, outstanding=Outstanding(**outstanding))


def test_every_document_is_a_numbered_row_under_its_heading(shown):
    sheet, expected = shown["PL6"], sample.progress().documents
    numbers = [cell.value for cell in sheet["A"] if isinstance(cell.value, int)]
    assert numbers == list(range(1, sum(len(section.rows) for section in expected) + 1))
    assert [text for text in texts(sheet) if text in {s.heading for s in expected}] == [s.heading for s in expected]
    total = row_of(sheet, "TỔNG CỘNG", 1)
    assert sheet.cell(total, 5).value == len(numbers)


def test_a_document_is_told_with_true_dates_and_a_link_of_one_line(shown):
    sheet = shown["PL6"]
    row = first_row(sheet) + 1
    assert isinstance(sheet.cell(row, 6).value, date)
    link = sheet.cell(row, 9)
    assert (link.value, link.hyperlink.target) == ("2 tệp", "https://bang-bdg.example/cards/7#minh-chung-12")
    assert link.font.underline == "single"


def test_what_would_take_two_lines_or_no_browser_opens_is_no_link():
    long = DocumentRow("I.1.a", "A", "Khác", "", "x", copy="Bản điện tử trên hệ thống", link="https://a.example/")
    far = replace(long, copy="1 tệp", link="https://a.example/" + "x" * 2_000)
    sheet = made(Progress([], [], [DocumentSection("1. A", (long, far))]))["PL6"]
    assert [cell.hyperlink for cell in sheet["I"]] == [None] * sheet.max_row
    assert {"Bản điện tử trên hệ thống", "1 tệp"} <= set(texts(sheet))


def test_late_duties_and_reports_not_sent_stand_apart_with_totals_of_their_own(shown, written):
    sheet, outstanding = shown["PL7"], sample.progress().outstanding
    total = row_of(sheet, "Tổng số nhiệm vụ quá hạn", 1)
    assert [sheet.cell(row, 6).value for row in (total, total + 1)] == [len(outstanding.late), len(outstanding.unsent)]
    assert len(outstanding.late) == 3
    assert written["PL7"].cell(total, 6).value.startswith("=COUNT(A")
    days = [values_of(sheet, row)[5] for row in range(first_row(sheet), total)]
    assert [day for day in days if day] == [5] * len(outstanding.late)


def test_what_is_late_agrees_with_the_counts_of_pl2(shown, written):
    sheet = shown["PL7"]
    total = row_of(sheet, "Tổng số nhiệm vụ quá hạn", 1)
    overall = row_of(shown["PL2"], "TỔNG CỘNG", 1)
    assert sheet.cell(total, 6).value == shown["PL2"].cell(overall, 9).value
    assert (sheet.cell(total, 11).value, written["PL7"].cell(total, 11).value) == (0, f"=F{total}-'PL2'!I{overall}")
    assert sheet.print_area.startswith("'PL7'!$A$1:$I$")


def test_a_workbook_whose_lists_contradict_its_counts_is_not_made():
    assert made(one_late(late=(LATE,)))
    with pytest.raises(ValueError, match="0 late duties listed; the units count 1"):
        made(one_late())


def test_empty_lists_say_so():
    book = made(Progress([], []))
    assert "Chưa có văn bản nào." in texts(book["PL6"])
    assert "Chưa có kết luận kiểm tra nào." in texts(book["PL5"])
    assert {"Không có nhiệm vụ quá hạn.", "Không có báo cáo chưa gửi."} <= set(texts(book["PL7"]))


def test_recommendations_are_numbered_and_counted_by_state_with_live_formulas(shown, written):
    sheet, formulas = shown["PL5"], written["PL5"]
    rows = [row for section in sample.inspections() for row in section.rows]
    total = row_of(sheet, "TỔNG CỘNG KIẾN NGHỊ", 1)
    numbers = [sheet.cell(row, 1).value for row in range(first_row(sheet), total)]
    expected = [state for state in RemedyState if state is not RemedyState.WITHDRAWN]
    counts = [sum(row.state is state for row in rows) for state in expected]
    assert [sheet.cell(total + place, 8).value for place in range(len(counts) + 1)] == [sum(counts), *counts]
    assert [number for number in numbers if isinstance(number, int)] == list(range(1, sum(counts) + 1))
    assert formulas.cell(total, 8).value == f"=SUM(H{total + 1}:H{total + len(counts)})"
    assert (sheet.cell(total, 16).value, formulas.cell(total, 16).value[:9]) == (0, f"=H{total}-COUNT"[:9])
    for place, state in enumerate(expected, 1):
        assert formulas.cell(total + place, 8).value.endswith(f'"{state.value}")')


def test_a_conclusion_withdrawn_and_a_visit_without_demands_stand_outside_the_total(shown):
    sheet = shown["PL5"]
    outside = row_of(sheet, "Kết luận đã thu hồi (ngoài tổng số)", 1)
    withdrawn = [row for row in sample.inspections()[0].rows if row.state is RemedyState.WITHDRAWN]
    assert sheet.cell(outside, 8).value == len(withdrawn)
    assert [cell.value for cell in sheet["A"] if str(cell.value).startswith("TH")] == [
        f"TH{number}" for number in range(1, len(withdrawn) + 1)
    ]
    none = row_of(sheet, "Không có kiến nghị", 5)
    assert (sheet.cell(none, 1).value, sheet.cell(none, 2).value) == (None, "UBND xã Hòa Thắng")
    assert isinstance(sheet.cell(none, 3).value, date)
