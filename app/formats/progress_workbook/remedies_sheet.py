"""PL5: what inspections found, what they ask, and whether it was put right."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from app.formats.progress_workbook.remedies import InspectionSection, RecommendationRow, RemedyState, in_total, standing
from app.formats.workbook import COUNT, DATE, ENTRY, Formula, Heading, Look, Sheet, Value
from app.formats.workbook.look import HEADER_SHADE

COLUMNS = (
    ("STT", 5.5),
    ("Đơn vị được kiểm tra", 14),
    ("Ngày kiểm tra", 11.3),
    ("Tồn tại, hạn chế", 22.5),
    ("Yêu cầu, kiến nghị khắc phục", 23.5),
    ("Đơn vị thực hiện", 14),
    ("Thời hạn", 11.3),
    ("Tình trạng", 12),
    ("Ngày khắc phục", 11.3),
    ("Minh chứng (số, ký hiệu, ngày)", 13.5),
    ("Thông báo kết luận (số, ngày)", 13),
    ("Ghi chú", 12),
)
WIDTHS = tuple(width for _, width in COLUMNS)
STATE = 14  # a working column right of the printed table: the state alone, which the totals count

_WITHDRAWN_NUMBER = "TH"
_COUNTED = 8
_CENTRED = replace(ENTRY, across="center")
_DAY = replace(_CENTRED, number_format=DATE)
_LOOKS = {1: replace(_CENTRED, number_format="0"), 3: _DAY, 7: _DAY, 8: _CENTRED, 9: _DAY, 11: _CENTRED}
_NONE = Look(italic=True, boxed=True)
_WORKING = Look(size=9, italic=True)
_TOTAL = Look(bold=True, across="center", boxed=True, shade=HEADER_SHADE)
_OF_IT = Look(across="center", boxed=True)
_OUTSIDE = Look(italic=True, across="center", boxed=True)


def write_remedies(sheet: Sheet, sections: Sequence[InspectionSection]) -> tuple[int, int, str]:
    """Write the table and its totals; returns the last row of the table, the row of the total, and where the numbers
    of the recommendations stand.
    """
    sheet.header([[Heading(text) for text, _ in COLUMNS]])
    sheet.beside(sheet.header_rows[1], STATE, "Trạng thái", _WORKING)
    first, numbers, withdrawn = sheet.row, count(1), count(1)
    for section in sections:
        sheet.section(section.heading)
        for row in section.rows:
            _write_row(sheet, row, _number(row, numbers, withdrawn))
    if sheet.row == first:
        sheet.section("Chưa có kết luận kiểm tra nào.", _NONE)
    last = sheet.last_row
    total = _write_totals(sheet, sections, first, last)
    sheet.glue(last, sheet.last_row - 1)
    return last, total, f"A{first}:A{last}"


def _number(row: RecommendationRow, numbers: "count[int]", withdrawn: "count[int]") -> int | str | None:
    """What is in force is numbered with true numbers, which the check counts."""
    if row.state is None:
        return None
    return f"{_WITHDRAWN_NUMBER}{next(withdrawn)}" if row.state is RemedyState.WITHDRAWN else next(numbers)


def _write_row(sheet: Sheet, row: RecommendationRow, number: int | str | None) -> None:
    outside = row.state in (None, RemedyState.WITHDRAWN)
    looks = {column: replace(look, italic=outside) for column, look in _LOOKS.items()}
    values: list[Value] = [
        number,
        row.inspected,
        row.visited_on,
        row.shortcoming,
        row.demand,
        row.lead,
        row.deadline,
        row.status,
        row.remedied_on,
        ";\n".join(row.evidence),
        row.conclusion,
        row.note,
    ]
    if row.state is not None:
        sheet.beside(sheet.row, STATE, row.state.value, _WORKING)
    sheet.entry(values, looks, replace(ENTRY, italic=outside))


def _write_totals(sheet: Sheet, sections: Sequence[InspectionSection], first: int, last: int) -> int:
    total = sheet.row
    states = [state for state in RemedyState if state is not RemedyState.WITHDRAWN]
    added = Formula(f"=SUM(H{total + 1}:H{total + len(states)})", in_total(sections))
    _total_row(sheet, "TỔNG CỘNG KIẾN NGHỊ", added, _TOTAL)
    for state in states:
        _total_row(sheet, f"Trong đó: {state.value}", _counted(sections, state, first, last), _OF_IT)
    if standing(sections, RemedyState.WITHDRAWN):
        left_out = _counted(sections, RemedyState.WITHDRAWN, first, last)
        _total_row(sheet, f"{RemedyState.WITHDRAWN.value} (ngoài tổng số)", left_out, _OUTSIDE)
    return total


def _counted(sections: Sequence[InspectionSection], state: RemedyState, first: int, last: int) -> Formula:
    return Formula(f'=COUNTIF(N{first}:N{last},"{state.value}")', standing(sections, state))


def _total_row(sheet: Sheet, label: str, value: Formula, look: Look) -> None:
    sheet.put(sheet.row, 1, label, replace(look, across="right"), to_column=_COUNTED - 1)
    sheet.put(sheet.row, _COUNTED, value, replace(look, number_format=COUNT))
    sheet.put(sheet.row, _COUNTED + 1, None, look, to_column=len(COLUMNS))
    sheet.row += 1
