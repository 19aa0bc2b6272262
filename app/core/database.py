"""The one place for raw SQL, pragmas and locks: everything that differs between SQLite and PostgreSQL."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Boolean, Connection, Engine, FromClause, event, inspect, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from app.core.errors import Busy
from app.core.line import Full, WaitingLine

WRITE_OPTION, PATIENCE_OPTION = "bdg_write", "bdg_patience_ms"
LOCK_TIMEOUT_MS = 30_000
BEST_EFFORT_MS = 100  # for what is let be when the lock is not free (that a session was used, that a file was opened)
_HEALTH_MS = 2_000
BUSY = _l("Hệ thống đang bận ghi dữ liệu nên thao tác chưa được ghi. Hãy thử lại sau ít phút.")
DatabaseTrouble = SQLAlchemyError
APPEND_ONLY = ("audit_entry", "card_event")

_LOCKED = ("database is locked", "database table is locked", "lock timeout", "LockNotAvailable")
_UNWRITABLE = ("readonly database", "database or disk is full", "disk I/O error", "No space left")
_UPGRADE_LOCK = 7_202_404
_line = WaitingLine()


def prepare(engine: Engine) -> None:
    """Give every connection of `engine` its pragmas, and every transaction an honest BEGIN."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _open_postgresql)


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late, and never as IMMEDIATE
    connection.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MS}")
    _keep_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _keep_write_ahead_log(connection: Any) -> None:
    """Two processes that open a new database at once both turn it to WAL, and SQLite's own wait does not cover that."""
    last = time.monotonic() + LOCK_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not any(mark in str(error) for mark in _LOCKED) or time.monotonic() > last:
                raise
        time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(WRITE_OPTION):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(options.get(PATIENCE_OPTION, LOCK_TIMEOUT_MS))}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MS}")


def _open_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
        cursor.execute("SET timezone = 'UTC'")
    connection.commit()


def begin_write(session: Session, head: FromClause, patience_ms: int | None = None) -> Any:
    """End the read, take the write lock before anything is read again, and give the chain's head: its row.

    Raises `Busy` when the lock cannot be had within `patience_ms` (None: `LOCK_TIMEOUT_MS`), or too many wait for it
    already. The head's row is locked first by every writer, so nothing deadlocks.
    """
    session.rollback()
    patience_ms = LOCK_TIMEOUT_MS if patience_ms is None else patience_ms
    try:
        with translated_errors(), _line.place(patience_ms / 1000):
            connection = _writing(session, patience_ms)
            query = head.select()
            if connection.dialect.name == "postgresql":
                query = query.with_for_update()
            return connection.execute(query).one()
    except BaseException:
        session.rollback()  # else PostgreSQL refuses even the reads that the refusal's page needs
        raise


def _writing(session: Session, patience_ms: int) -> Connection:
    """The connection of a session that is about to write; on SQLite it has the lock."""
    connection = session.connection(execution_options={WRITE_OPTION: True, PATIENCE_OPTION: patience_ms})
    if connection.dialect.name == "postgresql" and patience_ms != LOCK_TIMEOUT_MS:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(patience_ms)}")
    return connection


