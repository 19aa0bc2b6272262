"""The role of cơ quan thường trực passes from one unit to another: it is a role, never a constant."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import RoleGrant
from app.accounts.operations.sign_in import close_sessions
from app.core import clock
from app.core.actor import Actor, Role
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db
from app.organisation.models import Unit, UnitKind
from app.organisation.queries import coordinating_unit, units

NO_SUCH_OFFICE = _l("Chọn một đơn vị khác đang hoạt động, không phải phường, xã hay đoàn thể.")
NO_HEAD = _l(
    "%(unit)s chưa có thủ trưởng dùng tài khoản: thêm người ở trang Người dùng trước, để luôn có người điều phối."
)


def candidates() -> list[Unit]:
    """The units that may take the role over."""
    return [u for u in units() if not u.is_coordinating and not u.kind.is_local and u.kind is not UnitKind.BODY]


def move_office(actor: Actor, unit_id: int) -> Unit:
    """Make another unit the coordinating office from today on; its heads coordinate, those of before no longer do.

    Staff of the new office may send with the signed document, as is usual for it. Raises `Forbidden`; `Refused` for
    a unit that cannot take the role, or has no head with an account.
    """
    with change(actor, Permission.SETTINGS_MANAGE):
        office = next((unit for unit in candidates() if unit.id == unit_id), None)
        if office is None:
            raise Refused(NO_SUCH_OFFICE, field="unit")
        heads = [grant.person_id for grant in _held(unit_id, Role.HEAD)]
        if not heads:
            raise Refused(NO_HEAD % {"unit": office.name}, field="unit")
        before = coordinating_unit()
        if before is not None:
            _end(before)
        office.is_coordinating = office.staff_may_send = True
        for person_id in heads:
            db.session.add(
                RoleGrant(
                    person_id=person_id,
                    unit_id=unit_id,
                    role=Role.COORDINATOR,
                    valid_from=clock.today(),
                    valid_to=None,
                )
            )
            close_sessions(db.session(), person_id)
    return office


def _end(office: Unit) -> None:
    office.is_coordinating = office.leader_confirms = False
    for grant in _held(office.id, Role.COORDINATOR):
        grant.valid_to = clock.today() - timedelta(days=1)
        close_sessions(db.session(), grant.person_id)


def _held(unit_id: int, role: Role) -> Iterable[RoleGrant]:
    found = db.session.scalars(select(RoleGrant).where(RoleGrant.unit_id == unit_id, RoleGrant.role == role)).all()
    return [grant for grant in found if grant.in_force(clock.today())]
