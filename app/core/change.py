"""The one door for writes: `with change(actor, permission, subject):`.

It ends the read, takes the write lock, reads the subject again, compares the version the person saw, asks the
policy, and after the deed flushes, chains the log and commits. Audited rows flushed outside that door raise.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import event, inspect, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core import clock, database
from app.core.actor import Actor
from app.core.audit import AuditEntry, AuditHead, Happening, canonical, chained, moment_text
from app.core.errors import Refused, Stale
from app.core.policy import Permission, require
from app.extensions import Model, db

STALE = _l("Nội dung này vừa được người khác cập nhật nên thao tác chưa được ghi.")
ONE_READING = timedelta(minutes=1)
GONE = _l("Nội dung này không còn trên hệ thống.")

request_id: ContextVar[str] = ContextVar("bdg_request_id", default="")
written: ContextVar[bool] = ContextVar("bdg_written", default=False)  # whether this request's deed stands for good
anchors: list[Callable[[str, int, str, int], None]] = []  # told (chain, sequence, hash, before) after each commit


class Audited:
    """Mixin for models whose every insert, update and delete must name an actor."""

    never_logged: frozenset[str] = frozenset()  # columns whose values stay out of the log (password hashes)


class UnauditedWrite(RuntimeError):
    """A row of an audited model was written outside `change()`, or by a bulk statement."""


@dataclass
class ChangeContext:
    """The change that is under way in a session."""

    actor: Actor
    permission: Permission
    happenings: list[Happening] = field(default_factory=list)

    def note(self, subject_type: str, subject_id: Any, changes: dict[str, Any], action: str = "") -> None:
        """Put one line in the log by hand: reads that matter, and deeds without a row of their own."""
        happening = Happening(
            self.actor.id,
            action or self.permission,
            subject_type,
            str(subject_id),
            changes,
            request_id.get(),
        )
        self.happenings.append(happening)


@contextmanager
def change(
    actor: Actor,
    permission: Permission,
    subject: Any = None,
    *,
    seen_version: int | None = None,
    patience_ms: int | None = None,
) -> Iterator[ChangeContext]:
    """Do `permission` to `subject` as one transaction and log it.

    Raises `Stale` when `subject` is no longer the version seen, `Forbidden` when the policy says no, `Busy` when
    the write lock cannot be had within `patience_ms`; whatever the body raises undoes the whole.
    """
    session = db.session()
    if "change" in session.info:
        raise RuntimeError(f"{permission} opened inside {session.info['change'].permission}")
    before = database.begin_write(session, AuditHead.__table__, patience_ms)
    opened = session.info["change"] = ChangeContext(actor, permission)
    try:
        with database.translated_errors():
            _read_again(session, subject, seen_version)
            require(actor, permission, subject)
            yield opened
            session.flush()
            head = _chain(session, opened, before)
            session.commit()
            written.set(True)
    except StaleDataError as error:  # the version column: the last line of defence
        session.rollback()
        raise Stale(STALE) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info["change"]
    for anchor in anchors:
        anchor(*head, before.sequence)


def record(
    actor: Actor,
    permission: Permission,
    subject: Any,
    changes: dict[str, Any],
    *,
    of: tuple[str, Any] | None = None,
    action: str = "",
    patience_ms: int | None = None,
) -> None:
    """Log a reading that matters (a download, an export) of `subject`, or of what `of` names: a type and an id.

    A phone asks for one file twice or three times: what the same sign-in reads again within a minute is one reading.
    Raises `Forbidden` and `Busy` as `change` does.
    """
    require(actor, permission, subject)
    kind, number = of or (type(subject).__name__, getattr(subject, "id", ""))
    by = {} if actor.session_id is None else {"session": actor.session_id}
    reading = Happening(actor.id, action or permission, kind, str(number), changes | by)
    if _just_noted(reading):
        return
    before = written.get()
    with change(actor, permission, subject, patience_ms=patience_ms) as opened:
        if not _just_noted(reading):  # asked again under the lock: a browser asks twice at the same moment
            opened.happenings.append(replace(reading, request_id=request_id.get()))
    written.set(before)  # a line of the log is no deed of the person


def _just_noted(reading: Happening) -> bool:
    entry = AuditEntry
    same = select(entry.sequence).where(
        entry.subject_type == reading.subject_type,
        entry.subject_id == reading.subject_id,
        entry.actor_id == reading.actor_id,
        entry.action == reading.action,
        entry.changes == canonical(reading.changes),
        entry.at > moment_text(clock.now() - ONE_READING),
    )
    return db.session.scalar(same.limit(1)) is not None


def _read_again(session: Session, subject: Any, seen_version: int | None) -> None:
    if subject is None or inspect(subject, raiseerr=False) is None or not inspect(subject).has_identity:
        return
    try:
        session.refresh(subject)
    except InvalidRequestError as error:  # what SQLAlchemy says of a row that is no longer there
        raise Refused(GONE) from error
    if seen_version is not None and subject.version != seen_version:
        raise Stale(STALE)


def _chain(session: Session, opened: ChangeContext, head: Any) -> tuple[str, int, str]:
    rows = chained(opened.happenings, clock.now(), head.sequence, head.hash)
    if not rows:
        return head.chain, head.sequence, head.hash
    entries: Any = AuditEntry.__table__
    session.execute(entries.insert(), rows)
    last = rows[-1]
    heads: Any = AuditHead.__table__
    session.execute(heads.update().where(heads.c.id == 1).values(sequence=last["sequence"], hash=last["hash"]))
    return head.chain, last["sequence"], last["hash"]


def _diff(row: Any) -> dict[str, Any]:
    """Each changed column as [old, new]; a deleted row leaves its last values behind."""
    state = inspect(row)
    keys = [a.key for a in state.mapper.column_attrs if a.key not in row.never_logged]
    if row in state.session.deleted:
        return {key: [_plain(state.dict.get(key)), None] for key in keys}
    histories = {key: state.attrs[key].history for key in keys}
    return {
        key: [_plain(values[0]) if values else None for values in (h.deleted, h.added)]
        for key, h in histories.items()
        if h.has_changes()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


@event.listens_for(Audited, "attribute_instrument", propagate=True)
def _know_old_values(_model: type, _key: str, attribute: Any) -> None:
    """A column set before it was read again still tells the log its old value."""
    if hasattr(attribute.property, "columns"):
        event.listen(attribute, "set", lambda *_: None, active_history=True)


@event.listens_for(Session, "after_flush")
def _record_rows(session: Session, _context: Any) -> None:
    touched = [o for o in (*session.new, *session.dirty, *session.deleted) if isinstance(o, Audited)]
    touched = [o for o in touched if o in session.deleted or session.is_modified(o)]
    if not touched:
        return
    opened = session.info.get("change")
    if opened is None:
        raise UnauditedWrite(f"{touched[0]!r} written outside change()")
    for row in touched:
        identity = inspect(row).mapper.primary_key_from_instance(row)
        opened.note(type(row).__name__, "-".join(map(str, identity)), _diff(row))


@event.listens_for(Session, "do_orm_execute")
def _no_bulk_writes(context: Any) -> None:
    if not (context.is_insert or context.is_update or context.is_delete):
        return
    mappers = Model.registry.mappers
    audited = {m.local_table for m in mappers if issubclass(m.class_, Audited)}
    if context.statement.table in audited:
        raise UnauditedWrite(f"bulk write to {context.statement.table} would escape the log")
