"""A unit passes into another (sáp nhập): from a day on its open duties and its people are the heir's.

What is finished, and what was written and sent, keeps the name of its day.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from app.accounts.models import RoleGrant
from app.accounts.operations import close_sessions
from app.accounts.people import keep_an_administrator
from app.board.models import Card
from app.board.moves import Said
from app.board.note_models import CardNote
from app.board.notes import touch
from app.board.operations import happen, new_event
from app.board.state import EventKind, Status
from app.board.unit_closing import BEFORE_ITS_START, ended_grants
from app.core import clock
from app.core.actor import Actor, Role
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.evidence.models import Evidence
from app.extensions import db
from app.organisation.lifecycle import decided, write_also
from app.organisation.models import Unit, UnitKind
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
        unit.valid_to, unit.closed_by = first - timedelta(days=1), decision
        if unit.is_coordinating:
            unit.is_coordinating, heir.is_coordinating, heir.staff_may_send = False, True, True
        cards = _open_cards(unit.id)
        for card in cards:
            _pass_on(actor, card, unit, heir, Said(document_number=decision), first)
        _let_coordinate(unit, heir)
        _move_people(unit, heir, first)
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


def _pass_on(actor: Actor, card: Card, unit: Unit, heir: Unit, said: Said, first: date) -> None:
    words = Said(f"{unit.name} → {heir.name}", document_number=said.document_number)
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


def _move_people(unit: Unit, heir: Unit, first: date) -> None:
    """Roles go on in the heir. Where it has a head already, the head that comes is a deputy in charge there."""
    standing = _in_force(heir.id, first)
    headed = any(grant.role is Role.HEAD for grant in standing)
    held = {(grant.person_id, grant.role) for grant in standing}
    for grant, until in ended_grants(unit.id, first - timedelta(days=1)):
        role = _role_there(grant.role, heir, headed)
        if role is not None and (grant.person_id, role) not in held:
            begins = max(first, grant.valid_from or first)
            db.session.add(
                RoleGrant(person_id=grant.person_id, unit_id=heir.id, role=role, valid_from=begins, valid_to=until)
            )
            held.add((grant.person_id, role))
        close_sessions(db.session(), grant.person_id)
    keep_an_administrator()


def _in_force(unit_id: int, day: date) -> Iterable[RoleGrant]:
    still = or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day)
    return db.session.scalars(select(RoleGrant).where(RoleGrant.unit_id == unit_id, still)).all()


def _role_there(role: Role, heir: Unit, headed: bool) -> Role | None:
    if role is Role.HEAD and headed:
        return Role.DEPUTY
    if role is Role.COORDINATOR and not heir.is_coordinating:
        return None
    return None if role is Role.LEADER and heir.kind is not UnitKind.COMMITTEE else role
