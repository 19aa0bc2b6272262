"""PL7: duties that are late, and reports that are not in yet."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count, groupby

from app.formats.progress_workbook.lists import LateRow, Outstanding
from app.formats.workbook import COUNT, DATE, ENTRY, Formula, Heading, Look, Sheet, Value
from app.formats.workbook.look import HEADER_SHADE

COLUMNS = (
    ("STT", 5.5),
    ("Đơn vị thực hiện", 25),
    ("Nội dung nhiệm vụ", 46),
    ("Căn cứ (mục KH)", 8.5),
    ("Thời hạn", 11.3),
    ("Số ngày quá hạn", 9),
    ("Tình trạng", 16),
    ("Khó khăn, vướng mắc", 24),
    ("Ghi chú", 18),
)
WIDTHS = tuple(width for _, width in COLUMNS)

_QUOTED_ONCE_FROM = 3  # neighbouring rows with the same words
_CENTRED = replace(ENTRY, across="center")
_LOOKS = {
    1: replace(_CENTRED, number_format="0"),
    4: _CENTRED,
    5: replace(_CENTRED, number_format=DATE),
    6: replace(_CENTRED, number_format=COUNT),
    7: _CENTRED,
}
_QUOTE = Look(italic=True, boxed=True)
_TOTAL = Look(bold=True, across="center", boxed=True, shade=HEADER_SHADE)
_LATE, _UNSENT = "I. Nhiệm vụ quá hạn", "II. Báo cáo chưa gửi, đến thời điểm chốt số liệu còn trong hạn"


def write_late(sheet: Sheet, outstanding: Outstanding) -> tuple[int, int]:
    """Write both lists and their totals; returns the last row of the lists and the row of the first total."""
    sheet.header([[Heading(text) for text, _ in COLUMNS]])
    late = _write_list(sheet, _LATE, outstanding.late, "Không có nhiệm vụ quá hạn.")
    unsent = _write_list(sheet, _UNSENT, outstanding.unsent, "Không có báo cáo chưa gửi.")
    last, total = sheet.last_row, sheet.row
    _write_total(sheet, "Tổng số nhiệm vụ quá hạn", late, len(outstanding.late))
    _write_total(sheet, "Tổng số báo cáo chưa gửi, còn trong hạn", unsent, len(outstanding.unsent))
    sheet.glue(last, sheet.last_row - 1)
    return last, total


def _write_list(sheet: Sheet, heading: str, rows: Sequence[LateRow], empty: str) -> tuple[int, int]:
    """Write one list; returns its first and its last row."""
    sheet.section(heading)
    first, numbers = sheet.row, count(1)
    for (clause, text), group in groupby(rows, key=lambda row: (row.clause, row.text)):
        listed = list(group)
        shared = len(listed) >= _QUOTED_ONCE_FROM
        if shared:
            sheet.section(f"{clause}: “{text}”", _QUOTE)
        for row in listed:
            _write_row(sheet, next(numbers), row, row.short or "Như trên" if shared else _whole(row))
    if not rows:
        sheet.section(empty, _QUOTE)
    return first, sheet.last_row


def _whole(row: LateRow) -> str:
    return f"{row.short}: “{row.text}”" if row.short else row.text


def _write_row(sheet: Sheet, number: int, row: LateRow, words: str) -> None:
    known: list[Value] = [row.clause, row.deadline, row.days, row.status, row.difficulties, row.note]
    sheet.entry([number, row.lead, words, *known], _LOOKS)


def _write_total(sheet: Sheet, label: str, rows: tuple[int, int], value: int) -> None:
    sheet.put(sheet.row, 1, label, replace(_TOTAL, across="right"), to_column=5)
    total = Formula(f"=COUNT(A{rows[0]}:A{rows[1]})", value)
    sheet.put(sheet.row, 6, total, replace(_TOTAL, number_format=COUNT))
    sheet.put(sheet.row, 7, None, _TOTAL, to_column=len(COLUMNS))
    sheet.row += 1
