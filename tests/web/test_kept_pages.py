"""A crawl of every page as the people of the sample: what is kept, here and in their browsers, reads, byte for byte,
like what is made anew."""

import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app import create_app
from app.accounts.operations import passwords
from app.accounts.operations import sign_in as accounts
from app.cards.deadlines import operations as deadlines
from app.cards.models import Card
from app.cards.moves import BY_DEED, Deed, MoveInput
from app.cards.notes import operations as notes
from app.cards.notes.models import NoteKind
from app.cards.notes.rules import NoteInput
from app.cards.operations import moving
from app.cards.queries import rows
from app.config import Config
from app.core import actor as actors
from app.core import clock
from app.core.actor import Role
from app.core.lru import Lru, forget_all
from app.evidence.models import Review
from app.evidence.operations import review_evidence
from app.extensions import db
from app.sample.build import TODAY
from tests.world import person

NIGHT = TODAY + timedelta(days=1)
CROWD = (
    "lan",
    "mai",
    "binh",
    "chi",
    "son",
    "yen",
    "hoa",
    "quantri",
)  # who acts below is not among them: no undo runs out
BYTES = (
    "inspections.conclusion_file",
    "inspections.visit_file",
    "evidence.download",
    "summaries.download",
)  # files, each handing out a line of the log
LOGGED = "/incidents"  # each opening is a line of the log, after which every page is made anew
OPEN = ("accounts.sign_in", "accounts.first_admin", "health.show", "static")
ASKED = (
    "/board?unit=", "/board?unit=&group=unit", "/board?unit=&group=part", "/list?unit=", "/search?q=binh+dang+gioi",
    "/search/suggestions?q=ea+tam", "/reminder-text?unit=",
)  # fmt: skip
_OF_ONE_ANSWER = (
    r'(?<=name="csrf_token" value=")[^"]+|(?<=name="document_key" value=")[^"]+'
    r"|BDG(-[0-9A-F]+){3}|<time datetime=[^>]+T[^>]+>[^<]+</time>"
    r'|(?s:<form class="undo".*?</form>)'  # its ten seconds are real ones
)
UNLIKE = """
    SELECT MIN(card.id) FROM card JOIN action ON action.id = card.action_id JOIN unit ON unit.id = card.unit_id
    WHERE unit.short_name IN ('Phòng LĐTBXH', 'Phòng GD&ĐT', 'Cổng TTĐT', 'MTTQ', 'P. Ea Tam')
    GROUP BY card.status, action.is_request, action.kind = 'standing', card.feedback IS NULL
"""
IDS = {
    "card_id": UNLIKE,
    "unit_id": "SELECT id FROM unit WHERE short_name IN ('Phòng GD&ĐT', 'P. Ea Tam')",
    "person_id": "SELECT id FROM person WHERE username IN ('mai', 'nam')",
    "status": "SELECT DISTINCT status FROM card WHERE status NOT IN ('paused', 'dropped')",
}


HASHES = (
    "app.web.assets",
    "app.accounts.operations.passwords",
)  # of files and of nobody's password: no page is made of them


