"""What everybody does with their own account: language and theme, the password, the open sessions."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select, update

from app.accounts.models import LoginSession, Person
from app.accounts.operations import passwords
from app.accounts.operations.one_time_codes import NOT_ALIKE
from app.accounts.operations.sign_in import SignedIn, check_password, close_sessions, open_session
from app.accounts.operations.throttle import count, is_blocked
from app.accounts.queries.sessions import ABSOLUTE, IDLE
from app.core import clock
from app.core.actor import Actor
from app.core.change import change, written
from app.core.database import independent_write
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db

WRONG_PASSWORD = _l("Mật khẩu hiện tại không đúng, hoặc đã thử quá nhiều lần.")
SAME_PASSWORD = _l("Mật khẩu mới trùng với mật khẩu hiện tại.")
SAMPLE_PASSWORDS = _l("Mật khẩu của dữ liệu giả định được công bố ở trang đăng nhập nên không đổi được.")


def prefer(actor: Actor, *, language: str | None = None, theme: str | None = None) -> None:
    """Keep the language and the theme that a person chose; None leaves what was kept. Values are the caller's."""
    person = db.session.get_one(Person, actor.id)
    with change(actor, Permission.ACCOUNT_OWN, person):
        person.language = language or person.language
        person.theme = theme or person.theme


def change_password(actor: Actor, now: str, new: str, again: str, *, is_sample: bool) -> SignedIn:
    """Take another password; every session ends and one opens anew. A wrong current one counts as guessing.

    Raises `Refused`, always in a sample: its passwords are for everybody.
    """
    if is_sample:
        raise Refused(SAMPLE_PASSWORDS)
    person = db.session.get_one(Person, actor.id)
    key = f"own:{person.id}"  # who is signed in is not stopped by tries from elsewhere
    blocked = is_blocked((key,))
    if blocked or not passwords.matches(person.password_hash, now):
        if not blocked:
            count((key,))
        raise Refused(WRONG_PASSWORD, field="now")
    _check_new(now, new, again)
    hashed = passwords.hashed(new)
    with change(actor, Permission.ACCOUNT_OWN, person):
        person.password_hash, person.code_hash, person.code_until = hashed, None, None
        close_sessions(db.session(), person.id)
    return open_session(person, key)


def open_sessions(actor: Actor) -> list[LoginSession]:
    """The sessions of the person that still let somebody in, used last first."""
    now, row = clock.now(), LoginSession
    query = select(row).where(row.person_id == actor.id, row.closed_at.is_(None))
    alive = query.where(row.used_at > now - IDLE, row.opened_at > now - ABSOLUTE)
    return list(db.session.scalars(alive.order_by(row.used_at.desc(), row.id.desc())))


def close_session(actor: Actor, session_id: int) -> None:
    """End one of one's own sessions; somebody else's is left alone."""
    _close(actor, LoginSession.id == session_id)


def close_other_sessions(actor: Actor) -> None:
    """End every session of one's own but this one."""
    _close(actor, LoginSession.id != actor.session_id)


def _close(actor: Actor, which: ColumnElement[bool]) -> None:
    row = LoginSession
    with independent_write(db.engine) as session:
        ended = update(row).where(row.person_id == actor.id, row.closed_at.is_(None), which)
        session.execute(ended.values(closed_at=clock.now()))
    written.set(True)
    db.session.rollback()


def _check_new(now: str, new: str, again: str) -> None:
    check_password(new)
    if new == now:
        raise Refused(SAME_PASSWORD, field="password")
    if new != again:
        raise Refused(NOT_ALIKE, field="password_again")
