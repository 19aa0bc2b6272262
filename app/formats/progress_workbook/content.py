"""What the progress workbook is made of. The caller counts; this package writes.

Every text is printed as given. Days are dates; a day that is not known is None, never a text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from app.formats.progress_workbook.lists import NOTHING_OUTSTANDING, DocumentSection, Outstanding
from app.formats.progress_workbook.remedies import InspectionSection

NO_DEADLINE = "Không quy định"


class Counted(Enum):
    """Where a duty stands in the totals."""

    GIVEN = auto()
    REQUEST = auto()  # "Đề nghị": on lines of their own, outside the total
    NOT_CARRIED_OUT = auto()  # "Không thực hiện": likewise


@dataclass(frozen=True)
class DutyRow:
    """One duty of one unit: a row of PL1.

    ``clause`` is its address ("III.7.c") and ``text`` the plan's own words. When three or more neighbouring
    rows share both, the words are quoted once above them and each row says ``short`` ("Báo cáo 6 tháng").
    ``status`` is what the column Tình trạng says, timeliness included ("Hoàn thành đúng hạn").
    ``deadline_words`` stand where there is no ``deadline``. ``completed_on`` is the day the result was sent
    (ngày gửi) and is given for finished duties only; for a request, the day its result was noted.
    ``evidence`` has a line per document: kind, số, ký hiệu, date.
    """

    clause: str
    text: str
    lead: str
    status: str
    short: str = ""
    coordinating: tuple[str, ...] = ()
    deadline: date | None = None
    deadline_words: str = NO_DEADLINE
    product: str = ""
    result: str = ""
    completed_on: date | None = None
    evidence: tuple[str, ...] = ()
    difficulties: str = ""
    note: str = ""
    counted: Counted = Counted.GIVEN


@dataclass(frozen=True)
class DutySection:
    """A heading of the plan as the plan numbers it ("III. TỔ CHỨC THỰC HIỆN", "7. Phòng Giáo dục và Đào tạo").

    Sections come in the plan's order, without nesting: a part of the plan is a section of its own, with no
    rows where its headings hold them.
    """

    heading: str
    rows: tuple[DutyRow, ...] = ()


@dataclass(frozen=True)
class UnitRow:
    """The official counts of one unit's given duties: a row of PL2.

    ``open_in_time`` includes the ``not_yet_started`` ("Chưa đến kỳ"), which together with ``standing``
    ("Thường xuyên") are left out of what the completion rate is taken over. ``no_deadline`` are the
    unfinished ones without a deadline. Raises ValueError if the counts contradict each other.
    """

    unit: str
    total: int
    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    no_deadline: int = 0
    standing: int = 0
    not_yet_started: int = 0

    def __post_init__(self) -> None:
        if self.total != self.done + self.open + self.no_deadline + self.standing:
            raise ValueError(f"the counts of {self.unit} do not add up to {self.total}")
        if self.not_yet_started > self.open_in_time:
            raise ValueError(f"{self.unit} has more duties not yet started than open ones")

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_late


@dataclass(frozen=True)
class UnitRows:
    """Units under one heading of PL2 ("UBND các phường"), in their official order."""

    name: str
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True)
class Progress:
    """How a plan, or one unit's part of it, stands: everything the workbook tells."""

    sections: Sequence[DutySection]
    units: Sequence[UnitRows]
    documents: Sequence[DocumentSection] = ()
    outstanding: Outstanding = NOTHING_OUTSTANDING
    inspections: Sequence[InspectionSection] = ()


@dataclass(frozen=True)
class RequestTally:
    """Requests to one body and how many of them have a result."""

    unit: str
    total: int
    answered: int


def duties(sections: Iterable[DutySection], counted: Counted) -> list[DutyRow]:
    return [row for section in sections for row in section.rows if row.counted is counted]


def finished(rows: Iterable[DutyRow]) -> int:
    return sum(row.completed_on is not None for row in rows)


def request_tallies(sections: Iterable[DutySection]) -> list[RequestTally]:
    """Requests by body, in the order of the plan."""
    by_unit: dict[str, list[DutyRow]] = {}
    for row in duties(sections, Counted.REQUEST):
        by_unit.setdefault(row.lead, []).append(row)
    return [RequestTally(unit, len(rows), finished(rows)) for unit, rows in by_unit.items()]


def added_up(name: str, rows: Sequence[UnitRow]) -> UnitRow:
    """The sum of several units' counts."""
    return UnitRow(
        name,
        total=sum(row.total for row in rows),
        done_on_time=sum(row.done_on_time for row in rows),
        done_late=sum(row.done_late for row in rows),
        open_in_time=sum(row.open_in_time for row in rows),
        open_late=sum(row.open_late for row in rows),
        no_deadline=sum(row.no_deadline for row in rows),
        standing=sum(row.standing for row in rows),
        not_yet_started=sum(row.not_yet_started for row in rows),
    )


def all_units(groups: Iterable[UnitRows]) -> list[UnitRow]:
    return [row for group in groups for row in group.rows]
