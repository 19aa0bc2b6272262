"""People as actors, and their sessions."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import selectinload

from app.accounts.models import LoginSession, Person, RoleGrant
from app.core import clock
from app.core.actor import SYSTEM_ID, Actor, Grant, Role
from app.core.audit import AuditHead
from app.core.lru import Lru
from app.extensions import db
from app.organisation.models import Unit

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=1)  # the use of a session
_SESSION, _PERSON, _HEAD = LoginSession.__table__, Person.__table__, AuditHead.__table__
_OPEN = (
    select(*_SESSION.c["id", "person_id", "used_at", "opened_at"], *_HEAD.c["sequence", "hash"])
    .select_from(_SESSION.join(_PERSON, _PERSON.c.id == _SESSION.c.person_id).join(_HEAD, _HEAD.c.id == 1))
    .where(_SESSION.c.closed_at.is_(None), _PERSON.c.active)
)  # whatever gives or takes a role is audited: with the same newest entry of the log the person is the same
_BY_HASH = _OPEN.where(_SESSION.c.token_hash == bindparam("known_by"))
_BY_ID = _OPEN.where(_SESSION.c.id == bindparam("known_by"))
_ORDER = (Role.HEAD, Role.DEPUTY, Role.LEADER, Role.COORDINATOR, Role.STAFF, Role.ADMIN)

_known: Lru[tuple[Any, ...], Actor] = Lru(1_000)


def token_hash(token: str) -> str:
    """What the database keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_by_token(token: str) -> Actor | None:
    """The person of a session that is open and not expired, with the roles in force today."""
    hashed = token_hash(token)
    row = _open_session(db.session.connection(), _BY_HASH, hashed)
    if row is None:
        return None
    as_of = _as_of(row)
    key = (as_of, clock.today(), hashed)
    known = _known.get(key)
    if known is None:
        known = _actor(db.session.get_one(Person, row.person_id), row.id, token, as_of)
        _known.put(key, known)
    if not known.grants or (known.role_ended and known.role_ended >= clock.local(row.opened_at).date()):
        return None  # a session does not outlive a role under which it was opened
    return replace(known, session_used_at=row.used_at)


def as_of_session(connection: Connection, session_id: int | None) -> str | None:
    """The state of the log, where the session is open and its use need not be noted now; None where it is not so."""
    row = _open_session(connection, _BY_ID, session_id)
    return _as_of(row) if row is not None and clock.now() - row.used_at <= NOTED_EVERY else None


def _open_session(connection: Connection, query: Select[Any], known_by: str | int | None) -> Any:
    row, now = connection.execute(query, {"known_by": known_by}).first(), clock.now()
    return None if row is None or row.used_at <= now - IDLE or row.opened_at <= now - ABSOLUTE else row


def _as_of(row: Any) -> str:
    return f"{row.sequence}-{row.hash}"


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
    return bool(administrators())


def administrators() -> set[int]:
    """The people in use who hold the role of administrator without an end."""
    held = select(Person.id).join(RoleGrant, RoleGrant.person_id == Person.id)
    found = held.where(RoleGrant.role == Role.ADMIN, RoleGrant.valid_to.is_(None), Person.active)
    return set(db.session.scalars(found))


def holds_a_role(grants: Iterable[RoleGrant], day: date) -> bool:
    """Whether any of `grants` is in force on `day`."""
    return any(grant.in_force(day) for grant in grants)


def password_hashes(usernames: Iterable[str]) -> dict[str, str | None]:
    """What is kept of the passwords of those of `usernames` that can sign in."""
    query = select(Person.username, Person.password_hash).where(Person.username.in_(tuple(usernames)), Person.active)
    return {row.username: row.password_hash for row in db.session.execute(query)}


def people_exist() -> bool:
    """Whether the installation has any account beside the system operator."""
    return db.session.scalar(select(Person.id).where(Person.id != SYSTEM_ID).limit(1)) is not None


def _actor(person: Person, session_id: int | None = None, token: str = "", as_of: str = "") -> Actor:
    today = clock.today()
    held = db.session.execute(
        select(RoleGrant, Unit.name).join(Unit, Unit.id == RoleGrant.unit_id).where(RoleGrant.person_id == person.id)
    ).all()
    now = [(g, name) for g, name in held if g.in_force(today)]
    now.sort(key=lambda pair: _ORDER.index(pair[0].role))
    return Actor(
        id=person.id,
        name=person.name,
        grants=tuple(Grant(g.role, g.unit_id) for g, _name in now),
        title=person.title,
        unit_name=now[0][1] if now else "",
        language=person.language,
        theme=person.theme,
        session_id=session_id,
        session_token=token,
        as_of=as_of,
        role_ended=max((g.valid_to for g, _name in held if g.valid_to and g.valid_to < today), default=None),
    )


def names_of(ids: set[int]) -> dict[int, str]:
    """People's names by id."""
    return dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())
