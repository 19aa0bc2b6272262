"""The register of sudden cases as a workbook: its lines, and the totals as far as the reader may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.formats.paper_head import SAMPLE_MARK, PaperHead

HIDDEN = "ẩn"
_LINES = (8.0, 36.0, 13.0, 13.0, 11.0, 24.0, 13.0, 36.0)
_TOTALS = (8.0, 90.0, 30.0)


@dataclass(frozen=True)
class RegisterLine:
    """One line of the register."""

    unit: str
    period_from: date
    period_to: date
    cases: int
    number: str
    issued_on: date
    authority: str


def register_workbook(
    head: PaperHead, lines: Sequence[RegisterLine], totals: Sequence[tuple[str, int | None]], *, made_at: datetime
) -> bytes:
    """The .xlsx file. `totals` are words and a number, None where it is hidden from the reader."""
    from app.formats.workbook import COUNT, DATE, Book, Heading, Look, close_paper, open_paper

    day = Look(down="top", boxed=True, across="center", number_format=DATE)
    count = Look(down="top", boxed=True, across="center", number_format=COUNT)
    book = Book(head.subject, " ".join(head.issuing_body), made_at, SAMPLE_MARK if head.sample else "")
    sheet = book.sheet("Sổ vụ việc đột xuất", _LINES)
    open_paper(sheet, head, "I", "SỔ VỤ VIỆC ĐỘT XUẤT", remark="đơn vị tính: vụ")
    names = ("STT", "Đơn vị", "Từ ngày", "Đến ngày", "Số vụ việc", "Số công văn báo cáo", "Ngày", "Cơ quan tiếp nhận")
    sheet.header([[Heading(name) for name in names]])
    looks = {1: count, 3: day, 4: day, 5: count, 7: day}
    for number, line in enumerate(lines, 1):
        values = (number, line.unit, line.period_from, line.period_to, line.cases, line.number, line.issued_on)
        sheet.entry((*values, line.authority), looks)
    close_paper(sheet, head)
    sheet.finish(frozen_columns=2, last_entry=sheet.last_row)
    sheet = book.sheet("Tổng hợp", _TOTALS)
    open_paper(sheet, head, "II", "TỔNG HỢP VỤ VIỆC ĐỘT XUẤT", remark="đơn vị tính: vụ")
    sheet.header([[Heading("STT"), Heading("Đơn vị, nhóm đơn vị"), Heading("Số vụ việc")]])
    for number, (words, cases) in enumerate(totals, 1):
        sheet.entry((number, words, HIDDEN if cases is None else cases), {1: count, 3: count})
    close_paper(sheet, head)
    sheet.finish(frozen_columns=2, last_entry=sheet.last_row)
    return book.to_bytes()
