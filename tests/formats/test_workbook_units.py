"""PL2: the official counts by unit."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.formats.progress_workbook import Counted, DutyRow, UnitRow, UnitRows

from . import progress_sample as sample
from .workbook_reading import built, first_row, row_of, texts, values_of

PL2 = [
    [
        "STT",
        "Đơn vị",
        "Tổng số",
        "Đã hoàn thành",
        None,
        None,
        "Chưa hoàn thành",
        None,
        None,
        "Không quy định thời hạn",
        "Thường xuyên",
        "Tỷ lệ hoàn thành (%)",
    ],
    [None] * 3 + ["Tổng", "Đúng hạn", "Quá hạn", "Tổng", "Trong hạn", "Quá hạn"] + [None] * 3,
]


def test_pl2_has_its_twelve_columns_in_two_rows(shown):
    top = first_row(shown["PL2"])
    assert [values_of(shown["PL2"], top - 3), values_of(shown["PL2"], top - 2)] == PL2
    assert {"D", "G"} <= {str(merged)[0] for merged in shown["PL2"].merged_cells.ranges}


def test_units_stand_in_groups_with_live_sums(shown, written):
    sheet = written["PL2"]
    first = row_of(shown["PL2"], "Cơ quan, đơn vị thành phố", 2)
    wards = row_of(shown["PL2"], "UBND các phường", 2)
    communes = row_of(shown["PL2"], "UBND các xã", 2)
    total = row_of(shown["PL2"], "TỔNG CỘNG", 1)
    assert sheet.cell(wards, 3).value == f"=SUM(C{wards + 1}:C{communes - 1})"
    assert sheet.cell(total, 8).value == f"=SUM(H{first},H{wards},H{communes})"
    assert [shown["PL2"].cell(row, 1).value for row in (first, wards, communes)] == ["I", "II", "III"]


def test_totals_of_pl2_are_the_official_counts(shown):
    row = row_of(shown["PL2"], "TỔNG CỘNG", 1)
    total, done, on_time, late, left, in_time, overdue, none, standing = values_of(shown["PL2"], row)[2:11]
    assert total == 103 == done + left + none + standing
    assert (on_time + late, in_time + overdue) == (done, left)


def test_the_rate_is_taken_over_what_can_be_completed(shown, written):
    row = row_of(shown["PL2"], "TỔNG CỘNG", 1)
    values = values_of(shown["PL2"], row)
    assert values[11] == pytest.approx(values[3] / (103 - values[10] - 21))
    assert written["PL2"].cell(row, 12).value == f'=IF(C{row}-K{row}-N{row}=0,"–",D{row}/(C{row}-K{row}-N{row}))'
    assert any("21 nhiệm vụ chưa đến kỳ" in text for text in texts(shown["PL2"]))


def test_a_unit_with_standing_duties_alone_has_no_rate(shown):
    assert shown["PL2"].cell(row_of(shown["PL2"], "Phòng Tư pháp", 2), 12).value == "–"


def test_requests_stand_below_the_total_and_in_no_sum(shown, written):
    total = row_of(shown["PL2"], "TỔNG CỘNG", 1)
    request = row_of(shown["PL2"], f"Đề nghị {sample.REQUESTED}", 2)
    assert request > total
    assert values_of(shown["PL2"], request)[2:7] == [2, 1, None, None, 1]
    sums = [cell.value for row in written["PL2"] for cell in row if "SUM" in str(cell.value)]
    assert not any(re.search(rf"[A-Z]{request}\b", formula) for formula in sums)


def test_working_cells_stand_outside_the_printed_area(shown, written):
    sheet = shown["PL2"]
    total = row_of(sheet, "TỔNG CỘNG", 1)
    assert sheet.print_area.startswith("'PL2'!$A$1:$L$")
    assert (sheet.cell(total, 14).value, sheet.cell(total, 16).value) == (21, 0)
    assert "'PL1'!A" in written["PL2"].cell(total, 16).value


def test_a_single_group_needs_no_sum_of_its_own():
    row = DutyRow("I.1.a", "Việc", "Phòng A", "Đang thực hiện")
    book = built([row], [UnitRows("Phòng", (UnitRow("Phòng A", total=1, no_deadline=1),))])
    assert "Phòng" not in texts(book["PL2"])
    assert book["PL2"].cell(row_of(book["PL2"], "TỔNG CỘNG", 1), 10).value == 1


def test_duties_not_carried_out_stand_outside_the_total():
    given = DutyRow("I.1.a", "Việc", "Phòng A", "Hoàn thành đúng hạn", completed_on=date(2024, 5, 2))
    dropped = replace(given, status="Không thực hiện", completed_on=None, counted=Counted.NOT_CARRIED_OUT)
    book = built([given, dropped], [UnitRows("", (UnitRow("Phòng A", total=1, done_on_time=1),))])
    assert "KTH1" in texts(book["PL1"])
    assert book["PL1"].cell(row_of(book["PL1"], "TỔNG CỘNG", 1), 4).value == 1
    label = "Không thực hiện (theo văn bản của cấp giao), ngoài tổng số"
    assert book["PL2"].cell(row_of(book["PL2"], label, 2), 3).value == 1


@pytest.mark.parametrize(
    "units", [UnitRow("Phòng A", total=2, no_deadline=2), UnitRow("Phòng A", total=1, done_on_time=1)]
)
def test_a_workbook_that_contradicts_itself_is_not_made(units):
    with pytest.raises(ValueError, match="1 duties, 0 finished"):
        built([DutyRow("I.1.a", "Việc", "Phòng A", "Đang thực hiện")], [UnitRows("", (units,))])


@pytest.mark.parametrize("counts", [{"total": 2, "standing": 1}, {"total": 1, "no_deadline": 1, "not_yet_started": 1}])
def test_counts_that_contradict_each_other_are_refused(counts):
    with pytest.raises(ValueError, match="Phòng A"):
        UnitRow("Phòng A", **counts)
