"""What people decide about deadlines. Each deed leaves one event on the card; the card's dates follow from them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.cards.deadlines import rules
from app.cards.deadlines.policy import AskedExtension
from app.cards.due import due_after
from app.cards.models import Card, CardEvent
from app.cards.moves import MoveInput
from app.cards.operations.moving import new_event
from app.cards.state import EventKind
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Forbidden, Refused
from app.core.policy import Permission, can, require
from app.extensions import db
from app.plans.models import ActionKind, DueLevel

OWN_ASKING = _l("Không tự quyết định đề nghị gia hạn do chính mình gửi.")


def set_deadline(actor: Actor, card: Card, level: DueLevel | None, said: MoveInput, *, seen_version: int) -> CardEvent:
    """Let the office set its own date (an agreement), or enter UBND's by its document. Keeps the dates before.

    Raises `Stale`, `Forbidden`, or `Refused` without a basis, without a number for UBND's, for a later date of the same
    level (an extension), while an extension is asked, and for duties that take no dates.
    """
    with change(actor, Permission.DEADLINE_SET, card, seen_version=seen_version):
        day, checked = rules.check_setting(card, said, level)
        event = _event(actor, card, EventKind.DUE_SET, said)
        event.due_on, event.due_level, event.effective_on = day, checked, rules.decided_on(said)
        _decide(card, event)
        _follow_dates(card)
    return event


def ask_extension(actor: Actor, card: Card, said: MoveInput, *, seen_version: int) -> CardEvent:
    """Let the leading unit ask for a later date, with a reason; one asking at a time. The event is the asking."""
    with change(actor, Permission.EXTENSION_ASK, card, seen_version=seen_version):
        day, level = rules.check_asking(card, said)
        event = _event(actor, card, EventKind.EXTENSION_ASKED, said)
        event.due_on, event.due_level = day, level
        _decide(card, event)
    return event


def decide_extension(
    actor: Actor, card: Card, extension_id: int, said: MoveInput, *, granted: bool, seen_version: int
) -> CardEvent:
    """Grant the asking `extension_id` up to `said.day`, or refuse it with a reason; the level of the date decides.

    Raises `Stale`, `Forbidden` by the policy and for one's own asking about the office's date, `Refused` by the rules.
    """
    with change(actor, Permission.EXTENSION_DECIDE, card, seen_version=seen_version):
        rules.check_open(card, extension_id)
        asking = db.session.get_one(CardEvent, extension_id)
        if card.due_level is DueLevel.OFFICE and asking.actor_id == actor.id:
            raise Forbidden(OWN_ASKING)
        event = _granted(actor, card, said) if granted else _refused(actor, card, said)
        event.answers_id = extension_id
        _decide(card, event)
    return event


def grant_extension(actor: Actor, card: Card, said: MoveInput, *, seen_version: int) -> CardEvent:
    """Extend without an asking on the board: UBND's by its document, the office's own by the office."""
    with change(actor, Permission.EXTENSION_DECIDE, card, seen_version=seen_version):
        if card.extension_id is not None:
            raise Refused(rules.DECIDE_FIRST)
        event = _granted(actor, card, said)
        _decide(card, event)
    return event


def withdraw_extension(actor: Actor, card: Card, extension_id: int, *, seen_version: int) -> CardEvent:
    """Take an asking back while nobody has decided: who asked, or the unit's head."""
    with change(actor, Permission.EXTENSION_ASK, card, seen_version=seen_version):
        rules.check_open(card, extension_id)
        asking = db.session.get_one(CardEvent, extension_id)
        require(actor, Permission.EXTENSION_WITHDRAW, AskedExtension(asking.actor_id, card.unit_id))
        event = _event(actor, card, EventKind.EXTENSION_WITHDRAWN, MoveInput())
        event.answers_id = extension_id
        _decide(card, event)
    return event


def change_kind(
    actor: Actor, card: Card, kind: ActionKind | None, said: MoveInput, *, seen_version: int
) -> list[CardEvent]:
    """Change the kind of the action, and so of every unit's card of it, with a reason. Each card keeps an event.

    Raises `Stale`, `Forbidden`, `Refused` where dates, results that wait or askings do not allow it.
    """
    with change(actor, Permission.KIND_CHANGE, card, seen_version=seen_version):
        cards = list(db.session.scalars(_of_action(card)))
        checked = rules.check_kind(card, cards, kind, said)
        before, card.action.kind = card.action.kind, checked
        events = []
        for each in cards:
            event = _event(actor, each, EventKind.KIND_CHANGED, said)
            event.kind_before, event.kind_after = before, checked
            event.effective_on = rules.decided_on(said)
            flag_modified(each, "due_on")  # no column of the card changes, but what its face says does
            events.append(event)
        db.session.add_all(events)
    return events


def _event(actor: Actor, card: Card, kind: EventKind, said: MoveInput) -> CardEvent:
    return new_event(actor, card, kind, card.status, said, False)


def _granted(actor: Actor, card: Card, said: MoveInput) -> CardEvent:
    day, level = rules.check_granting(card, said)
    event = _event(actor, card, EventKind.EXTENDED, said)
    event.due_on, event.due_level, event.effective_on = day, level, rules.decided_on(said)
    return event


def _refused(actor: Actor, card: Card, said: MoveInput) -> CardEvent:
    rules.check_refusing(card, said, entered=actor.is_system or not can(actor, Permission.EXTENSION_DECIDE_UBND))
    event = _event(actor, card, EventKind.EXTENSION_REFUSED, said)
    event.due_level, event.effective_on = card.due_level, rules.decided_on(said)
    return event


def _decide(card: Card, event: CardEvent) -> None:
    db.session.add(event)
    db.session.flush()  # an asking is named by its event's id
    card.due = due_after(card.due, event)


def _follow_dates(card: Card) -> None:
    """A duty of the year whose every card has a date of UBND is one with a deadline."""
    if card.action.kind is not ActionKind.WITHIN_YEAR:
        return
    levels = {each.due_level for each in db.session.scalars(_of_action(card))}
    if levels == {DueLevel.UBND}:
        card.action.kind = ActionKind.DATED


def _of_action(card: Card) -> Any:
    return select(Card).where(Card.action_id == card.action_id).order_by(Card.id)
