"""A unit passes into another (sáp nhập): from a day on its open duties and its people are the heir's.

What is finished, and what was written and sent, keeps the name of its day.
"""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.operations.role_transfer import move_people
from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.notes.models import CardNote
from app.cards.notes.operations import touch
from app.cards.operations.moving import happen, new_event
from app.cards.operations.unit_closing import BEFORE_ITS_START
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.evidence.models import Evidence
from app.extensions import db
from app.organisation.models import Unit
from app.organisation.operations.lifecycle import decided, write_also
from app.plans.models import CoordinatingUnit

NOT_YET = _l("Chưa đến ngày này; hãy ghi khi quyết định có hiệu lực.")
NO_HEIR = _l("Chọn đơn vị nhận khác đơn vị này, đang hoạt động vào ngày đó.")
CLOSED_ALREADY = _l("Đơn vị đã ngừng hoạt động.")


def merge_unit(
    actor: Actor, unit: Unit, heir_id: int, *, first: date | None, decision: str, seen_version: int
) -> list[Card]:
    """From the day `first` on `unit` is part of the unit `heir_id`, by a decision; returns the duties that passed on.

    Its names mean the heir in later documents; the role of cơ quan thường trực passes on too. Raises `Refused`.
    """
    first, decision = decided(first, decision)
    with change(actor, Permission.UNIT_MANAGE, unit, seen_version=seen_version):
        heir = _heir(unit, heir_id, first)
        unit.valid_to, unit.closed_by, unit.heir_id = first - timedelta(days=1), decision, heir.id
        if unit.is_coordinating:
            unit.is_coordinating, heir.is_coordinating, heir.staff_may_send = False, True, True
        cards = _open_cards(unit.id)
        for card in cards:
            _pass_on(actor, card, unit, heir, MoveInput(document_number=decision), first)
        _let_coordinate(unit, heir)
        move_people(unit, heir, first)
        for name in (unit.name, unit.short_name):
            write_also(heir, name)
    return cards


def _heir(unit: Unit, heir_id: int, first: date) -> Unit:
    if unit.valid_to is not None:
        raise Refused(CLOSED_ALREADY)
    if first > clock.today():
        raise Refused(NOT_YET, field="first")
    if unit.valid_from is not None and first <= unit.valid_from:
        raise Refused(BEFORE_ITS_START, field="first")
    heir = db.session.get(Unit, heir_id)
    if heir is None or heir.id == unit.id or not heir.stands_on(first) or not heir.stands_on(clock.today()):
        raise Refused(NO_HEIR, field="heir")
    return heir


def _open_cards(unit_id: int) -> list[Card]:
    query = select(Card).where(Card.unit_id == unit_id, Card.status.not_in((Status.DONE, Status.DROPPED)))
    return list(db.session.scalars(query.order_by(Card.id)))


def _pass_on(actor: Actor, card: Card, unit: Unit, heir: Unit, said: MoveInput, first: date) -> None:
    words = MoveInput(f"{unit.name} → {heir.name}", document_number=said.document_number)
    event = new_event(actor, card, EventKind.INHERITED, card.status, words, False)
    event.effective_on, event.from_unit_id = first, unit.id
    happen(card, event)
    card.unit_id = heir.id
    touch(card)
    mine = select(CardNote).where(CardNote.card_id == card.id, CardNote.unit_id == unit.id)
    for note in db.session.scalars(mine):
        note.unit_id = heir.id  # its name stays as it was written
    hidden = select(Evidence).where(Evidence.card_id == card.id, Evidence.unit_id == unit.id, Evidence.restricted)
    for document in db.session.scalars(hidden):
        document.unit_id = heir.id  # else nobody of the unit could open it any more


def _let_coordinate(unit: Unit, heir: Unit) -> None:
    """Duties in which the unit takes part are the heir's; the plan's own wording of the name stays."""
    for named in db.session.scalars(select(CoordinatingUnit).where(CoordinatingUnit.unit_id == unit.id)):
        named.unit_id = heir.id
