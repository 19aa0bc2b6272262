"""Creates one card per leading unit of an action."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from app.cards.due import due_after
from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.operations.moving import new_event
from app.cards.state import EventKind
from app.core.actor import Actor
from app.extensions import db
from app.plans.models import Action, DueLevel, Plan


def deal(plan: Plan, action: Action, unit_ids: Iterable[int]) -> None:
    """Give `action` to its leading units, inside the change that puts the plan on the board."""
    for unit_id in unit_ids:
        db.session.add(
            Card(
                plan_id=plan.id,
                action_id=action.id,
                unit_id=unit_id,
                origin_unit_id=unit_id,
                due_on=action.due_on,
                due_level=DueLevel.UBND if action.due_on else None,
                due_basis=action.due_wording,
            )
        )
    db.session.flush()


def agree(actor: Actor, action: Action, day: date | None, basis: str | None) -> None:
    """Let every card of `action` begin with a date that the office asks, with its basis; inside an open change."""
    for card in db.session.scalars(select(Card).where(Card.action_id == action.id).order_by(Card.id)):
        event = new_event(actor, card, EventKind.DUE_SET, card.status, MoveInput(reason=basis or ""), False)
        event.due_on, event.due_level = day, DueLevel.OFFICE
        db.session.add(event)
        db.session.flush()
        card.due = due_after(card.due, event)
