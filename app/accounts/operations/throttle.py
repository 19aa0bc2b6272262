"""Guessing is slowed down: after some wrong tries a name, an address or a device waits, and the wait ends by itself.

Counted in the database, in transactions of its own, so that a failed sign-in still counts. Nothing is counted while a
key waits: nobody who goes on trying can make it longer. A device on which the person signed in lately counts by
itself, so that tries from elsewhere neither lock the person out nor, at one address, a whole office.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import LoginFailure, Person
from app.core import clock
from app.core.actor import system
from app.core.audit import AuditEntry, moment_text
from app.core.change import change, written
from app.core.database import independent_write
from app.core.errors import Busy
from app.core.policy import Permission
from app.extensions import db

WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 8
FAILURES_PER_ADDRESS = 60
_LIMITS = {"address": FAILURES_PER_ADDRESS}  # of every other kind of key: as of an account
_LOCK = "locked:"
_NAME_LETTERS = 200
_SUM = "SignIn"
_log = logging.getLogger("bdg.accounts")


def account_key(username: str) -> str:
    return f"account:{username[:_NAME_LETTERS]}"


def keys_of(username: str, address: str, device: str | None) -> tuple[str, ...]:
    """What a try counts under: the device where the person is known on it, else the name and the address."""
    return (f"device:{device}",) if device else (account_key(username), f"address:{address}")


def is_blocked(keys: Iterable[str]) -> bool:
    """Whether one of `keys` waits."""
    return any(locked_until(key) is not None for key in keys)


def locked_until(key: str) -> datetime | None:
    """When the wait of `key` ends; None where it does not wait."""
    began = _lock_of(db.session(), key)
    return began + WINDOW if began is not None else None


def count(keys: Iterable[str]) -> None:
    """Note a wrong try under each of `keys`; the last that a key has begins its wait, which the chained log tells.

    Nothing is noted where one of them waits already.
    """
    keys, now = tuple(keys), clock.now()
    with independent_write(db.engine) as session:
        if any(_lock_of(session, key) is not None for key in keys):
            return
        session.add_all(LoginFailure(key=key, at=now) for key in keys)
        session.flush()
        begun = [key for key in keys if _tries(session, key) >= _LIMITS.get(key.split(":")[0], FAILURES_PER_ACCOUNT)]
        session.add_all(LoginFailure(key=_LOCK + key, at=now) for key in begun)
    before = written.get()
    try:
        _tell_locks(begun)
        _sweep()
    except Busy:
        _log.warning("failed sign-ins could not be told to the chained log")
    written.set(before)  # no deed of the one who tries


def forgive(session: Session, key: str) -> None:
    """Forget the tries under `key` and end its wait; to be called inside a transaction."""
    session.execute(delete(LoginFailure).where(LoginFailure.key.in_((key, _LOCK + key))))


def _lock_of(session: Session, key: str) -> datetime | None:
    waits = select(func.max(LoginFailure.at)).where(LoginFailure.key == _LOCK + key)
    return session.scalar(waits.where(LoginFailure.at > clock.now() - WINDOW))


def _tries(session: Session, key: str) -> int:
    since = clock.now() - WINDOW
    query = select(func.count()).where(LoginFailure.key == key, LoginFailure.at > since)
    return session.scalar(query) or 0


def _tell_locks(begun: list[str]) -> None:
    """One line for each account that begins to wait, so at most one in a quarter of an hour for each."""
    names = [key.removeprefix("account:") for key in begun if key.startswith("account:")]
    found = db.session.scalars(select(Person.id).where(Person.username.in_(names))).all() if names else []
    if found:
        with change(system(), Permission.PERSON_MANAGE) as opened:
            for person_id in found:
                opened.note("Account", person_id, {"locked": True}, action="account.lock")


def _sweep() -> None:
    """Take away what is too old to count and put its sum into the chained log: one line in a quarter of an hour."""
    before = clock.now() - WINDOW
    told = select(AuditEntry.sequence).where(AuditEntry.subject_type == _SUM, AuditEntry.at > moment_text(before))
    old = db.session.execute(select(LoginFailure.id, LoginFailure.key).where(LoginFailure.at < before)).all()
    if not old or db.session.scalar(told.limit(1)) is not None:
        return
    kinds = [key.split(":")[0] + ":" for _id, key in old]
    said = {"failures": len(kinds) - kinds.count("account:") - kinds.count(_LOCK), "locks": kinds.count(_LOCK)}
    with change(system(), Permission.PERSON_MANAGE) as opened:
        db.session.execute(delete(LoginFailure).where(LoginFailure.id.in_([row_id for row_id, _key in old])))
        opened.note(_SUM, "", said, action="account.failures")
