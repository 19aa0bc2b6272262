"""PL2: the official counts by unit, with live totals."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from app.formats.progress_workbook.content import RequestTally, UnitRow, UnitRows, added_up, all_units
from app.formats.workbook import COUNT, ENTRY, PERCENT, SECTION, Formula, Heading, Look, Sheet, Value
from app.formats.workbook.look import HEADER_SHADE, SECTION_SHADE

WIDTHS = (5.5, 42, 12.5, 10, 10, 9.5, 10, 10.5, 9.5, 13, 11.5, 12)

_HEADER = (
    (
        Heading("STT", rows=2),
        Heading("Đơn vị", rows=2),
        Heading("Tổng số", rows=2),
        Heading("Đã hoàn thành", columns=3),
        Heading("Chưa hoàn thành", columns=3),
        Heading("Không quy định thời hạn", rows=2),
        Heading("Thường xuyên", rows=2),
        Heading("Tỷ lệ hoàn thành (%)", rows=2),
    ),
    tuple(Heading(text) for text in ("Tổng", "Đúng hạn", "Quá hạn", "Tổng", "Trong hạn", "Quá hạn")),
)
_NUMBERS = {3: "(3)=(4)+(7)+ (10)+(11)", 4: "(4)=(5)+(6)", 7: "(7)=(8)+(9)"}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NO_RATE = "–"
_REQUESTS = "Đề nghị phối hợp: theo dõi riêng, không cộng vào tổng số (cột 4: đã có kết quả; cột 7: chưa có kết quả)"
_FIRST_COUNT, _RATE = 3, 12
_NOT_STARTED = 14  # a working column right of the printed table; column 13 stays free between them

_ROW = replace(ENTRY, down="center")
_GROUP = replace(_ROW, bold=True, shade=SECTION_SHADE)
_TOTAL = replace(_ROW, bold=True, shade=HEADER_SHADE)
_OUTSIDE = replace(_ROW, italic=True)
_APART = replace(SECTION, italic=True)
_NOTE = Look(italic=True)
_WORKING = Look(size=9, italic=True, across="center")


def write_units(
    sheet: Sheet, groups: Sequence[UnitRows], requests: Sequence[RequestTally], not_carried_out: int
) -> tuple[int, int]:
    """Write the table, its totals and what stands outside them; returns the last unit's row and the total's row."""
    sheet.header(_HEADER, _NUMBERS)
    sheet.beside(sheet.header_rows[1], _NOT_STARTED, "Chưa đến kỳ (trong cột 8)", _WORKING)
    first = sheet.row
    subtotals = [_write_group(sheet, place, group, alone=len(groups) == 1) for place, group in enumerate(groups)]
    if sheet.row == first:
        sheet.section("Không có đơn vị nào.", replace(SECTION, bold=False, italic=True, shade=None))
    last = sheet.last_row
    cells = ",".join(f"{{0}}{row}" for row in subtotals if row) or f"{{0}}{first}:{{0}}{last}"
    total = sheet.row
    _write_sum(sheet, "", "", added_up("", all_units(groups)), cells.format, _TOTAL)
    sheet.put(total, 1, "TỔNG CỘNG", replace(_TOTAL, across="center"), to_column=2)
    _write_outside(sheet, requests, not_carried_out)
    sheet.line(_rate_note(added_up("", all_units(groups))), _NOTE)
    sheet.glue(last, sheet.last_row - 1)
    return last, total


def _write_group(sheet: Sheet, place: int, group: UnitRows, *, alone: bool) -> int | None:
    """Write the group's sum and its units; returns the row of the sum, which a single group does not need."""
    heading = None if alone or not group.rows else sheet.row
    if heading:
        cells = f"{{0}}{heading + 1}:{{0}}{heading + len(group.rows)}"
        _write_sum(sheet, _ROMAN[place], group.name, added_up("", group.rows), cells.format, _GROUP)
        sheet.glue(heading, heading)
    for number, unit in enumerate(group.rows, 1):
        _write_unit(sheet, number, unit)
    return heading


