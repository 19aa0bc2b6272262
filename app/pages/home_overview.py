"""What the office and the leaders see of all units, and what units and the office ask of each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.board import behalf, worklist
from app.board.deadline_queries import OpenExtension, extensions_to_decide
from app.board.faces import Today
from app.board.queries import Row
from app.board.unit_counts import UnitCount, unit_counts
from app.core.actor import Actor
from app.core.policy import Permission, can
from app.pages.behalf_faces import what_words


@dataclass(frozen=True)
class LateUnit:
    unit_id: int
    name: str
    count: int
    oldest: date


@dataclass(frozen=True)
class Asked:
    """A unit's request to correct what was entered for it."""

    card_id: int
    code: str
    unit_name: str
    reason: str
    on: date


@dataclass(frozen=True)
class Entered:
    """What the office entered for a unit and nobody there has seen."""

    card_id: int
    code: str
    what: Any
    document_number: str | None
    on: date


@dataclass(frozen=True)
class Overview:
    """Figures are over given duties; requests and remedies stand apart."""

    extensions: list[OpenExtension]
    corrections: list[Asked]
    late: list[LateUnit]
    units: list[UnitCount]

    def total(self, name: str) -> int:
        """The sum of one count over all units."""
        return sum(getattr(unit, name) for unit in self.units)


def overview(actor: Actor, plan_id: int, today: Today) -> Overview:
    """All units of the plan for the office or a leader, with what waits for their decision."""
    late = worklist.late_rows(plan_id, today)
    by_unit: dict[int, list[Row]] = {}
    for row in late:
        by_unit.setdefault(row.unit_id, []).append(row)
    listed = [
        LateUnit(unit_id, rows[0].unit.name, len(rows), min(today.last_day(row) for row in rows))
        for unit_id, rows in by_unit.items()
    ]
    return Overview(
        extensions=extensions_to_decide(actor, plan_id),
        corrections=_corrections() if can(actor, Permission.CORRECTION_ANSWER) else [],
        late=sorted(listed, key=lambda unit: (unit.oldest, -unit.count)),
        units=unit_counts(plan_id, late),
    )


def entered_for(actor: Actor, rows: Iterable[Row]) -> list[Entered]:
    """What was entered for the units of `actor` and not seen yet; `rows` are their duties."""
    codes = {row.id: row.code for row in rows}
    return [
        Entered(entry.card_id, codes.get(entry.card_id, ""), what_words(entry), entry.document_number, entry.entered_on)
        for entry in behalf.unseen(actor.unit_ids)
    ]


def waits(actor: Actor, plan_id: int, today: Today) -> int:
    """How many things wait for `actor`: the number beside the page's name in the menu."""
    waiting = worklist.pressing_count(actor, plan_id, today)
    if actor.unit_ids:
        waiting += len(behalf.unseen(actor.unit_ids))
    if can(actor, Permission.HOME_OVERVIEW):
        waiting += len(extensions_to_decide(actor, plan_id))
    if can(actor, Permission.HOME_OFFICE):
        waiting += worklist.waiting_count(plan_id) + len(behalf.open_requests())
    return waiting


def _corrections() -> list[Asked]:
    return [
        Asked(asked.card_id, asked.card.action.clause.address, asked.card.unit.name, asked.reason, asked.asked_on)
        for asked in behalf.open_requests()
    ]
