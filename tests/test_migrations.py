"""The schema goes up, down and up again with data in it, on both databases, and is what the models say."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select

from app import create_app
from app.audit.queries import verify
from app.config import Config
from app.core import clock
from app.core.actor import system
from app.core.audit import AuditHead
from app.core.database import trigger_names
from app.deployment import schema
from app.extensions import Base, db
from app.organisation.operations.units import load_units
from tests.world import TODAY, World

TRIGGERS = {
    "sqlite": {
        "audit_entry_no_update",
        "audit_entry_no_delete",
        "card_event_no_update",
        "card_event_no_delete",
    },
    "postgresql": {
        "audit_entry_no_change",
        "audit_entry_no_truncate",
        "card_event_no_change",
        "card_event_no_truncate",
    },
}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request, tmp_path, worker_name):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bdg.sqlite3'}"
        return
    server, name = request.getfixturevalue("postgres_server"), f"migrated_{worker_name}"
    yield server.create_database(name)
    server.drop_database(name)


@pytest.fixture
def empty(empty_url, tmp_path):
    """An application whose database has no table yet."""
    app = create_app(Config(tmp_path, empty_url, "k" * 40))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def stands(connection):
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def triggers():
    with db.engine.connect() as connection:
        return trigger_names(connection)


def differences():
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, Base.metadata)


def test_the_migrations_make_what_the_models_say(empty):
    schema.upgrade(empty)
    assert differences() == []
    assert triggers() == TRIGGERS[db.engine.dialect.name]


def test_the_schema_goes_down_and_up_with_data_in_it(app, bench):
    assert World().plan.year == 2024
    kind = db.engine.dialect.name
    first = db.session.scalar(select(AuditHead.chain))
    db.session.rollback()
    command.downgrade(schema.alembic_config(), "base")
    with db.engine.connect() as connection:
        assert stands(connection) == set()
        assert trigger_names(connection) == set()
    schema.upgrade(bench.app)
    assert differences() == []
    assert triggers() == TRIGGERS[kind]
    assert db.session.scalar(select(AuditHead.chain)) != first, "a new log begins a new chain"
    with clock.at(TODAY):
        assert load_units(system()) > 32
    assert verify(bench.data).broken is None


def test_upgrading_again_changes_nothing(app, bench):
    before = db.session.execute(select(AuditHead.chain, AuditHead.sequence)).one()
    schema.upgrade(bench.app)
    db.session.rollback()
    assert db.session.execute(select(AuditHead.chain, AuditHead.sequence)).one() == before


def test_two_processes_that_upgrade_at_once_make_one_schema(empty_url, tmp_path):
    program = (
        "import sys; from pathlib import Path; from app import create_app; from app.config import Config;"
        "from app.deployment import schema;"
        "app = create_app(Config(Path(sys.argv[1]), sys.argv[2], 'k' * 40));"
        "print('ready', flush=True); sys.stdin.readline(); schema.upgrade(app)"
    )
    command_line = [sys.executable, "-c", program, str(tmp_path), empty_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    root = Path(__file__).parent.parent
    racing = [subprocess.Popen(command_line, cwd=root, **pipes) for _ in range(2)]
    for process in racing:
        assert process.stdout.readline() == "ready\n"
    for process in racing:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[1] for process in racing]
    assert [process.returncode for process in racing] == [0, 0], told
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        assert stands(connection) == set(Base.metadata.tables)
        assert len(connection.execute(AuditHead.__table__.select()).all()) == 1
        assert trigger_names(connection) == TRIGGERS[engine.dialect.name]
    engine.dispose()


def test_migrations_are_dated_reversible_and_one_after_the_other():
    scripts = list(ScriptDirectory.from_config(schema.alembic_config()).walk_revisions())
    dates = [script.revision for script in reversed(scripts)]
    assert dates == sorted(dates)
    assert schema.heads() == set(dates[-1:])
    for script in scripts:
        assert Path(script.path).name.startswith(script.revision)
        assert "def downgrade() -> None:\n    pass" not in Path(script.path).read_text(encoding="utf-8")


def test_migrations_rebuild_no_table_of_the_log():
    for path in (schema.FOLDER / "versions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for table in ("audit_entry", "card_event"):
            assert f'batch_alter_table("{table}"' not in text
