"""Who in a unit follows a duty (người theo dõi), and the hand-over of one person's duties to a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import Person
from app.accounts.queries.unit_members import colleagues, units_of
from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.notes.operations import touch
from app.cards.operations.moving import new_event
from app.cards.state import EventKind, Status
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db

NOT_OF_THE_UNIT = _l("Người theo dõi phải là người của đơn vị và có tài khoản đang dùng.")
SUCCESSOR_NEEDED = _l("Chọn người nhận bàn giao trong đơn vị.")
SAME_PERSON = _l("Người nhận phải khác người bàn giao.")
NOTHING_HELD = _l("Không còn nhiệm vụ nào đang mở để bàn giao.")
_ENDED = (Status.DONE, Status.DROPPED)


@dataclass(frozen=True)
class Work:
    """One person's work, in the units in which it lies: what the right to hand it over is asked about."""

    person_id: int
    unit_ids: tuple[int, ...]


def held(person_id: int, unit_id: int | None = None) -> list[Card]:
    """The open duties that a person follows (in one unit), in the order of their units and the plan."""
    query = select(Card).where(Card.holder_id == person_id, Card.status.not_in(_ENDED))
    cards = db.session.scalars(query if unit_id is None else query.where(Card.unit_id == unit_id))
    return sorted(cards, key=lambda c: (c.unit.sort_order, c.unit_id, -c.plan_id, c.action.position, c.id))


def work_of(person_id: int) -> Work:
    """Where a person works or follows duties."""
    return Work(person_id, tuple(sorted({*units_of(person_id), *(card.unit_id for card in held(person_id))})))


def set_holder(actor: Actor, card: Card, holder_id: int | None, *, seen_version: int) -> None:
    """Let a colleague of the unit follow the duty, or nobody.

    Raises `Forbidden`, `Stale`; `Refused` for somebody who does not work in the unit.
    """
    with change(actor, Permission.HOLDER_SET, card, seen_version=seen_version):
        if holder_id is not None:
            _check_colleague(card.unit_id, holder_id, NOT_OF_THE_UNIT)
        _assign(actor, card, holder_id)


def hand_over(actor: Actor, person_id: int, unit_id: int, successor_id: int | None) -> Sequence[Card]:
    """Give every open duty that a person follows in a unit to a colleague there, all at once.

    Raises `Forbidden`; `Refused` without a successor of the unit, or where nothing is left to hand over.
    """
    with change(actor, Permission.HAND_OVER, Work(person_id, (unit_id,))):
        if successor_id is None:
            raise Refused(SUCCESSOR_NEEDED, field="successor")
        if successor_id == person_id:
            raise Refused(SAME_PERSON, field="successor")
        _check_colleague(unit_id, successor_id, SUCCESSOR_NEEDED)
        cards = held(person_id, unit_id)
        if not cards:
            raise Refused(NOTHING_HELD)
        for card in cards:
            _assign(actor, card, successor_id)
    return cards


def _assign(actor: Actor, card: Card, holder_id: int | None) -> None:
    name = db.session.get_one(Person, holder_id).name if holder_id is not None else ""
    event = new_event(actor, card, EventKind.HOLDER_SET, card.status, MoveInput(reason=name), False)
    card.holder_id = holder_id
    db.session.add(event)
    touch(card)


def _check_colleague(unit_id: int, person_id: int, sentence: object) -> None:
    if person_id not in {known for known, _name in colleagues(unit_id)}:
        raise Refused(sentence, field="successor" if sentence is SUCCESSOR_NEEDED else "holder")
