"""Reads of the register, each within what the person may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Person
from app.core.actor import Actor
from app.core.policy import Permission, can
from app.extensions import db
from app.incidents.models import Authority, IncidentKeeper, IncidentLine
from app.incidents.policy import Register, may_be_named, own_units
from app.incidents.small_cells import GroupPart, masked
from app.organisation.models import Unit, UnitKind
from app.organisation.queries import OFFICIAL_ORDER


@dataclass(frozen=True)
class Total:
    """The cases of a year for a group of units that are not the reader's own; None where they are hidden."""

    kinds: frozenset[UnitKind]
    cases: int | None


@dataclass(frozen=True)
class Others:
    """What the other units of the city reported, as far as it may be read."""

    groups: tuple[Total, ...]
    total: int | None


GROUPS = (
    frozenset({UnitKind.WARD}),
    frozenset({UnitKind.COMMUNE}),
    frozenset(set(UnitKind) - {UnitKind.WARD, UnitKind.COMMUNE}),
)


def keeping(actor: Actor) -> frozenset[int]:
    """The units that have named the person a keeper of their register."""
    if not may_be_named(actor):
        return frozenset()
    query = select(IncidentKeeper.unit_id)
    return frozenset(
        db.session.scalars(query.where(IncidentKeeper.person_id == actor.id, IncidentKeeper.ended_at.is_(None)))
    )


def register(actor: Actor, unit_id: int | None = None) -> Register:
    """What the rules are asked about."""
    return Register(unit_id, keeping(actor))


def line(actor: Actor, line_id: int) -> IncidentLine | None:
    """A line that the person may read; None for any other, as if it were not there."""
    found = db.session.get(IncidentLine, line_id)
    if found is None or not can(actor, Permission.INCIDENT_SEE, register(actor, found.unit_id)):
        return None
    return found


def lines(unit_ids: Iterable[int] | None, year: int) -> list[IncidentLine]:
    """The lines in force whose period ends in `year`, of some units or (None) of all; the latest first."""
    query = select(IncidentLine).where(*_of_year(year))
    if unit_ids is not None:
        query = query.where(IncidentLine.unit_id.in_(tuple(unit_ids)))
    found = db.session.scalars(query).unique()
    return sorted(found, key=lambda x: (-x.period_to.toordinal(), x.unit.sort_order, x.unit_id, -x.id))


def withdrawn(unit_ids: Iterable[int] | None, year: int) -> list[IncidentLine]:
    """The lines of the year that were taken out and may be brought back."""
    first, last = _bounds(year)
    query = select(IncidentLine).where(IncidentLine.withdrawn_at.is_not(None), IncidentLine.replaced_at.is_(None))
    query = query.where(IncidentLine.period_to.between(first, last)).order_by(IncidentLine.id)
    if unit_ids is not None:
        query = query.where(IncidentLine.unit_id.in_(tuple(unit_ids)))
    return list(db.session.scalars(query).unique())


def earlier(found: IncidentLine) -> list[IncidentLine]:
    """What stood in the line before it was corrected, the latest first."""
    past: list[IncidentLine] = []
    before = found.corrects_id
    while before is not None:
        past.append(db.session.get_one(IncidentLine, before))
        before = past[-1].corrects_id
    return past


def counts(year: int) -> list[tuple[Unit, int, int]]:
    """Unit, lines and cases of the year, for the competent levels alone: nothing is hidden."""
    by_unit: dict[int, list[int]] = {}
    for found in lines(None, year):
        by_unit.setdefault(found.unit_id, []).append(found.cases)
    units = db.session.scalars(select(Unit).where(Unit.id.in_(by_unit)).order_by(*OFFICIAL_ORDER))
    return [(unit, len(by_unit[unit.id]), sum(by_unit[unit.id])) for unit in units]


def others(own: frozenset[int], year: int) -> Others:
    """The year's cases of all units but `own`, by kind of unit; small numbers hidden.

    The reader's own units are left out, else they could be taken away from a total again.
    """
    query = select(Unit.kind, Unit.id, func.sum(IncidentLine.cases)).join(Unit, Unit.id == IncidentLine.unit_id)
    query = query.where(*_of_year(year), IncidentLine.unit_id.not_in(own), IncidentLine.cases > 0)
    reported = [(kind, int(cases)) for kind, _unit_id, cases in db.session.execute(query.group_by(Unit.kind, Unit.id))]
    shown, total = masked([_part([cases for kind, cases in reported if kind in kinds]) for kinds in GROUPS])
    return Others(tuple(Total(*pair) for pair in zip(GROUPS, shown, strict=True)), total)


def authorities(*, archived: bool = False) -> list[Authority]:
    """The receiving bodies to choose from, or those put away."""
    query = select(Authority).where(Authority.archived.is_(archived))
    return list(db.session.scalars(query.order_by(Authority.key, Authority.id)))


def keepers(unit_ids: Iterable[int]) -> list[tuple[IncidentKeeper, str]]:
    """Who keeps the register of these units, with their names."""
    query = select(IncidentKeeper, Person.name).join(Person, Person.id == IncidentKeeper.person_id)
    query = query.where(IncidentKeeper.unit_id.in_(tuple(unit_ids)), IncidentKeeper.ended_at.is_(None))
    return [(keeper, name) for keeper, name in db.session.execute(query.order_by(IncidentKeeper.id))]


def headed(actor: Actor) -> frozenset[int]:
    """The units whose head may name keepers."""
    return frozenset(
        unit_id for unit_id in own_units(actor, ()) if can(actor, Permission.INCIDENT_KEEPERS, Register(unit_id))
    )


def _part(cases: list[int]) -> GroupPart:
    return GroupPart(sum(cases), len(cases))


def _of_year(year: int) -> tuple[ColumnElement[bool], ...]:
    first, last = _bounds(year)
    standing = (IncidentLine.replaced_at.is_(None), IncidentLine.withdrawn_at.is_(None))
    return (*standing, IncidentLine.period_to.between(first, last))


def _bounds(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
