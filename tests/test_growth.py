"""Years of finished duties cost the pages of this year nothing: the same statements, as many steps, all by an index."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from app.cards.moves import Deed
from app.core.lru import forget_all
from app.extensions import db
from bench.installation import Clone
from tests.visitor import Visitor
from tests.world import move

GROWING = ("card", "card_event", "card_note", "evidence", "evidence_file", "audit_entry", "action", "clause",
           "coordinating_unit", "correction_request", "login_session")  # fmt: skip
YEARS, DUTIES = (2021, 2022, 2023), 840
PAGES = ("/", "/board?plan=1&unit=", "/board?plan=1&unit=&group=unit", "/list?plan=1&unit=", "/cards/{card}",
         "/export?plan=1", "/board/changes?plan=1&unit=&since=1-x")  # fmt: skip
EVERY = 100  # steps of SQLite's machine


def finish_earlier_years():
    """Finished duties of earlier years with their events, documents and notes."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for year in YEARS:
            Clone(connection, year=year, title=f"Kế hoạch năm {year}", finished=True).make(DUTIES)


@contextmanager
def statements():
    """What is asked of the database inside: statement and values."""
    said = []

    def note(_connection, _cursor, statement, values, *_more):
        if not statement.startswith(("BEGIN", "PRAGMA", "UPDATE login_session")):  # noted as a minute passes
            said.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def ask(app, card):
    """Visit a page of which nothing is kept."""
    people = {who: Visitor(app, who) for who in ("chi", "lan", "yen")}

    def visit(who, page):
        forget_all()
        answer = people[who].ask("GET", page.format(card=card.id))
        assert answer.status_code in (200, 403), page

    return visit


def asked(ask):
    found = {}
    for who in ("chi", "lan", "yen"):
        for page in PAGES:
            ask(who, page)
            with statements() as said:
                ask(who, page)
            found[who, page] = list(said)
    return found


def plan_of(statement, values):
    """How the database would find the rows, each step a line; PostgreSQL is told to avoid scans where it can."""
    connection = db.session.connection()
    if db.engine.dialect.name == "sqlite":
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]


def scans(line):
    """The growing table that a step of a plan reads from end to end."""
    words = line.replace("->", "").split()
    table = words[1] if words[0] == "SCAN" else words[3] if words[:3] == ["Seq", "Scan", "on"] else ""
    return table if "USING" not in words and table.rstrip("_0123456789") in GROWING else ""


@pytest.mark.both_databases
def test_history_adds_no_statement_and_no_scan(ask):
    few = {key: len(said) for key, said in asked(ask).items()}
    finish_earlier_years()
    many = asked(ask)
    assert {key: len(said) for key, said in many.items()} == few
    db.session.rollback()
    found = {
        (statement[-200:], step)
        for said in many.values()
        for statement, values in said
        if statement.startswith(("SELECT", "WITH"))
        for step in plan_of(statement, values)
        if scans(step)
    }
    db.session.rollback()
    assert found == set()


def test_history_takes_the_database_no_more_steps(ask):
    before = {page: steps(ask, page) for page in PAGES}
    finish_earlier_years()
    after = {page: steps(ask, page) for page in PAGES}
    assert {page: n for page, n in after.items() if n > 1.3 * before[page] + 20} == {}


SEVERAL = (
    "/", "/board?plan=1&unit=", "/list?plan=1&unit=", "/cards/{card}", "/reminder-text?unit=", "/export?plan=1",
    "/search?q=bình đẳng giới", "/inspections",
)  # fmt: skip


@pytest.mark.both_databases
def test_ten_more_plans_that_are_followed_add_no_statement(ask):
    clone_plans(2)
    few = counted(ask, SEVERAL)
    clone_plans(10)
    assert counted(ask, SEVERAL) == few


def clone_plans(number):
    db.session.rollback()
    with db.engine.begin() as connection:
        for _one in range(number):
            plans = connection.scalar(text("SELECT count(*) FROM plan"))
            Clone(connection, year=2024, title=f"Kế hoạch số {plans} năm 2024").make(105)


def counted(ask, pages):
    found = {}
    for who in ("chi", "lan"):
        for page in pages:
            ask(who, page)
            with statements() as said:
                ask(who, page)
            found[who, page] = len(said)
    return found


def steps(ask, page):
    """How often SQLite's machine ran `EVERY` steps while chi, lan and yen looked at a page."""
    count = [0]

    def tick():
        count[0] += 1
        return 0

    def watch(connection, _record):
        connection.set_progress_handler(tick, EVERY)

    db.session.rollback()
    db.engine.dispose()
    event.listen(db.engine, "connect", watch)
    try:
        for who in ("chi", "lan", "yen"):
            ask(who, page)
    finally:
        event.remove(db.engine, "connect", watch)
        db.engine.dispose()
    return count[0]


@pytest.mark.both_databases
def test_a_move_finds_its_rows_by_an_index(world, card):
    finish_earlier_years()
    with statements() as said:
        move("lan", card, Deed.START)
    plans = [plan_of(s, values) for s, values in said if s.startswith(("SELECT", "UPDATE"))]
    db.session.rollback()
    assert [step for plan in plans for step in plan if scans(step)] == []
