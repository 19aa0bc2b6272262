"""Accounts: made, given roles, signed in and out. Guessing is counted in the database and slowed down."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.models import LoginSession, Person, RoleGrant
from app.accounts.operations import passwords
from app.accounts.operations.throttle import count, forgive, is_blocked, keys_of
from app.accounts.queries.sessions import NOTED_EVERY, holds_a_role, person_by_username, token_hash
from app.core import clock
from app.core.actor import Actor, Role
from app.core.change import change, written
from app.core.database import BEST_EFFORT_MS, independent_write
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import clean_line
from app.extensions import db

NOT_SIGNED_IN = _l(
    "Chưa đăng nhập được. Tên đăng nhập hoặc mật khẩu không đúng, hoặc đã thử quá nhiều lần; "
    "hãy kiểm tra bộ gõ, phím Caps Lock rồi thử lại sau ít phút."
)
NAME_TAKEN = _l("Tên đăng nhập này đã có.")
NAME_NEEDED = _l("Nhập họ tên và tên đăng nhập (chữ thường không dấu, số, dấu chấm).")
PASSWORD_SHORT = _l("Mật khẩu cần ít nhất %(length)s ký tự.")
PASSWORD_OF_SAMPLE = _l("Mật khẩu này là mật khẩu mẫu đã công bố; hãy chọn mật khẩu khác.")
SAMPLE_PREFIX = "mau-bdg-"
_USERNAME = set("abcdefghijklmnopqrstuvwxyz0123456789.-_")


@dataclass(frozen=True)
class SignedIn:
    """A session just opened: the token goes into the cookie and is kept nowhere else."""

    person_id: int
    token: str


def sign_in(
    username: str, password: str, address: str, *, is_sample: bool = False, devices: Mapping[int, str] | None = None
) -> SignedIn:
    """Open a session. One sentence for every failure: unknown, wrong, locked, throttled.

    `devices` names the device for each person who signed in on it lately. A password that the sample published opens
    nothing elsewhere.
    Raises `Refused`.
    """
    name = clean_line(username).lower()
    person = person_by_username(name)
    keys = keys_of(name, address, (devices or {}).get(person.id) if person else None)
    blocked = is_blocked(keys)
    right = passwords.matches(person.password_hash if person and person.active else None, password)
    published = password.startswith(SAMPLE_PREFIX) and not is_sample
    if blocked or published or not right or person is None or not holds_a_role(person.grants, clock.today()):
        if not blocked:
            count(keys)
        raise Refused(NOT_SIGNED_IN)
    return open_session(person, keys[0])


def sign_out(actor: Actor) -> None:
    """Close this session; the token in the cookie is worth nothing from now on."""
    with independent_write(db.engine) as session:
        session.execute(update(LoginSession).where(LoginSession.id == actor.session_id).values(closed_at=clock.now()))
    written.set(True)


def touch(actor: Actor) -> None:
    """Note that a session is in use, at most once a minute. Raises `Busy` at once where it cannot be written now."""
    now, used = clock.now(), actor.session_used_at
    if used is not None and now - used > NOTED_EVERY:
        with independent_write(db.engine, BEST_EFFORT_MS) as session:
            session.execute(update(LoginSession).where(LoginSession.id == actor.session_id).values(used_at=now))


def create_person(
    actor: Actor, *, username: str, name: str, password: str, title: str = "", is_sample: bool = False
) -> Person:
    """Make an account. Raises `Refused` for a name that is taken or a password too short or published."""
    person = new_person(username, name, password, title, is_sample=is_sample)
    with change(actor, Permission.PERSON_MANAGE):
        db.session.add(person)
    return person


def new_person(username: str, name: str, password: str, title: str, *, is_sample: bool = False) -> Person:
    """The row of an account, to be added inside a change. Raises `Refused` as `create_person` does."""
    username, name = free_name(username, name)
    check_password(password, is_sample=is_sample)
    hashed = passwords.hashed(password)
    return Person(username=username, name=name, title=clean_line(title), password_hash=hashed, active=True)


def free_name(username: str, name: str) -> tuple[str, str]:
    """Both names as they are kept. Raises `Refused` where one is missing, unfit or taken."""
    username, name = clean_line(username).lower(), clean_line(name)
    if not name or not username or set(username) - _USERNAME:
        raise Refused(NAME_NEEDED, field="username" if name else "name")
    if db.session.scalar(select(Person.id).where(Person.username == username)) is not None:
        raise Refused(NAME_TAKEN, field="username")
    return username, name


def grant_role(actor: Actor, person_id: int, unit_id: int, role: Role) -> None:
    """Give a person a role in a unit; their open sessions end, so that no page shows yesterday's rights."""
    with change(actor, Permission.PERSON_MANAGE):
        db.session.add(RoleGrant(person_id=person_id, unit_id=unit_id, role=role))
        close_sessions(db.session(), person_id)


def check_password(password: str, *, is_sample: bool = False) -> None:
    """Raise `Refused` for a password that is too short, or that the sample published."""
    if not is_sample and password.startswith(SAMPLE_PREFIX):
        raise Refused(PASSWORD_OF_SAMPLE, field="password")
    if len(password) < passwords.MIN_LENGTH:
        raise Refused(PASSWORD_SHORT % {"length": passwords.MIN_LENGTH}, field="password")


def close_sessions(session: Session, person_id: int) -> None:
    """End every session of a person: after a change of password or roles, or when the account is locked."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.person_id == person_id, LoginSession.closed_at.is_(None))
        .values(closed_at=clock.now())
    )


def open_session(person: Person, key: str) -> SignedIn:
    """A session for a person who has shown who they are, told in the log; the tries under `key` are forgotten."""
    now, token, person_id = clock.now(), secrets.token_urlsafe(32), person.id
    with change(Actor(id=person_id, name=person.name), Permission.ACCOUNT_OWN, person) as opened:
        forgive(db.session(), key)
        db.session.add(
            LoginSession(token_hash=token_hash(token), person_id=person_id, opened_at=now, used_at=now, closed_at=None)
        )
        opened.note("Account", person_id, {"known_device": key.startswith("device:")}, action="account.sign_in")
    return SignedIn(person_id, token)
