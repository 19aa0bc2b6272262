"""While somebody writes for long, pages and files are read: what is best effort is let be, and few threads wait."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.accounts.models import LoginSession
from app.core import clock, database
from app.core.database import independent_write
from app.core.line import Full, WaitingLine
from app.extensions import db
from app.files.store import installed_store
from tests.page_client import Browser
from tests.world import PASSWORD, prove


@pytest.fixture
def bench(sqlite_bench):
    """SQLite has one lock for all writers."""
    return sqlite_bench


@contextmanager
def locked():
    """The database as while somebody else writes."""
    db.session.rollback()
    connection = db.engine.raw_connection()
    connection.cursor().execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def used_an_hour_ago():
    with independent_write(db.engine) as session:
        session.execute(update(LoginSession).values(used_at=clock.now() - timedelta(hours=1)))


def seconds(deed) -> float:
    begun = time.monotonic()
    deed()
    return time.monotonic() - begun


def test_pages_and_open_files_do_not_wait_for_the_lock(visit, card):
    file = prove("mai", card, installed_store()).files[0]
    mai = visit("mai")
    used_an_hour_ago()
    mai.get("/list")
    used_an_hour_ago()
    with locked():
        assert seconds(lambda: mai.get("/list")) < 5
        assert seconds(lambda: mai.get(f"/evidence-files/{file.id}")) < 5


def test_a_sign_in_that_cannot_be_written_is_as_any_other_write(app, monkeypatch):
    monkeypatch.setattr(database, "LOCK_TIMEOUT_MS", 50)
    stranger = Browser(app)
    stranger.get("/login")
    with locked():
        answer = stranger.post("/login", {"username": "lan", "password": PASSWORD}, status=503)
    assert "đang bận ghi dữ liệu" in answer.text
    assert 'value="lan"' in answer.text


def test_only_some_writers_wait_and_the_others_are_told_at_once():
    line, let_go, told = WaitingLine(places=2, standstill_s=0.05), threading.Event(), []

    def write():
        try:
            with line.place(30):
                let_go.wait(10)
                told.append("written")
        except Full:
            told.append("full")

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for _ in range(200):
        if told.count("full") == 4:
            break
        time.sleep(0.05)
    assert told == ["full"] * 4
    let_go.set()
    for writer in writers:
        writer.join(10)
    assert sorted(told) == ["full"] * 4 + ["written"] * 2


def test_while_the_line_moves_everybody_comes_to_write():
    line, told = WaitingLine(places=1, standstill_s=2), []

    def write():
        with line.place(30):
            time.sleep(0.01)
        told.append("written")

    writers = [threading.Thread(target=write) for _ in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(20)
    assert told == ["written"] * 16


def test_a_write_with_little_patience_leaves_the_patience_of_the_next_as_it_was(app):
    with locked(), pytest.raises(database.Busy), independent_write(db.engine, 10):
        pytest.fail("the lock was had")
    with independent_write(db.engine) as session:
        (waits,) = session.connection().exec_driver_sql("PRAGMA busy_timeout").one()

    assert waits == database.LOCK_TIMEOUT_MS
