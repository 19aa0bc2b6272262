"""Sixteen people at the same few cards: every accepted move is in the history and in the log, in its order.

On each database. A few seconds in an ordinary run; BDG_WRITERS_SECONDS=60 makes it a minute and tells the figures.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app
from app.audit.queries import verify
from app.cards.models import Card, CardEvent
from app.cards.state import EventKind, replay
from app.config import Config
from app.core import clock
from app.core.audit import AuditEntry
from app.deployment import schema
from app.extensions import db
from app.files.store import FileStore
from tests import postgres
from tests.world import TODAY, World, fill, prove

ROOT = Path(__file__).resolve().parents[2]
ASKED = os.environ.get("BDG_WRITERS_SECONDS")
SECONDS = float(ASKED or 2)
PROCESSES = 2
FEWEST, ROUNDS = 10, 8  # moves, and how often a slow or busy machine is given the time for them


@pytest.fixture
def shipped_sqlite(sqlite_bench, tmp_path):
    """A database file of its own, filled, with the pragmas the product ships with."""
    shutil.copy(sqlite_bench.data / "template.sqlite3", tmp_path / "bdg.sqlite3")
    shutil.copytree(sqlite_bench.data / "template-files", tmp_path / "files")
    return Config(tmp_path, f"sqlite:///{tmp_path / 'bdg.sqlite3'}", "k" * 40)


@pytest.fixture
def durable_postgres(tmp_path):
    """A database of a server that keeps every promise about the disk."""
    try:
        server = postgres.start(durable=True)
    except postgres.NoPostgres as error:
        pytest.fail(str(error), pytrace=False)
    config = Config(tmp_path, server.create_database("writers"), "k" * 40)
    app = create_app(config)
    schema.upgrade(app)
    with app.test_request_context(), clock.at(TODAY):
        fill(tmp_path / "files")
        db.session.remove()
        db.engine.dispose()
    yield config
    server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def installation(request):
    """An application with three cards that are proved and can be sent."""
    fixture = {"sqlite": "shipped_sqlite", "postgres": "durable_postgres"}[request.param]
    config = request.getfixturevalue(fixture)
    app = create_app(config)
    with app.test_request_context(), clock.at(TODAY):
        yield config
        db.session.remove()
        db.engine.dispose()


def test_sixteen_writers_lose_nothing(installation, capsys):
    cards = ready_cards(installation.data)
    told = let_write(installation, cards)
    for _ in range(ROUNDS):
        if sum(len(one["accepted"]) for one in told) < FEWEST:
            told += let_write(installation, cards)
    assert [broken for one in told for broken in one["broken"]] == []
    accepted = {move["event"]: move for one in told for move in one["accepted"]}
    assert len(accepted) >= FEWEST
    assert {event.id for event in history(cards)} == set(accepted)
    for card_id in cards:
        hangs_together(card_id)
    assert in_the_log(cards) == sorted(accepted)
    verdict = verify(installation.data)
    assert verdict.broken is None, verdict.sentence
    if ASKED:
        with capsys.disabled():
            report(db.engine.dialect.name, accepted, told)


def ready_cards(data):
    found = [World().card("III.7.c"), World().card("III.7.a"), World().card("III.7.b")]
    for card in found:
        prove("mai", card, FileStore(data / "files"))
    ids = [card.id for card in found]
    db.session.rollback()
    return ids


def let_write(config, cards):
    """Start the writers, let them go together, read the log meanwhile; returns what each process tells."""
    asked = {"data": str(config.data), "url": config.database_url, "seconds": SECONDS, "cards": cards}
    processes = [start(asked | {"seed": n * 100}) for n in range(PROCESSES)]
    try:
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            verdict = verify(config.data)
            db.session.rollback()
            assert verdict.broken is None, verdict.sentence
            time.sleep(0.3)
        return [json.loads(process.communicate()[0]) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def start(asked):
    command = [sys.executable, "-m", "tests.core.writers", json.dumps(asked)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def history(cards):
    return db.session.scalars(select(CardEvent).where(CardEvent.card_id.in_(cards)).order_by(CardEvent.id)).all()


def hangs_together(card_id):
    """Each event begins where the one before ended, one version later; the columns are what the events made."""
    events = history([card_id])
    assert all(one.to_status == other.from_status for one, other in pairwise(events))
    assert all(one.card_version < other.card_version for one, other in pairwise(events))
    card = db.session.get_one(Card, card_id)
    assert card.state == replay(events)
    assert card.version == events[-1].card_version
    assert len({event.kind for event in events}) > 1
    assert all(event.undoes_id is None or event.kind is EventKind.UNDONE for event in events)


def in_the_log(cards):
    """The ids of the events in the order in which the log says that they were written."""
    ids = {event.id for event in history(cards)}
    query = select(AuditEntry.subject_id).where(AuditEntry.subject_type == "CardEvent").order_by(AuditEntry.sequence)
    return [int(found) for found in db.session.scalars(query) if int(found) in ids]


def report(database, accepted, told):
    took = sorted(move["took"] * 1000 for move in accepted.values())
    refused = {name: sum(one["refused"].get(name, 0) for one in told) for name in ("Stale", "Refused", "Forbidden")}
    sys.stdout.write(
        f"\n{database}: {len(took)} moves in {SECONDS:g} s, {len(took) / SECONDS:.0f}/s, "
        f"median {statistics.median(took):.0f} ms, 95 % {took[int(len(took) * 0.95)]:.0f} ms, "
        f"longest {took[-1]:.0f} ms; refused {refused}\n"
    )
