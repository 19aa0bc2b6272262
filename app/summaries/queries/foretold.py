"""What the tables of a day will count, before they are made: for the page that asks for them."""

from dataclasses import dataclass
from datetime import date

from app.board.views.card import Today
from app.cards.state import Status
from app.formats.progress_workbook.content import UnitRow, added_up, all_units
from app.inspections.recommendations.queries import asked_by
from app.summaries.queries import progress


@dataclass(frozen=True)
class Foretold:
    """The official count of a scope on `day`; requests, remedies and Không thực hiện stand outside it."""

    day: date
    counts: UnitRow
    units: int
    requests: int
    remedies: int
    dropped: int

    @property
    def sums(self) -> str:
        """What the total adds up from, as the page states it."""
        count = self.counts
        return f"{count.total}={count.done}+{count.open}+{count.no_deadline}+{count.standing}"


def foretold(plan_id: int, unit_id: int | None, today: Today) -> Foretold:
    """The counts of a plan, or of one unit's part of it, as PL2 will have them."""
    rows = [row for row in progress.rows_of(plan_id, unit_id, today.day) if not row.is_remedy]
    dropped = {row for row in rows if row.status is Status.DROPPED and not row.is_request}
    return Foretold(
        day=today.day,
        counts=added_up("", all_units(progress.unit_groups(rows, today))),
        units=len({row.unit_id for row in rows if row not in dropped}),
        requests=sum(row.is_request for row in rows),
        remedies=_remedies(plan_id, unit_id, today.day),
        dropped=len(dropped),
    )


def _remedies(plan_id: int, unit_id: int | None, day: date) -> int:
    asked = [one for one in asked_by(plan_id, day) if one.recommendation is not None and not one.is_withdrawn_on(day)]
    return sum(unit_id in (None, one.recommendation.unit_id, one.visit.unit_id) for one in asked if one.recommendation)
