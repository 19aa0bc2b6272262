"""The PostgreSQL that the tests run on is real, private to one run, and gone afterwards."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import postgres
from tools import machine

pytestmark = pytest.mark.postgres

ASKS_AND_WAITS = (
    "import sys; from tests.postgres import start; server = start(); print(server.host, flush=True); sys.stdin.read()"
)
LONGEST_CLEARANCE = 20.0


def settings(url: str, *names: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [connection.execute(text(f"SHOW {name}")).scalar_one() for name in names]
    engine.dispose()
    return found


def test_a_database_of_ones_own_speaks_utf8_and_listens_to_no_network(postgres_url):
    assert settings(postgres_url, "server_encoding", "listen_addresses") == ["UTF8", ""]


def test_a_database_copied_from_another_has_its_tables(postgres_server, worker_name):
    model, copy = f"model_{worker_name}", f"copy_{worker_name}"
    engine = create_engine(postgres_server.create_database(model))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE ward (name text)"))
    engine.dispose()
    engine = create_engine(postgres_server.create_database(copy, template=model))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM ward")).scalar_one() == 0
    engine.dispose()
    postgres_server.drop_database(copy)
    postgres_server.drop_database(model)


def test_a_durable_server_keeps_the_promises_about_the_disk():
    server = postgres.start(durable=True)
    try:
        promises = settings(server.url_for("postgres"), "fsync", "synchronous_commit", "full_page_writes")
    finally:
        server.stop()
    assert promises == ["on", "on", "on"]
    assert not Path(server.host).exists()


def test_a_killed_test_run_leaves_no_server_behind():
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKS_AND_WAITS],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with asking:
        folder = Path(asking.stdout.readline().strip())
        server_id = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        asking.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + LONGEST_CLEARANCE
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server_id, 0)


def test_a_machine_without_postgresql_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(postgres, "postgres_programs", lambda: None)
    monkeypatch.setattr(machine, "postgres_programs", lambda: None)
    with pytest.raises(postgres.NoPostgres, match="apt-get install -y postgresql"):
        postgres.start()
