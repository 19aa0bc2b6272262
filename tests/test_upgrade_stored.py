"""A database of an earlier revision, with data in every table, comes to the newest schema and keeps every row."""

import ast
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, func, insert, select, text

from app.audit.queries import verify
from app.core.audit import AuditEntry
from app.deployment import schema
from app.extensions import db
from app.search.models import SearchEntry
from tests.stored_dumps import DUMPS, restore, rows, tables
from tests.test_migrations import TRIGGERS, differences, empty, empty_url, triggers  # noqa: F401  fixtures

MIGRATIONS = sorted((Path(__file__).parent.parent / "migrations" / "versions").glob("*.py"))
MADE_BY_THE_UPGRADE = {"draft_duty", "draft_leftover", "search_entry", "checklist", "checklist_version"}


@pytest.fixture
def old(empty, tmp_path):  # noqa: F811
    """Lays the stored database of a revision into the empty one; gives the rows that it had."""

    def lay(revision):
        stored = tmp_path / "stored.sqlite3"
        restore(revision, stored)
        engine = create_engine(f"sqlite:///{stored}")
        had = rows(engine)
        engine.dispose()
        if db.engine.dialect.name == "sqlite":
            db.engine.dispose()
            restore(revision, tmp_path / "bdg.sqlite3")
        else:
            command.upgrade(schema.alembic_config(), revision)
            with db.engine.begin() as connection:
                connection.execute(text("SET session_replication_role = replica"))  # no triggers, no order of rows
                for table in tables(db.engine):
                    connection.execute(table.delete())
                    if had[table.name]:
                        connection.execute(insert(table), had[table.name])
                connection.execute(text("SET session_replication_role = DEFAULT"))
        return had

    return lay


@pytest.mark.both_databases
@pytest.mark.parametrize("revision", DUMPS)
def test_an_old_database_comes_to_the_newest_schema_with_every_row(old, empty, revision):  # noqa: F811
    had = old(revision)
    assert all(had[name] for name in had), "a table without a row proves nothing"
    schema.upgrade(empty)
    assert differences() == []
    assert triggers() == TRIGGERS[db.engine.dialect.name]
    now = rows(db.engine)
    for name in set(had) - MADE_BY_THE_UPGRADE:
        assert len(now[name]) == len(had[name]), name
    assert verify(empty.extensions["bdg"].data).broken is None
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == len(had["audit_entry"])


@pytest.mark.both_databases
def test_what_was_read_becomes_rows_and_is_found(old, empty):  # noqa: F811
    old("20261124_1640")
    schema.upgrade(empty)
    now = rows(db.engine)
    drafts, duties = now["plan_draft"], now["draft_duty"]
    assert len(duties) == sum(len(draft["content"]["actions"]) for draft in drafts)
    assert {duty["kind"] for duty in duties} <= {"dated", "within_year", "standing"}
    assert all(isinstance(duty["leads"], list) and duty["leads"] for duty in duties if duty["clause"] != "II.1")
    actions = {row["id"] for row in now["action"]}
    assert {duty["action_id"] for duty in duties} <= actions
    found = select(func.count()).select_from(SearchEntry)
    for kind, table in (("duty", "action"), ("unit", "unit"), ("evidence", "evidence")):
        assert db.session.scalar(found.where(SearchEntry.kind == kind)) == len(now[table]), kind
    assert db.session.scalar(found.where(SearchEntry.kind == "unit", SearchEntry.folded.contains(" ea tam "))) == 1


def test_the_databases_from_before_drafts_were_rows_and_of_the_first_installations_are_stored():
    assert {"20261124_1640", "20261124_2350"} <= set(DUMPS)


def test_no_migration_calls_what_may_change():
    called = [
        f"{path.name}: {name}"
        for path in MIGRATIONS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", "")]
                     if isinstance(node, ast.ImportFrom) else [])
        if str(name).split(".")[0] in ("app", "tests", "tools")
    ]  # fmt: skip
    assert called == []
    dynamic = [path.name for path in MIGRATIONS if "import_module" in path.read_text(encoding="utf-8")]
    assert dynamic == []