def is_whole(place: Path) -> bool:
    """Whether the SQLite file at `place`, with the write-ahead log beside it, is sound and its audit log has no gap."""
    entries = "SELECT count(*), coalesce(max(sequence), 0), (SELECT sequence FROM audit_head) FROM audit_entry"
    try:
        with closing(sqlite3.connect(place)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows, last, head = database.execute(entries).fetchone()
    except sqlite3.DatabaseError:
        return False
    return sound and rows == last == head


def identity(row: Any) -> int:
    """The id of a stored row, without reading it again after the commit that made its columns expire."""
    return int(inspect(row).identity[0])


def begin_snapshot(session: Session) -> None:
    """End the read and begin one in which every query sees the database as it is at one moment."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":  # on SQLite each read transaction is one
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn the stores' own "locked" and "full" errors, and a full line of writers, into `Busy`."""
    try:
        yield
    except Full as error:
        raise Busy(BUSY) from error
    except OperationalError as error:
        if any(mark in str(error) for mark in _LOCKED + _UNWRITABLE):
            raise Busy(BUSY) from error
        raise


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read with, outside any session."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def independent_write(engine: Engine, patience_ms: int | None = None) -> Iterator[Session]:
    """A write of its own, outside any operation (sessions, counters): it stays when the caller fails.

    Raises `Busy` as `begin_write` does.
    """
    patience_ms = LOCK_TIMEOUT_MS if patience_ms is None else patience_ms
    with translated_errors(), Session(engine) as session:
        with _line.place(patience_ms / 1000):
            _writing(session, patience_ms)
        yield session
        session.commit()


def put(session: Session, model: Any, values: dict[str, Any], *, key: str) -> None:
    """Keep one row of a table that is not audited: a new one, or the one with the same `key` from now on so."""
    insert = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}").insert  # only the one in use
    row: Any = insert(model).values(values)
    session.execute(row.on_conflict_do_update(index_elements=[key], set_=values))


def holds(key: Any, part: Any) -> Any:
    """Whether a key (letters, digits, tones and blanks) holds `part`, in the quickest way of the database.

    On SQLite GLOB takes two thirds of instr() and a third of LIKE with an escape; keys hold none of its marks.
    PostgreSQL is quicker with strpos() than with LIKE.
    """
    return _Holds(key, part)


class _Holds(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


@compiles(_Holds, "sqlite")
def _holds_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    key, part = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{key} GLOB '*' || {part} || '*'"


@compiles(_Holds, "postgresql")
def _holds_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)}) > 0"


def can_write(engine: Engine) -> bool:
    """Whether the database takes a write now. Takes the write lock and lets it go; changes nothing."""
    with (
        engine.connect() as connection,
        connection.execution_options(**{WRITE_OPTION: True, PATIENCE_OPTION: _HEALTH_MS}).begin() as change,
    ):
        connection.execute(text("UPDATE audit_head SET sequence = sequence WHERE id = 1"))
        change.rollback()
    return True


def schema_versions(engine: Engine) -> set[str]:
    """The migrations up to which the database has come, as Alembic notes them; none in a new one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return set()
        return set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def table_names(engine: Engine) -> frozenset[str]:
    """The tables that the database has."""
    with engine.connect() as connection:
        return frozenset(inspect(connection).get_table_names())


def log_head(engine: Engine) -> tuple[str, int] | None:
    """The chain of the log and its number of rows; None in a database that is new. Makes none where there is none."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    if (file and not Path(file).exists()) or "audit_head" not in table_names(engine):
        return None
    with engine.connect() as connection:
        chain, sequence = connection.execute(text("SELECT chain, sequence FROM audit_head WHERE id = 1")).one()
    return str(chain), int(sequence)


@contextmanager
def upgrade_lock(engine: Engine, folder: Path) -> Iterator[None]:
    """Only one process upgrades the schema at a time: an advisory lock on PostgreSQL, a locked file beside SQLite."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _UPGRADE_LOCK})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _UPGRADE_LOCK})
                connection.rollback()
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "upgrade.lock").open("a+b") as file:
        _lock_file(file.fileno())
        yield  # closing the file lets the lock go, even after a crash


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock_file(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]  # exists on Windows only
else:
    import fcntl

    def _lock_file(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)


def append_only_triggers(dialect: str, table: str) -> list[str]:
    """The statements that make `table` refuse UPDATE and DELETE (and TRUNCATE, where it exists)."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for deed in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]


def drop_append_only_triggers(dialect: str, table: str) -> list[str]:
    """What takes the triggers of `append_only_triggers` away again (a migration's way down)."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{deed}" for deed in ("update", "delete")]
    return [f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE"]


def trigger_names(connection: Connection) -> set[str]:
    """The names of the triggers that stand in the database."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return set(connection.execute(text(query)).scalars())
