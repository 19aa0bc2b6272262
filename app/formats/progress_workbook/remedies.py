"""What the sheet of inspections and what they ask is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

NO_DEMAND = "Không có kiến nghị"


class RemedyState(Enum):
    """Where a recommendation stands; the value is how the column Tình trạng begins."""

    TODO = "Chưa khắc phục"
    DOING = "Đang khắc phục"
    WAITING = "Đã khắc phục – chờ xác nhận"
    DONE = "Đã khắc phục"
    DROPPED = "Không khắc phục được"
    WITHDRAWN = "Kết luận đã thu hồi"  # on lines of their own, outside the total


@dataclass(frozen=True)
class RecommendationRow:
    """One recommendation of a visit: a row of PL5. A visit without any has one row without `state`.

    `status` is what the column Tình trạng says, lateness included. `remedied_on` is the day the result was sent (ngày
    gửi), for what is remedied only. `conclusion` is the number and day of the thông báo kết luận.
    """

    inspected: str
    shortcoming: str
    visited_on: date | None = None
    demand: str = NO_DEMAND
    lead: str = ""
    deadline: date | None = None
    state: RemedyState | None = None
    status: str = ""
    remedied_on: date | None = None
    evidence: tuple[str, ...] = ()
    conclusion: str = ""
    note: str = ""


@dataclass(frozen=True)
class InspectionSection:
    """The visits of one round, in the order of their days."""

    heading: str
    rows: tuple[RecommendationRow, ...]


def standing(sections: Iterable[InspectionSection], state: RemedyState) -> int:
    """How many recommendations are in `state`."""
    return sum(row.state is state for section in sections for row in section.rows)


def in_total(sections: Sequence[InspectionSection]) -> int:
    """How many recommendations are in force."""
    return sum(standing(sections, state) for state in RemedyState if state is not RemedyState.WITHDRAWN)