def _write_unit(sheet: Sheet, number: int, unit: UnitRow) -> None:
    row = sheet.row
    values: list[Value] = [
        number,
        unit.unit,
        Formula(f"=D{row}+G{row}+J{row}+K{row}", unit.total),
        Formula(f"=E{row}+F{row}", unit.done),
        unit.done_on_time,
        unit.done_late,
        Formula(f"=H{row}+I{row}", unit.open),
        unit.open_in_time,
        unit.open_late,
        unit.no_deadline,
        unit.standing,
        _rate(row, unit),
    ]
    sheet.entry(values, _looks(_ROW), _ROW)
    sheet.beside(row, _NOT_STARTED, unit.not_yet_started, _WORKING)


def _write_sum(sheet: Sheet, number: str, label: str, counts: UnitRow, cells: Callable[[str], str], look: Look) -> None:
    """``cells`` gives the cells to add for a column's letter."""
    row = sheet.row
    added: list[Value] = [
        Formula(f"=SUM({cells(get_column_letter(column))})", value)
        for column, value in enumerate(_counts(counts), _FIRST_COUNT)
    ]
    sheet.entry([number, label, *added, _rate(row, counts)], _looks(look), look)
    not_started = Formula(f"=SUM({cells(get_column_letter(_NOT_STARTED))})", counts.not_yet_started)
    sheet.beside(row, _NOT_STARTED, not_started, _WORKING)


def _counts(unit: UnitRow) -> tuple[int, ...]:
    """The printed counts, columns (3) to (11)."""
    return (
        unit.total,
        unit.done,
        unit.done_on_time,
        unit.done_late,
        unit.open,
        unit.open_in_time,
        unit.open_late,
        unit.no_deadline,
        unit.standing,
    )


def _rate(row: int, unit: UnitRow) -> Formula:
    """Finished duties over those that can be completed: without Thường xuyên and Chưa đến kỳ."""
    base = f"C{row}-K{row}-{get_column_letter(_NOT_STARTED)}{row}"
    rateable = unit.total - unit.standing - unit.not_yet_started
    rate = unit.done / rateable if rateable else _NO_RATE
    return Formula(f'=IF({base}=0,"{_NO_RATE}",D{row}/({base}))', rate)


def _looks(look: Look) -> dict[int, Look]:
    centred = replace(look, across="center")
    counts = range(_FIRST_COUNT, _RATE)
    return {
        1: centred,
        **dict.fromkeys(counts, replace(centred, number_format=COUNT)),
        _RATE: replace(centred, number_format=PERCENT),
    }


def _write_outside(sheet: Sheet, requests: Sequence[RequestTally], not_carried_out: int) -> None:
    """Requests and duties not carried out: below the total and no part of it."""
    looks = _looks(_OUTSIDE)
    if requests:
        sheet.section(_REQUESTS, _APART)
    for request in requests:
        row = sheet.row
        waiting = Formula(f"=C{row}-D{row}", request.total - request.answered)
        counts: list[Value] = [request.total, request.answered, None, None, waiting]
        sheet.entry([None, f"Đề nghị {request.unit}", *counts, *[None] * 5], looks, _OUTSIDE)
    if not_carried_out:
        label = "Không thực hiện (theo văn bản của cấp giao), ngoài tổng số"
        sheet.entry([None, label, not_carried_out, *[None] * 9], looks, _OUTSIDE)


def _rate_note(total: UnitRow) -> str:
    waiting = f"{total.not_yet_started} nhiệm vụ chưa đến kỳ (nằm trong cột 8)" if total.not_yet_started else ""
    left_out = " và ".join(filter(None, ("nhiệm vụ thường xuyên (cột 11)", waiting)))
    return f"Ghi chú: Tỷ lệ hoàn thành tính trên số nhiệm vụ có thể hoàn thành, không gồm {left_out}."
