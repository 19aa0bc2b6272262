"""Who works in a unit, and where a person works."""

from sqlalchemy import or_, select

from app.accounts.models import Person, RoleGrant
from app.core import clock
from app.core.actor import SYSTEM_ID, Role
from app.core.vietnamese import sort_key
from app.extensions import db

_WORKING = (Role.HEAD, Role.DEPUTY, Role.STAFF, Role.COORDINATOR)


def colleagues(unit_id: int) -> list[tuple[int, str]]:
    """The people who work in a unit today, in the order of their names: id and name."""
    today = clock.today()
    query = (
        select(Person.id, Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.unit_id == unit_id, RoleGrant.role.in_(_WORKING), Person.active, Person.id != SYSTEM_ID)
        .where(or_(RoleGrant.valid_from.is_(None), RoleGrant.valid_from <= today))
        .where(or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today))
        .distinct()
    )
    found = [(person_id, name) for person_id, name in db.session.execute(query)]
    return sorted(found, key=lambda pair: (sort_key(pair[1]), pair[0]))


def units_of(person_id: int) -> frozenset[int]:
    """The units in which a person works or has worked."""
    query = select(RoleGrant.unit_id).where(RoleGrant.person_id == person_id, RoleGrant.role.in_(_WORKING))
    return frozenset(db.session.scalars(query))
