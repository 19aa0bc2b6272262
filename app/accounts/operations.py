"""Accounts: made, given roles, signed in and out. Guessing is counted in the database and slowed down."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.accounts import passwords
from app.accounts.models import LoginFailure, LoginSession, Person, RoleGrant
from app.accounts.queries import NOTED_EVERY, holds_a_role, person_by_username, token_hash
from app.core import clock
from app.core.actor import Actor, Role
from app.core.change import change
from app.core.database import BEST_EFFORT_MS, own_transaction
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import clean_line
from app.extensions import db

WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 8
FAILURES_PER_ADDRESS = 60
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


def sign_in(username: str, password: str, address: str, *, is_sample: bool = False) -> SignedIn:
    """Open a session. One sentence for every failure: unknown, wrong, locked, throttled.

    A password that the sample published opens nothing elsewhere. The counters live in their own transactions, so
    that a failed sign-in still counts.
    Raises `Refused`.
    """
    name = clean_line(username).lower()
    keys = (f"account:{name[:200]}", f"address:{address}")
    blocked = is_throttled(keys)
    person = person_by_username(name)
    right = passwords.matches(person.password_hash if person and person.active else None, password)
    published = password.startswith(SAMPLE_PREFIX) and not is_sample
    if blocked or published or not right or person is None or not holds_a_role(person.grants, clock.today()):
        count_failure(keys)
        raise Refused(NOT_SIGNED_IN)
    return open_session(person, keys[0])


def sign_out(actor: Actor) -> None:
    """Close this session; the token in the cookie is worth nothing from now on."""
    with own_transaction(db.engine) as session:
        session.execute(update(LoginSession).where(LoginSession.id == actor.session_id).values(closed_at=clock.now()))


def touch(actor: Actor) -> None:
    """Note that a session is in use, at most once a minute. Raises `Busy` at once where it cannot be written now."""
    now, used = clock.now(), actor.session_used_at
    if used is not None and now - used > NOTED_EVERY:
        with own_transaction(db.engine, BEST_EFFORT_MS) as session:
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


def is_throttled(keys: tuple[str, str]) -> bool:
    """Whether too much was guessed of late under `keys`, an account's and an address's."""
    since = clock.now() - WINDOW
    counts: dict[str, int] = dict(
        db.session.execute(
            select(LoginFailure.key, func.count())
            .where(LoginFailure.key.in_(keys), LoginFailure.at > since)
            .group_by(LoginFailure.key)
        ).all()
    )
    return bool(counts.get(keys[0], 0) >= FAILURES_PER_ACCOUNT or counts.get(keys[1], 0) >= FAILURES_PER_ADDRESS)


def count_failure(keys: tuple[str, str]) -> None:
    """Note a wrong guess in a transaction of its own; what is too old to count is swept."""
    now = clock.now()
    with own_transaction(db.engine) as session:
        session.execute(delete(LoginFailure).where(LoginFailure.at < now - WINDOW))
        session.add_all(LoginFailure(key=key, at=now) for key in keys)


def open_session(person: Person, account_key: str) -> SignedIn:
    """A session for a person who has shown who they are; their failures are forgotten."""
    now, token = clock.now(), secrets.token_urlsafe(32)
    with own_transaction(db.engine) as session:
        session.execute(delete(LoginFailure).where(LoginFailure.key == account_key))
        session.add(
            LoginSession(token_hash=token_hash(token), person_id=person.id, opened_at=now, used_at=now, closed_at=None)
        )
    opened = SignedIn(person.id, token)
    db.session.rollback()  # what was read before does not see the session yet
    return opened
