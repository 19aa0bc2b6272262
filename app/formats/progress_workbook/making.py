"""The sheets put together into one workbook."""

from datetime import datetime

from app.formats.paper_head import SAMPLE_MARK, PaperHead
from app.formats.progress_workbook import documents_sheet, duties_sheet, late_sheet, remedies_sheet, units_sheet
from app.formats.progress_workbook.content import (
    Counted,
    Progress,
    added_up,
    all_units,
    duties,
    finished,
    request_tallies,
)
from app.formats.workbook import Book, Formula, Look, Sheet, close_paper, open_paper

_FROZEN_COLUMNS = 2
_CHECK = Look(size=9, italic=True, across="center")
_CHECK_COLUMN = {"PL2": 16, "PL5": 16, "PL7": 11}  # right of the printed tables


def progress_workbook(head: PaperHead, progress: Progress, *, made_at: datetime) -> Book:
    """The workbook: every duty in the order of the plan, the counts by unit, inspections, documents, what is late.

    The same arguments give the same bytes; ``made_at`` (with its zone) dates the file. Requests and duties not carried
    out are taken from the sections and stand outside every total; what inspections ask stands in PL5 alone. Raises
    ValueError where the tables contradict each other.
    """
    _require_agreement(progress)
    book = Book(head.subject, " ".join(head.issuing_body), made_at, SAMPLE_MARK if head.sample else "")
    duty_numbers = _write_pl1(book, head, progress)
    late_count = _write_pl2(book, head, progress, duty_numbers)
    _write_pl5(book, head, progress)
    _write_pl6(book, head, progress)
    _write_pl7(book, head, progress, late_count)
    return book


def _write_pl1(book: Book, head: PaperHead, progress: Progress) -> str:
    """Returns where the numbers of the duties stand."""
    sheet = book.sheet("PL1", duties_sheet.WIDTHS)
    open_paper(sheet, head, "I", "TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ")
    first, last = duties_sheet.write_duties(sheet, progress.sections)
    _finish(sheet, head, last)
    return sheet.reference(f"A{first}:A{last}")


def _write_pl2(book: Book, head: PaperHead, progress: Progress, duty_numbers: str) -> str:
    """Returns where the number of late duties stands."""
    sheet = book.sheet("PL2", units_sheet.WIDTHS)
    open_paper(sheet, head, "II", "TỔNG HỢP KẾT QUẢ THỰC HIỆN THEO ĐƠN VỊ", remark="đơn vị tính: nhiệm vụ")
    dropped = len(duties(progress.sections, Counted.NOT_CARRIED_OUT))
    last, total = units_sheet.write_units(sheet, progress.units, request_tallies(progress.sections), dropped)
    _check(sheet, total, "Lệch với PL1 (phải bằng 0)", f"=C{total}-COUNT({duty_numbers})")
    _finish(sheet, head, last)
    return sheet.reference(f"I{total}")


def _write_pl5(book: Book, head: PaperHead, progress: Progress) -> None:
    sheet = book.sheet("PL5", remedies_sheet.WIDTHS)
    open_paper(sheet, head, "III", "KẾT QUẢ KIỂM TRA VÀ THỰC HIỆN KIẾN NGHỊ", remark="đơn vị tính: kiến nghị")
    last, total, numbers = remedies_sheet.write_remedies(sheet, progress.inspections)
    _check(sheet, total, "Lệch với số thứ tự (phải bằng 0)", f"=H{total}-COUNT({numbers})")
    _finish(sheet, head, last)


def _write_pl6(book: Book, head: PaperHead, progress: Progress) -> None:
    sheet = book.sheet("PL6", documents_sheet.WIDTHS)
    open_paper(sheet, head, "IV", "DANH MỤC MINH CHỨNG")
    _finish(sheet, head, documents_sheet.write_documents(sheet, progress.documents))


def _write_pl7(book: Book, head: PaperHead, progress: Progress, late_count: str) -> None:
    sheet = book.sheet("PL7", late_sheet.WIDTHS)
    open_paper(sheet, head, "V", "NHIỆM VỤ QUÁ HẠN, BÁO CÁO CHƯA GỬI")
    last, total = late_sheet.write_late(sheet, progress.outstanding)
    _check(sheet, total, "Lệch với PL2 (phải bằng 0)", f"=F{total}-{late_count}")
    _finish(sheet, head, last)


def _check(sheet: Sheet, row: int, label: str, formula: str) -> None:
    """A working cell that must be 0, outside of what is printed."""
    column = _CHECK_COLUMN[sheet.name]
    sheet.beside(row - 1, column, label, _CHECK)
    sheet.beside(row, column, Formula(formula, 0), _CHECK)


def _finish(sheet: Sheet, head: PaperHead, last_entry: int) -> None:
    close_paper(sheet, head)
    sheet.finish(frozen_columns=_FROZEN_COLUMNS, last_entry=last_entry)


def _require_agreement(progress: Progress) -> None:
    """A paper to be signed must not contradict itself."""
    given, counts = duties(progress.sections, Counted.GIVEN), added_up("", all_units(progress.units))
    if (len(given), finished(given)) != (counts.total, counts.done):
        raise ValueError(
            f"{len(given)} duties, {finished(given)} finished; the units count {counts.total}, {counts.done} finished"
        )
    if len(progress.outstanding.late) != counts.open_late:
        raise ValueError(f"{len(progress.outstanding.late)} late duties listed; the units count {counts.open_late}")
