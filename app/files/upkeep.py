"""Whether rows and files agree, and the alarms where they do not."""

import json
import logging

from sqlalchemy import select

from app.core.actor import Actor, system
from app.core.audit import AuditEntry
from app.core.change import change
from app.core.database import table_names
from app.core.errors import Busy
from app.core.policy import Permission, can
from app.extensions import db
from app.files import stored_file
from app.files.store import installed_store

_KIND = "StoredFile"
_log = logging.getLogger("bdg.files")


def named_keys() -> frozenset[str]:
    """The keys of every file that a row names. A database whose schema is older has some of the tables only."""
    there = table_names(db.engine)
    queries = [select(table.c[key]).where(table.c[key].is_not(None)) for table, (key, *_) in stored_file.tables()
               if table.name in there]  # fmt: skip
    return frozenset(key for query in queries for key in db.session.scalars(query))


def damaged() -> list[str]:
    """The names of files that are missing or not as they were stored, by the SHA-256 that their rows hold.

    Each is an alarm to the administrator; one that was put back ends its alarm.
    """
    kept, found, before = installed_store(), [], set(alarms())
    for table, (key_column, *others) in stored_file.tables():
        query = select(table.c.id, *(table.c[column] for column in (key_column, *others))).order_by(table.c.id)
        rows = db.session.execute(query.where(table.c[key_column].is_not(None))).all()  # None: not yet issued
        for row_id, key, name, sha256 in rows:
            whole = kept.verify(key, sha256)
            if not whole:
                found.append(f"{row_id} {name}")
            if not whole or key in before:
                alarm(table.name, row_id, key, whole=whole)
    return found


def alarm(table: str, row_id: int, key: str, *, whole: bool = False) -> None:
    """Tell the administrator, in the log of the server and in the chained one, that a file is not as it was received.

    `whole` says that it is so again. Told once, until that changes; what cannot be written is told by the server's log.
    """
    if not whole:
        _log.critical("a stored file is not as it was received", extra={"key": key, "row": f"{table} {row_id}"})
    if whole is not (key in alarms()):
        return
    try:
        with change(system(), Permission.FILES_CHECK) as opened:
            opened.note(_KIND, key, {"row": f"{table} {row_id}", "whole": whole})
    except Busy:
        _log.warning("an alarm could not be logged", extra={"key": key})


def told_alarms(actor: Actor) -> list[str]:
    """The rows (table and id) of files last found missing or altered, for who watches over the store."""
    return list(alarms().values()) if can(actor, Permission.FILES_CHECK) else []


def alarms() -> dict[str, str]:
    """Key → row (table and id) of the files that were last found missing or altered."""
    query = select(AuditEntry.subject_id, AuditEntry.changes).where(AuditEntry.subject_type == _KIND)
    last = {key: json.loads(said) for key, said in db.session.execute(query.order_by(AuditEntry.sequence))}
    return {key: said["row"] for key, said in last.items() if not said["whole"]}
