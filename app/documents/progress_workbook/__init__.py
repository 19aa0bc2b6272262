"""The workbook of a plan's progress: PL1 Tiến độ thực hiện nhiệm vụ, PL2 Tổng hợp theo đơn vị."""

from collections.abc import Sequence
from datetime import datetime

from app.documents.progress_workbook import duties_sheet, units_sheet
from app.documents.progress_workbook.content import (
    NO_DEADLINE,
    Counted,
    DutyRow,
    DutySection,
    UnitGroup,
    UnitRow,
    added_up,
    all_units,
    duties,
    finished,
    request_tallies,
)
from app.documents.workbook import (
    SAMPLE_MARK,
    Book,
    Formula,
    Look,
    PaperHead,
    SignatureBlock,
    close_paper,
    open_paper,
)

__all__ = [
    "NO_DEADLINE",
    "Counted",
    "DutyRow",
    "DutySection",
    "PaperHead",
    "SignatureBlock",
    "UnitGroup",
    "UnitRow",
    "progress_workbook",
]

_FROZEN_COLUMNS = 2
_CHECK = Look(size=9, italic=True, across="center")
_CHECK_COLUMN = 16  # right of the printed table of PL2


def progress_workbook(
    head: PaperHead, sections: Sequence[DutySection], units: Sequence[UnitGroup], *, made_at: datetime
) -> bytes:
    """The .xlsx file: every duty in the order of the plan, then the counts by unit.

    The same arguments give the same bytes; ``made_at`` (with its zone) dates the file. Requests and duties
    not carried out are taken from ``sections`` and stand outside every total. Raises ValueError if the given
    duties of ``sections`` and the counts of ``units`` disagree.
    """
    _require_agreement(sections, units)
    book = Book(head.subject, " ".join(head.issuing_body), made_at, SAMPLE_MARK if head.sample else "")

    pl1 = book.sheet("PL1", duties_sheet.WIDTHS)
    open_paper(pl1, head, "I", "TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ")
    first, last = duties_sheet.write_duties(pl1, sections)
    close_paper(pl1, head)
    pl1.finish(frozen_columns=_FROZEN_COLUMNS, last_entry=last)

    pl2 = book.sheet("PL2", units_sheet.WIDTHS)
    open_paper(pl2, head, "II", "TỔNG HỢP KẾT QUẢ THỰC HIỆN THEO ĐƠN VỊ", remark="đơn vị tính: nhiệm vụ")
    dropped = len(duties(sections, Counted.NOT_CARRIED_OUT))
    last_unit, total = units_sheet.write_units(pl2, units, request_tallies(sections), dropped)
    difference = Formula(f"=C{total}-COUNT({pl1.reference(f'A{first}:A{last}')})", 0)
    pl2.beside(total - 1, _CHECK_COLUMN, "Lệch với PL1 (phải bằng 0)", _CHECK)
    pl2.beside(total, _CHECK_COLUMN, difference, _CHECK)
    close_paper(pl2, head)
    pl2.finish(frozen_columns=_FROZEN_COLUMNS, last_entry=last_unit)
    return book.to_bytes()


def _require_agreement(sections: Sequence[DutySection], units: Sequence[UnitGroup]) -> None:
    """A paper to be signed must not contradict itself."""
    given, counts = duties(sections, Counted.GIVEN), added_up("", all_units(units))
    if (len(given), finished(given)) != (counts.total, counts.done):
        raise ValueError(
            f"{len(given)} duties, {finished(given)} finished; the units count {counts.total}, {counts.done} finished"
        )
