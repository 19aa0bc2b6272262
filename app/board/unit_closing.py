"""A unit ceases to be from a day on: with it the roles held there. What was done keeps its name."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import func, or_, select

from app.accounts.models import RoleGrant
from app.accounts.operations import close_sessions
from app.accounts.people import keep_an_administrator
from app.board.models import Card
from app.board.state import Status
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db
from app.organisation.lifecycle import decided
from app.organisation.models import Unit

OFFICE_STAYS = _l("Cơ quan thường trực không thể ngừng hoạt động khi chưa giao vai trò này cho đơn vị khác.")
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
            raise Refused(
                ngettext(
                    "Đơn vị còn %(num)s nhiệm vụ chưa kết thúc nên chưa thể ngừng hoạt động.",
                    "Đơn vị còn %(num)s nhiệm vụ chưa kết thúc nên chưa thể ngừng hoạt động.",
                    left,
                )
            )
        unit.valid_to, unit.closed_by = last, decision
        _end_roles(unit.id, last)


def _end_roles(unit_id: int, last: date) -> None:
    still = or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > last)
    for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.unit_id == unit_id, still)).all():
        grant.valid_to = last
        close_sessions(db.session(), grant.person_id)
    keep_an_administrator()
