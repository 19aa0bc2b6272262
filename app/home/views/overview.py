"""What the office and the leaders see of all units, and what units and the office ask of each other."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import add
from typing import Any

from sqlalchemy import select

from app.board.queries.unit_counts import UnitCount, by_unit, together, unit_counts
from app.board.views import worklist
from app.board.views.card import Today
from app.cards.deadlines import queries as deadlines
from app.cards.deadlines.queries import OpenExtension, extensions_to_decide
from app.cards.on_behalf import queries as behalf
from app.cards.queries import rows as queries
from app.cards.queries.rows import Row
from app.core.actor import Actor
from app.core.policy import Permission, can
from app.duty_page.views.on_behalf import what_words
from app.extensions import db
from app.plans.naming import PlanName


@dataclass(frozen=True)
class LateUnit:
    """What of one plan is late in one unit."""

    plan_id: int
    unit_id: int
    name: str
    count: int
    oldest: date


@dataclass(frozen=True)
class WaitingCorrection:
    """A unit's request to correct what was entered for it."""

    card_id: int
    code: str
    unit_name: str
    reason: str
    on: date
    plan_id: int


@dataclass(frozen=True)
class Entered:
    """What the office entered for a unit and nobody there has seen."""

    card_id: int
    plan_id: int
    code: str
    what: Any
    document_number: str | None
    on: date


@dataclass(frozen=True)
class PlanCount:
    """The counts of one plan over all its units."""

    plan: PlanName
    sums: UnitCount
    units: int


@dataclass(frozen=True)
class Overview:
    """Figures are over given duties of all plans; requests and remedies stand apart."""

    extensions: list[OpenExtension]
    corrections: list[WaitingCorrection]
    late: list[LateUnit]
    units: list[UnitCount]
    plans: list[PlanCount]

    @property
    def late_units(self) -> int:
        """How many units have something late."""
        return len({late.unit_id for late in self.late})

    def total(self, name: str) -> int:
        """The sum of one count over all units."""
        return sum(getattr(unit, name) for unit in self.units)


def overview(actor: Actor, plans: Sequence[PlanName], today: Today) -> Overview:
    """All units of the plans for the office or a leader, with what waits for their decision."""
    plan_ids = [plan.id for plan in plans]
    late = worklist.late_rows(plan_ids, today)
    counts = unit_counts(plan_ids, late)
    return Overview(
        extensions=extensions_to_decide(actor, plan_ids),
        corrections=_corrections() if can(actor, Permission.CORRECTION_ANSWER) else [],
        late=_late_units(late, today),
        units=by_unit(counts),
        plans=_by_plan(plans, counts),
    )


def _late_units(late: Iterable[Row], today: Today) -> list[LateUnit]:
    found: dict[tuple[int, int], list[Row]] = {}
    for row in late:
        found.setdefault((row.plan_id, row.unit_id), []).append(row)
    listed = [
        LateUnit(*key, rows[0].unit.name, len(rows), min(today.last_day(row) for row in rows))
        for key, rows in found.items()
    ]
    return sorted(listed, key=lambda unit: (unit.oldest, -unit.count))


def _by_plan(plans: Sequence[PlanName], counts: Sequence[UnitCount]) -> list[PlanCount]:
    of_plan = {plan.id: [count for count in counts if plan.id in count.plan_ids] for plan in plans}
    return [PlanCount(plan, together(of_plan[plan.id]), len(of_plan[plan.id])) for plan in plans if of_plan[plan.id]]


def entered_for(actor: Actor, rows: Iterable[Row]) -> list[Entered]:
    """What was entered for the units of `actor` and not seen yet; `rows` are their duties."""
    entries = behalf.unseen(actor.unit_ids)
    known = {row.id: row for row in rows}
    known |= {row.id: row for row in queries.some({entry.card_id for entry in entries} - known.keys())}
    found = ((entry, known[entry.card_id]) for entry in entries)
    return [
        Entered(row.id, row.plan_id, row.code, what_words(entry), entry.document_number, entry.entered_on)
        for entry, row in found
    ]


def waits(actor: Actor, plan_ids: Collection[int], today: Today) -> int:
    """How many things wait for `actor` in all plans: the number beside the page's name in the menu."""
    counting = _counting(
        works=bool(actor.unit_ids),
        decides=can(actor, Permission.HOME_OVERVIEW),
        confirms=can(actor, Permission.HOME_OFFICE),
    )
    asked = {
        "units": list(actor.unit_ids),
        "since": today.day - behalf.RECENT,
        "plans": list(plan_ids),
        "levels": deadlines.levels_decided(actor),
    }
    counted = 0 if counting is None else db.session.scalar(counting, asked)
    return worklist.pressing_count(actor, plan_ids, today) + counted


@cache
def _counting(*, works: bool, decides: bool, confirms: bool) -> Any:
    """One query for all that is only counted, made once for each kind of viewer; None where nothing waits for them.

    Every page asks this after each deed of anybody, so it must cost little.
    """
    parts = [behalf.unseen_number()] if works else []
    parts += [deadlines.open_number()] if decides else []
    parts += [worklist.waiting_number(), behalf.open_number()] if confirms else []
    return select(reduce(add, parts)) if parts else None


def _corrections() -> list[WaitingCorrection]:
    return [
        WaitingCorrection(
            asked.card_id,
            asked.card.action.clause.address,
            asked.card.unit.name,
            asked.reason,
            asked.asked_on,
            asked.card.plan_id,
        )
        for asked in behalf.open_requests()
    ]
