"""Extensions that wait: by who decides them, and of a unit; and what was decided about one card's date."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, select

from app.cards.models import Card, CardEvent
from app.cards.state import EventKind
from app.core.actor import Actor
from app.core.policy import Permission, can
from app.extensions import db
from app.organisation.models import Unit
from app.plans.models import Action, Clause, DueLevel


@dataclass(frozen=True)
class OpenExtension:
    """An asking that nobody has decided, with what a decision needs to know. `id` names it in the address."""

    id: int
    card_id: int
    code: str
    duty: str | None
    text: str
    unit_id: int
    unit_name: str
    due_on: date
    level: DueLevel
    wanted_on: date
    reason: str
    asked_by: str
    asked_on: date
    plan_id: int


_COLUMNS = (
    CardEvent.id, Card.id, Clause.address, Action.duty, Clause.text, Card.unit_id, Unit.name, Card.due_on,
    Card.due_level, Card.extension_wanted, CardEvent.reason, CardEvent.actor_name, CardEvent.entered_on,
    Card.plan_id,
)  # fmt: skip


def open_extensions(
    level: DueLevel | None = None, *, plan_ids: Collection[int] | None = None, unit_ids: Iterable[int] | None = None
) -> list[OpenExtension]:
    """The askings that wait, the oldest first: of a level, of plans, of units, where these are given."""
    query = _open()
    if level is not None:
        query = query.where(Card.due_level == level)
    if plan_ids is not None:
        query = query.where(Card.plan_id.in_(plan_ids))
    if unit_ids is not None:
        query = query.where(Card.unit_id.in_(list(unit_ids)))
    return [OpenExtension(*row) for row in db.session.execute(query)]


_DECIDED_BY = {
    DueLevel.UBND: Permission.EXTENSION_DECIDE_UBND,
    DueLevel.OFFICE: Permission.EXTENSION_DECIDE_OFFICE,
}


def extensions_to_decide(actor: Actor, plan_ids: Collection[int] | None = None) -> list[OpenExtension]:
    """What waits for `actor`: UBND's dates for Lãnh đạo UBND, the office's own for the office; for others nothing."""
    return [found for level in levels_decided(actor) for found in open_extensions(level, plan_ids=plan_ids)]


def levels_decided(actor: Actor) -> list[DueLevel]:
    """The levels of dates that `actor` may extend."""
    return [level for level, decides in _DECIDED_BY.items() if can(actor, decides)]


def open_number() -> ScalarSelect[int]:
    """How many askings of `:levels` wait in `:plans`, as a part of another query."""
    waiting = select(func.count(Card.extension_id)).where(
        Card.extension_id.is_not(None),
        Card.plan_id.in_(bindparam("plans", expanding=True)),
        Card.due_level.in_(bindparam("levels", expanding=True)),
    )
    return waiting.scalar_subquery()


def extensions_asked(actor: Actor, plan_ids: Collection[int] | None = None) -> list[OpenExtension]:
    """What `actor`'s own units have asked for and still wait for."""
    return open_extensions(plan_ids=plan_ids, unit_ids=actor.unit_ids)


def _open() -> Any:
    return (
        select(*_COLUMNS)
        .join(Card, Card.extension_id == CardEvent.id)
        .join(Action, Action.id == Card.action_id)
        .join(Clause, Clause.id == Action.clause_id)
        .join(Unit, Unit.id == Card.unit_id)
        .order_by(CardEvent.id)
    )


def card_of_asking(extension_id: int) -> int | None:
    """The card for which the extension `extension_id` was asked; other events are no extensions."""
    asked = select(CardEvent.card_id).where(CardEvent.id == extension_id, CardEvent.kind == EventKind.EXTENSION_ASKED)
    return db.session.scalar(asked)
