"""Who has an account: by unit, with their roles."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.accounts.models import Person, RoleGrant
from app.core import clock
from app.core.actor import SYSTEM_ID, Role
from app.core.vietnamese import sort_key
from app.extensions import db

ROLE_WORDS: dict[Role, Any] = {
    Role.HEAD: _l("Thủ trưởng"),
    Role.DEPUTY: _l("Cấp phó phụ trách"),
    Role.STAFF: _l("Chuyên viên"),
    Role.COORDINATOR: _l("Cán bộ điều phối"),
    Role.LEADER: _l("Lãnh đạo UBND"),
    Role.ADMIN: lazy_pgettext("role", "Quản trị"),
}
_ORDER = list(ROLE_WORDS)


def person(person_id: int) -> Person | None:
    """An account with its roles; never the system operator."""
    query = select(Person).where(Person.id == person_id, Person.id != SYSTEM_ID).options(selectinload(Person.grants))
    return db.session.scalar(query)


def people() -> list[Person]:
    """Every account with its roles, in the order of names."""
    query = select(Person).where(Person.id != SYSTEM_ID).options(selectinload(Person.grants))
    return sorted(db.session.scalars(query), key=lambda p: (sort_key(p.name), p.id))


def workers() -> list[Person]:
    """The people in use who hold a role beside that of administrator, in the order of names."""
    return [p for p in people() if p.active and any(g.role is not Role.ADMIN for g in standing(p))]


def by_unit(everybody: Iterable[Person]) -> dict[int | None, list[tuple[Person, list[RoleGrant]]]]:
    """Unit → who holds a role there today or later, highest role first; None → who holds none anywhere."""
    found: dict[int | None, list[tuple[Person, list[RoleGrant]]]] = {}
    for one in everybody:
        held = standing(one)
        ids: set[int | None] = {grant.unit_id for grant in held}
        for unit_id in ids or {None}:
            found.setdefault(unit_id, []).append((one, [g for g in held if g.unit_id == unit_id]))
    for listed in found.values():
        listed.sort(key=lambda pair: _ORDER.index(pair[1][0].role) if pair[1] else 0)
    return found


def standing(one: Person) -> list[RoleGrant]:
    """The roles that have not ended, highest first."""
    today = clock.today()
    held = [grant for grant in one.grants if grant.valid_to is None or grant.valid_to >= today]
    return sorted(held, key=lambda grant: (_ORDER.index(grant.role), grant.unit_id, grant.id))


def ended(one: Person) -> list[RoleGrant]:
    """The roles that were, the latest first."""
    today = clock.today()
    past = [grant for grant in one.grants if grant.valid_to is not None and grant.valid_to < today]
    return sorted(past, key=lambda grant: (grant.valid_to or today, grant.id), reverse=True)
