"""Roles held in a unit end with it, or go on in its heir."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import or_, select

from app.accounts.models import RoleGrant
from app.accounts.operations.management import keep_an_administrator
from app.accounts.operations.sign_in import close_sessions
from app.core.actor import Role
from app.extensions import db
from app.organisation.models import Unit, UnitKind


def move_people(unit: Unit, heir: Unit, first: date) -> None:
    """Let the roles of `unit` go on in `heir` from `first` on, inside an open change.

    Where it has a head already, the head that comes is a deputy in charge there.
    """
    standing = _in_force(heir.id, first)
    headed = any(grant.role is Role.HEAD for grant in standing)
    held = {(grant.person_id, grant.role) for grant in standing}
    for grant, until in _end(unit.id, first - timedelta(days=1)):
        role = _role_there(grant.role, heir, headed)
        if role is not None and (grant.person_id, role) not in held:
            begins = max(first, grant.valid_from or first)
            db.session.add(
                RoleGrant(person_id=grant.person_id, unit_id=heir.id, role=role, valid_from=begins, valid_to=until)
            )
            held.add((grant.person_id, role))
    keep_an_administrator()


def end_roles(unit_id: int, last: date) -> None:
    """Let every role held in a unit end with the day `last`, inside an open change."""
    _end(unit_id, last)
    keep_an_administrator()


def restore_roles(unit_id: int, last: date) -> None:
    """Let the roles that ended with `last` be held again, inside an open change."""
    query = select(RoleGrant).where(RoleGrant.unit_id == unit_id, RoleGrant.valid_to == last)
    for grant in db.session.scalars(query).all():
        grant.valid_to = None


def _end(unit_id: int, last: date) -> list[tuple[RoleGrant, date | None]]:
    """What ends now, each with the day on which it was to end; open sessions end too."""
    before = [(grant, grant.valid_to) for grant in _in_force(unit_id, last + timedelta(days=1))]
    for grant, _until in before:
        grant.valid_to = last
        close_sessions(db.session(), grant.person_id)
    return before


def _in_force(unit_id: int, day: date) -> Iterable[RoleGrant]:
    still = or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day)
    return db.session.scalars(select(RoleGrant).where(RoleGrant.unit_id == unit_id, still)).all()


def _role_there(role: Role, heir: Unit, headed: bool) -> Role | None:
    if role is Role.HEAD and headed:
        return Role.DEPUTY
    if role is Role.COORDINATOR and not heir.is_coordinating:
        return None
    return None if role is Role.LEADER and heir.kind is not UnitKind.COMMITTEE else role
