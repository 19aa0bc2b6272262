"""PL1: every duty, in the order of the plan."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count, groupby

from app.formats.progress_workbook.content import Counted, DutyRow, DutySection, duties, finished
from app.formats.workbook import COUNT, DATE, ENTRY, Formula, Heading, Look, Sheet, Value
from app.formats.workbook.look import HEADER_SHADE

COLUMNS = (
    ("STT", 5),
    ("Nội dung nhiệm vụ", 25),
    ("Căn cứ (mục KH)", 7.8),
    ("Đơn vị thực hiện", 13.5),
    ("Đơn vị phối hợp", 10),
    ("Thời hạn", 11.3),
    ("Sản phẩm", 8),
    ("Kết quả thực hiện", 22.4),
    ("Tình trạng", 11.5),
    ("Ngày hoàn thành", 11.3),
    ("Minh chứng (số, ký hiệu, ngày)", 14.2),
    ("Khó khăn, vướng mắc", 16),
    ("Ghi chú", 9),
)
WIDTHS = tuple(width for _, width in COLUMNS)

_QUOTED_ONCE_FROM = 3  # neighbouring rows with the same words
_CENTRED = replace(ENTRY, across="center")
_BY_HEADING = {
    "STT": replace(_CENTRED, number_format="0"),
    "Căn cứ (mục KH)": _CENTRED,
    "Thời hạn": replace(_CENTRED, number_format=DATE),
    "Tình trạng": _CENTRED,
    "Ngày hoàn thành": replace(_CENTRED, number_format=DATE),
}
_LOOKS = {[text for text, _ in COLUMNS].index(heading) + 1: look for heading, look in _BY_HEADING.items()}
_QUOTE = Look(italic=True, boxed=True)
_DUTY_NAME = Look(bold=True, italic=True, boxed=True)
_TOTAL = Look(bold=True, across="center", boxed=True, shade=HEADER_SHADE)
_OUTSIDE = Look(italic=True, across="center", boxed=True)
_REQUEST_NUMBER, _DROPPED_NUMBER = "ĐN", "KTH"


Numbers = dict[Counted, "count[int]"]


def write_duties(sheet: Sheet, sections: Sequence[DutySection]) -> tuple[int, int]:
    """Write the table and its totals; returns the first and the last row between header and totals."""
    sheet.header([[Heading(text) for text, _ in COLUMNS]])
    first = sheet.row
    numbers = {counted: count(1) for counted in Counted}
    for section in sections:
        sheet.section(section.heading)
        for (clause, text), group in groupby(section.rows, key=lambda row: (row.clause, row.text)):
            rows = list(group)
            if len(rows) < _QUOTED_ONCE_FROM:
                for row in rows:
                    _write_row(sheet, row, row.text, numbers)
            else:
                sheet.section(f"{clause}: “{text}”", _QUOTE)
                _write_shared(sheet, rows, numbers)
    if sheet.row == first:
        sheet.section("Không có nhiệm vụ nào.", _QUOTE)
    last = sheet.last_row
    _write_totals(sheet, sections, first, last)
    return first, last


def _write_shared(sheet: Sheet, rows: list[DutyRow], numbers: Numbers) -> None:
    """Rows whose words are quoted above them; a clause that holds several duties gets a heading for each."""
    several = len({row.short for row in rows}) > 1
    for short, group in groupby(rows, key=lambda row: row.short):
        listed = list(group)
        if several and short and len(listed) > 1:
            sheet.section(short, _DUTY_NAME)
        for row in listed:
            _write_row(sheet, row, short or "Như trên", numbers)


def _write_row(sheet: Sheet, row: DutyRow, words: str, numbers: Numbers) -> None:
    given = row.counted is Counted.GIVEN
    looks = _LOOKS if given else {column: replace(look, italic=True) for column, look in _LOOKS.items()}
    values: list[Value] = [
        _number(row, numbers),
        words,
        row.clause,
        row.lead,
        ", ".join(row.coordinating),
        row.deadline or row.deadline_words,
        row.product,
        row.result,
        row.status,
        row.completed_on,
        ";\n".join(row.evidence),
        row.difficulties,
        row.note,
    ]
    sheet.entry(values, looks, ENTRY if given else replace(ENTRY, italic=True))


def _number(row: DutyRow, numbers: Numbers) -> int | str:
    """Given duties are numbered with true numbers, which the total counts; the others with letters before."""
    number = next(numbers[row.counted])
    if row.counted is Counted.GIVEN:
        return number
    return f"{_REQUEST_NUMBER if row.counted is Counted.REQUEST else _DROPPED_NUMBER}{number}"


def _write_totals(sheet: Sheet, sections: Sequence[DutySection], first: int, last: int) -> None:
    stt, done = f"A{first}:A{last}", f"J{first}:J{last}"
    given = duties(sections, Counted.GIVEN)
    requests = duties(sections, Counted.REQUEST)
    dropped = duties(sections, Counted.NOT_CARRIED_OUT)
    total = Formula(f"=COUNT({stt})", len(given))
    finished_given = Formula(f"=SUMPRODUCT(ISNUMBER({stt})*ISNUMBER({done}))", finished(given))
    _total_row(sheet, "TỔNG CỘNG", total, "Trong đó đã hoàn thành", finished_given, _TOTAL)
    if requests:
        asked = Formula(f'=COUNTIF({stt},"{_REQUEST_NUMBER}*")', len(requests))
        is_request = f'LEFT({stt},{len(_REQUEST_NUMBER)})="{_REQUEST_NUMBER}"'
        answered = Formula(f"=SUMPRODUCT(({is_request})*ISNUMBER({done}))", finished(requests))
        _total_row(sheet, "Đề nghị (ngoài tổng số)", asked, "Trong đó đã có kết quả", answered, _OUTSIDE)
    if dropped:
        left_out = Formula(f'=COUNTIF({stt},"{_DROPPED_NUMBER}*")', len(dropped))
        _total_row(sheet, "Không thực hiện (ngoài tổng số)", left_out, "", None, _OUTSIDE)
    sheet.glue(last, sheet.last_row - 1)


def _total_row(sheet: Sheet, label: str, total: Formula, done_label: str, done: Formula | None, look: Look) -> None:
    number = replace(look, number_format=COUNT)
    sheet.put(sheet.row, 1, label, look, to_column=3)
    sheet.put(sheet.row, 4, total, number)
    sheet.put(sheet.row, 5, done_label, replace(look, across="right"), to_column=8)
    sheet.put(sheet.row, 9, done, number)
    sheet.put(sheet.row, 10, None, look, to_column=13)
    sheet.row += 1
