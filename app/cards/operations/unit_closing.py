"""A unit ceases to be from a day on: with it the roles held there. What was done keeps its name."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.accounts.operations.role_transfer import end_roles, restore_roles
from app.cards.models import Card
from app.cards.state import Status
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import fold
from app.extensions import db
from app.organisation.models import Unit
from app.organisation.operations.lifecycle import decided
from app.organisation.queries import ids_by_key, units

OPEN_DUTIES = _l("Đơn vị còn %(n)s nhiệm vụ chưa kết thúc: chọn đơn vị nhận, hoặc hoàn thành trước.")
OFFICE_STAYS = _l("Cơ quan thường trực không thể ngừng hoạt động khi chưa giao vai trò này cho đơn vị khác.")
NOT_CLOSED = _l("Đơn vị đang hoạt động.")
PASSED_ON = _l("Nhiệm vụ của đơn vị đã chuyển sang đơn vị nhận nên không bỏ ngày ngừng hoạt động được.")
NAMED_AGAIN = _l("Tên này nay chỉ %(unit)s nên không bỏ ngày ngừng hoạt động được.")
BEFORE_ITS_START = _l("Ngày này không sau ngày đơn vị bắt đầu hoạt động.")


def open_duties(unit_id: int) -> int:
    """How many duties of a unit are neither finished nor dropped."""
    query = select(func.count()).where(Card.unit_id == unit_id, Card.status.not_in((Status.DONE, Status.DROPPED)))
    return db.session.scalar(query) or 0


def close_unit(actor: Actor, unit: Unit, *, first: date | None, decision: str, seen_version: int) -> None:
    """From the day `first` on the unit is no more, by a decision; roles held in it end with the day before.

    Raises `Refused` while it has duties to do, or is the coordinating office.
    """
    first, decision = decided(first, decision)
    last = first - timedelta(days=1)
    with change(actor, Permission.UNIT_MANAGE, unit, seen_version=seen_version):
        if unit.is_coordinating:
            raise Refused(OFFICE_STAYS)
        if unit.valid_from is not None and first <= unit.valid_from:
            raise Refused(BEFORE_ITS_START, field="first")
        if left := open_duties(unit.id):
            raise Refused(OPEN_DUTIES % {"n": left}, field="heir")
        unit.valid_to, unit.closed_by = last, decision
        end_roles(unit.id, last)


def reopen_unit(actor: Actor, unit: Unit, *, seen_version: int) -> None:
    """Take back the day from which a unit was to be no more; the roles that ended with it are held again.

    Raises `Refused` where the unit passed into another, or a unit that stands has its name.
    """
    with change(actor, Permission.UNIT_MANAGE, unit, seen_version=seen_version):
        last = unit.valid_to
        if last is None:
            raise Refused(NOT_CLOSED)
        if unit.heir_id is not None:
            raise Refused(PASSED_ON)
        taken = ids_by_key([other for other in units() if other.id != unit.id]).get(fold(unit.name))
        if taken is not None:
            raise Refused(NAMED_AGAIN % {"unit": db.session.get_one(Unit, taken).name})
        unit.valid_to = unit.closed_by = None
        restore_roles(unit.id, last)
