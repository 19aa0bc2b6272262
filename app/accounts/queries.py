"""People as actors, and their sessions."""

import hashlib
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.accounts.models import LoginSession, Person, RoleGrant
from app.core import clock
from app.core.actor import SYSTEM_ID, Actor, Grant, Role
from app.extensions import db
from app.organisation.models import Unit

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
_ORDER = (Role.HEAD, Role.DEPUTY, Role.LEADER, Role.COORDINATOR, Role.STAFF, Role.ADMIN)


def token_hash(token: str) -> str:
    """What the database keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_by_token(token: str) -> Actor | None:
    """The person of a session that is open and not expired, with the roles in force today."""
    now = clock.now()
    row = db.session.execute(
        select(LoginSession, Person)
        .join(Person, Person.id == LoginSession.person_id)
        .where(LoginSession.token_hash == token_hash(token), LoginSession.closed_at.is_(None))
        .where(LoginSession.used_at > now - IDLE, LoginSession.opened_at > now - ABSOLUTE)
        .where(Person.active)
    ).first()
    if row is None:
        return None
    session, person = row
    return _actor(person, session, token)


def actor(username: str) -> Actor | None:
    """The active person with this sign-in name, as the command line's `--as` uses it."""
    person = person_by_username(username)
    return _actor(person) if person is not None and person.active else None


def person_by_username(username: str) -> Person | None:
    """The account behind a sign-in name, whatever its case; never the system operator."""
    return db.session.scalar(
        select(Person)
        .where(Person.username == username.strip().lower(), Person.id != SYSTEM_ID)
        .options(selectinload(Person.grants))
    )


def has_administrator() -> bool:
    """Whether anybody can administer this installation."""
    found = select(RoleGrant.id).join(Person).where(RoleGrant.role == Role.ADMIN, Person.active)
    return db.session.scalar(found.limit(1)) is not None


def people_exist() -> bool:
    """Whether the installation has any account beside the system operator."""
    return db.session.scalar(select(Person.id).where(Person.id != SYSTEM_ID).limit(1)) is not None


def _actor(person: Person, session: LoginSession | None = None, token: str = "") -> Actor:
    today = clock.today()
    held = db.session.execute(
        select(RoleGrant, Unit.name).join(Unit, Unit.id == RoleGrant.unit_id).where(RoleGrant.person_id == person.id)
    ).all()
    now = [(g, name) for g, name in held if _in_force(g, today)]
    now.sort(key=lambda pair: _ORDER.index(pair[0].role))
    return Actor(
        id=person.id,
        name=person.name,
        grants=tuple(Grant(g.role, g.unit_id) for g, _name in now),
        title=person.title,
        unit_name=now[0][1] if now else "",
        theme=person.theme,
        session_id=session.id if session else None,
        session_token=token,
    )


def _in_force(grant: RoleGrant, today: date) -> bool:
    starts = grant.valid_from is None or grant.valid_from <= today
    return starts and (grant.valid_to is None or today <= grant.valid_to)


def names_of(ids: set[int]) -> dict[int, str]:
    """People's names by id."""
    return dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())