def kept() -> Iterator[Any]:
    """Every bounded cache and every remembered function of the program, wherever it was put."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "app" and name not in HASHES:
            for value in list(vars(module).values()):
                if isinstance(value, Lru) or callable(getattr(value, "cache_clear", None)):
                    yield value


def forget() -> None:
    """Empty them all, so that a page is made from nothing."""
    forget_all()  # also what stands in front of the application, which no module holds
    for cache in kept():
        if not isinstance(cache, Lru):
            cache.cache_clear()


@pytest.fixture
def lively(sqlite_sample, tmp_path, monkeypatch):
    """A copy of the sample in which something may happen; rights do not depend on the database."""
    monkeypatch.setattr(passwords, "matches", lambda stored, password: bool(stored) and password.startswith("mau-"))
    with sqlite3.connect(sqlite_sample.extensions["bdg"].data / "bdg.sqlite3") as source:
        with sqlite3.connect(tmp_path / "bdg.sqlite3") as copy:
            source.backup(copy)
        copy.close()
    source.close()
    shutil.copy(sqlite_sample.extensions["bdg"].data / "sample.json", tmp_path)
    app = create_app(
        Config(tmp_path, f"sqlite:///{tmp_path / 'bdg.sqlite3'}", "k" * 40), TESTING=False, PROPAGATE_EXCEPTIONS=False
    )
    clock.pretend(None)
    with clock.at(TODAY), app.test_request_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    clock.pretend(None)


def addresses(app):
    """Every page of the program: each GET route with the ids there are (one that is nobody's where there are none)."""
    found, adapter = [*ASKED], app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in (*BYTES, *OPEN) and not rule.rule.startswith(LOGGED):
            ways = [{}]
            for name in rule.arguments:
                ids = list(db.session.scalars(db.text(IDS[name]))) if name in IDS else [1]
                ways = [way | {name: known} for way in ways for known in ids]
            found += [adapter.build(rule.endpoint, way) for way in ways]
    db.session.rollback()
    return found


class Reader:
    """One of the crowd with a session of their own."""

    def __init__(self, app, who):
        self.client, self.app = app.test_client(), app
        self.copies = {}  # address → validator and page, as a browser keeps them
        with self.client.session_transaction() as session:
            session["csrf_token"] = "0" * 40
            session["_user_id"] = accounts.sign_in(who, f"mau-bdg-{who}", "10.0.0.1", is_sample=True).token

    def read(self, url):
        """What stands on a page, without what is of one answer alone: tokens, keys, numbers of refusals, the minute."""
        with self.app.app_context():
            tag, copy = self.copies.get(url, ("", ""))
            answer = self.client.get(url, headers={"If-None-Match": tag} if tag else {})
        if answer.status_code == 304:
            return 200, copy
        if not answer.mimetype.startswith("text/"):
            return answer.status_code, answer.mimetype  # files are read anew each time, a workbook with its moment
        page = re.sub(_OF_ONE_ANSWER, "", answer.text)
        if "ETag" in answer.headers:
            self.copies[url] = answer.headers["ETag"], page
        return answer.status_code, page


def crawl(crowd, urls, half=None):
    """Page after page, everybody in turn: (address, who) → what they read. A half is every second page of each."""
    read = {}
    for place, url in enumerate(urls):
        for turn, (who, reader) in enumerate(crowd.items()):
            if half is None or (place + turn) % 2 == half:
                read[url, who] = reader.read(url)
    return read


def unlike(left, right):
    return [place for place, page in left.items() if page != right[place]]


def something_happens(app):
    """A move, a note, a review, a request for time and its answer, a role more: by people who are not in the crowd."""
    card = {code: db.session.scalar(db.text(UNDER), {"code": code}) for code in ("III.7.c", "III.7.a", "III.2.a")}
    _do("duc", card["III.7.c"], lambda who, c: moving.make_move(who, c, BY_DEED[Deed.START], seen_version=c.version))
    _do(
        "duc", card["III.7.a"], lambda who, c: notes.add_note(who, c, NoteInput(NoteKind.PROGRESS, "Đã mở thêm 01 lớp"))
    )
    _do("ha", card["III.7.a"], lambda who, c: review_evidence(
        who, c.evidence[0], Review.VALID, seen_version=c.evidence[0].version))  # fmt: skip
    asked = MoveInput("Chờ số liệu", NIGHT + timedelta(days=9))
    _do("duc", card["III.7.a"], lambda who, c: deadlines.ask_extension(who, c, asked, seen_version=c.version))
    more = MoveInput("Bổ sung số liệu")
    late = db.session.scalar(db.text("SELECT MIN(id) FROM card WHERE status = 'waiting'"))
    _do("ha", late, lambda who, c: moving.make_move(
        who, c, BY_DEED[Deed.ASK_MORE], seen_version=c.version, said=more))  # fmt: skip
    unit_id = db.session.get_one(Card, card["III.7.a"]).unit_id
    accounts.grant_role(actors.system(), person("binh").id, unit_id, Role.HEAD)


UNDER = """SELECT MIN(card.id) FROM card JOIN action ON action.id = card.action_id
    JOIN clause ON clause.id = action.clause_id WHERE clause.address = :code"""


def _do(username, card_id, deed):
    who = person(username)
    deed(who, rows.card(who, card_id))
    db.session.rollback()


def test_whatever_is_kept_reads_as_made_anew_through_changes_and_past_midnight(lively):
    urls = addresses(lively)
    crowd = {who: Reader(lively, who) for who in CROWD}
    before = crawl(crowd, urls)
    assert {status for status, _page in before.values()} == {200, 204, 403, 404}
    something_happens(lively)
    crowd["binh"] = Reader(lively, "binh")  # who is given a role signs in anew
    for half, day in enumerate((TODAY, NIGHT)):  # the pages of one half are compared before midnight, the others after
        with clock.at(day):
            seen = crawl(crowd, urls, half)
            forget()
            for reader in crowd.values():
                reader.copies.clear()
            assert not any(len(cache) for cache in kept() if isinstance(cache, Lru))
            assert unlike(seen, crawl(crowd, urls, half)) == []
            assert len(unlike(seen, before)) > len(CROWD), "nothing was seen to change"
    with clock.at(NIGHT):
        assert ("còn 5 ngày" in before["/", "yen"][1], "còn 5 ngày" in crowd["yen"].read("/")[1]) == (True, False)
