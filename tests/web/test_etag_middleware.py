"""304 and 204 before the application is entered: while what they stand on is so, and only to whom it was said."""

import re
import tracemalloc
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from app.accounts.models import LoginSession
from app.accounts.queries.sessions import as_of_session
from app.cards.moves import Deed
from app.core import clock
from app.core.database import independent_write
from app.extensions import db
from app.web.etag import BASIS, Basis, is_named
from app.web.etag_middleware import MOST, WithoutBody
from tests.world import TODAY, move, person

pytestmark = pytest.mark.both_databases

BOARD = "/board?unit="


class Statements:
    """Counts what is asked of the database: an answer that stands takes one query."""

    def __init__(self):
        self.said = []
        event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_more):
        if not statement.startswith("BEGIN"):
            self.said.append(statement)

    def of(self, deed):
        self.said.clear()
        answer = deed()
        return answer, len(self.said)


@pytest.fixture
def count(world):
    return Statements().of


def twice(browser, url):
    """The page as it stands: the first answers may make the session's token and find what is kept."""
    browser.get(url)
    return browser.get(url)


def test_the_304_of_a_page_takes_one_query_and_says_what_the_page_said(visit, count):
    chi = visit("chi")
    page = twice(chi, BOARD)
    tag = {"If-None-Match": page.headers["ETag"]}
    unchanged, queries = count(lambda: chi.get(BOARD, status=304, **tag))
    assert (unchanged.data, queries) == (b"", 1)
    assert unchanged.headers["X-Request-Id"] != page.headers["X-Request-Id"]
    of_the_body = {"X-Request-Id", "Content-Type", "Content-Length", "Content-Encoding"}
    kept = {name: value for name, value in page.headers.items() if name not in of_the_body}
    assert {name: unchanged.headers.get(name) for name in kept} == kept
    assert not of_the_body - {"X-Request-Id"} & set(unchanged.headers.keys())
    assert unchanged.headers["Cache-Control"] == "private, no-cache"


def test_a_page_asked_for_with_another_validator_or_none_is_given_whole(visit):
    chi = visit("chi")
    tag = twice(chi, BOARD).headers["ETag"].removeprefix('W/"').removesuffix('"')
    assert is_named(tag, f'"1", W/"{tag}"')
    for named in ('W/"1"', f'"{tag}"', tag, f'W/"{tag}x"', ""):
        assert not is_named(tag, named)
        assert "<!doctype" in chi.get(BOARD, **{"If-None-Match": named}).text
    assert not is_named(tag, "*")


def test_a_question_about_changes_takes_one_query_while_nothing_changed(visit, card, count):
    chi = visit("chi")
    since = re.search(r'data-since="([^"]+)"', twice(chi, BOARD).text)
    assert since
    url = f"/board/changes?unit=&since={since[1]}"
    chi.get(url, status=204)
    answer, queries = count(lambda: chi.get(url, status=204))
    assert (answer.headers["X-Since"], answer.headers["Cache-Control"], queries) == (since[1], "no-store", 1)
    move("lan", card, Deed.START)
    assert f"card-{card.id}" in chi.get(url).text


def test_a_change_by_anybody_ends_it(visit, card):
    chi = visit("chi")
    tag = twice(chi, BOARD).headers["ETag"]
    move("lan", card, Deed.START)
    assert f'data-place="/cards/{card.id}/placement" data-version="2"' in chi.get(BOARD, **{"If-None-Match": tag}).text


def test_midnight_ends_it(visit):
    chi = visit("chi")
    tag = twice(chi, BOARD).headers["ETag"]
    with clock.at(TODAY + timedelta(days=1)):
        assert chi.get(BOARD, **{"If-None-Match": tag}).headers["ETag"] != tag


@pytest.mark.parametrize("ended", ["signed out", "idle", "too old"])
def test_a_session_that_ended_is_answered_nothing(visit, ended):
    chi = visit("chi")
    tag = twice(chi, BOARD).headers["ETag"]
    with independent_write(db.engine) as session:
        mine = LoginSession.person_id == person("chi").id
        if ended == "signed out":
            session.execute(update(LoginSession).where(mine).values(closed_at=clock.now()))
        elif ended == "idle":
            session.execute(update(LoginSession).where(mine).values(used_at=clock.now() - timedelta(hours=9)))
        else:
            session.execute(update(LoginSession).where(mine).values(opened_at=clock.now() - timedelta(days=8)))
    for headers in ({}, {"If-None-Match": tag}):
        assert chi.get(BOARD, status=303, follow=False, **headers).location.startswith("/login")


def test_another_person_another_session_and_a_fragment_are_not_answered_with_it(visit):
    chi = visit("chi")
    tag = twice(chi, BOARD).headers["ETag"]
    for other in (visit("binh"), visit("chi")):
        assert other.get(BOARD, **{"If-None-Match": tag}).headers["ETag"] != tag
    visit(None).get(BOARD, status=303, follow=False, **{"If-None-Match": tag})
    assert "<!doctype" not in chi.htmx("GET", BOARD).text


def test_the_use_of_a_session_is_still_noted(visit):
    chi = visit("chi")
    twice(chi, BOARD)
    mine = LoginSession.person_id == person("chi").id
    before = clock.now() - timedelta(minutes=2)
    with independent_write(db.engine) as session:
        session.execute(update(LoginSession).where(mine).values(used_at=before))
    chi.get(BOARD)
    db.session.rollback()
    assert db.session.query(LoginSession.used_at).filter(mine).order_by(LoginSession.id.desc()).first()[0] > before


@pytest.mark.parametrize(("letters", "times"), [(1_000, MOST + 500), (200_000, 200)])
def test_however_many_and_long_questions_are_they_take_no_more_memory_than_meant(world, letters, times):
    """Different questions, their headers and addresses as long as anybody makes them; no body is kept."""
    basis = Basis(1, "1-a", TODAY, "board.changes", 1)

    def inner(environ, start_response):
        environ[BASIS] = basis
        start_response("204 NO CONTENT", [("X-Since", "1-a")])
        return [b"x" * letters]

    kept = WithoutBody(inner, db.engine, "bdg", as_of_session)
    tracemalloc.start()
    for number in range(times):
        long = f"{number:08}" + "x" * letters
        asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/board/changes", "HTTP_COOKIE": f"bdg={long}"}
        kept(asked | {"QUERY_STRING": long, "HTTP_HX_CURRENT_URL": long}, lambda *_said: None)
    held, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 4_000_000
    assert len(kept.known) == min(times, MOST)
