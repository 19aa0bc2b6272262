"""What is kept never shows another's controls, another day's words or an older state."""

import io
import re
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import combinations, product

import pytest

from app.accounts import page_owner
from app.accounts.operations import management
from app.accounts.operations.management import Term
from app.accounts.policy import Giving
from app.accounts.queries import directory
from app.board import routes
from app.board.filters import Filters
from app.board.views.card import Today, face
from app.board.views.card_markup import ASKED, card_markup, face_key, kept_face
from app.board.views.layout import arranged
from app.cards.moves import Deed
from app.cards.operations.assignees import set_holder
from app.cards.policy import READ_ONLY
from app.cards.queries import row_cache, rows
from app.cards.state import Status
from app.core import clock
from app.core.actor import Grant, Role, system
from app.core.lru import forget_all
from app.core.policy import RULES
from app.organisation.settings import Settings
from tests.world import PDF, TODAY, move, person

PAGES = ("/", "/board?unit=", "/board", "/list?unit=", "/board?unit=&group=unit", "/cards/{card}", "/cards/{other}")
NIGHT = TODAY + timedelta(days=1)


def read(browser, url):
    """A page without what belongs to one answer or one session."""
    text = browser.get(url).text
    text = re.sub(r'(name="(?:csrf_token|document_key)" value=")[^"]+', r"\1", text)
    return re.sub(r"<time datetime=[^>]+T[^>]+>[^<]+</time>", "", text)


@pytest.mark.parametrize("who", ["lan", "chi"])  # on both databases; a crawl reads every page as everybody
def test_kept_pages_read_as_fresh_ones_for_everybody_and_across_midnight(visit, world, card, who):
    urls = [url.format(card=card.id, other=world.card("III.7.b").id) for url in PAGES]
    for other in ("chi", "lan", "quantri"):
        warm = visit(other)
        for url in urls:
            warm.get(url)
    browser = visit(who)
    for day in (TODAY, NIGHT):
        with clock.at(day):
            kept = [(read(browser, url), read(browser, url)) for url in urls]
            forget_all()
            fresh = [read(browser, url) for url in urls]
            assert kept == [(page, page) for page in fresh]


def test_a_kept_page_is_answered_304_until_somebody_changes_something(visit, card):
    chi = visit("chi")
    tag = chi.get("/board?unit=").headers["ETag"]
    chi.get("/board?unit=", status=304, **{"If-None-Match": tag})
    visit("lan").get("/board?unit=", status=200, **{"If-None-Match": tag})
    move("lan", card, Deed.START)
    answer = chi.get("/board?unit=", status=200, **{"If-None-Match": tag})
    assert f'id="card-{card.id}" data-place="/cards/{card.id}/placement" data-version="2"' in answer.text
    with clock.at(NIGHT):
        chi.get("/board?unit=", status=200, **{"If-None-Match": answer.headers["ETag"]})


def test_signing_out_and_a_new_role_act_at_once(visit, world):
    lan = visit("lan")
    tag = lan.get("/board?unit=").headers["ETag"]
    lan.post("/logout", {})
    lan.get("/board?unit=", status=303, follow=False, **{"If-None-Match": tag})
    mai = visit("mai")
    before = mai.get("/board?unit=")
    account = directory.person(person("mai").id)
    giving = Giving(Role.STAFF, world.unit("Phòng VH&TT").id, account.id)
    management.give_role(system(), account, giving, Term(), seen_version=account.version)
    mai.get("/board?unit=", status=303, follow=False, **{"If-None-Match": before.headers["ETag"]})
    after = visit("mai").get("/board?unit=")
    assert after.text.count('class="card own"') > before.text.count('class="card own"') > 0


def test_each_answer_has_tokens_of_its_own_session(visit, card):
    first, second = visit("chi"), visit("chi")
    for browser in (first, second):
        browser.get(f"/cards/{card.id}")
    assert first.token != second.token
    assert len({key_in(first.get(f"/cards/{card.id}")) for _ in range(4)}) == 4


def test_a_page_with_an_undo_has_no_validator_until_the_undo_ran_out(visit, card, monkeypatch):
    lan = visit("lan")
    page = lan.get(f"/cards/{card.id}").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    lan.post(f"/cards/{card.id}/placement", {"deed": "start", "version": version[1], "next": "card"}, status=303)
    for _ in range(2):
        page = lan.get(f"/cards/{card.id}")
        assert ("data-undo" in page.text, "ETag" in page.headers) == (True, False)
    later = clock.now() + timedelta(seconds=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = lan.get(f"/cards/{card.id}")
    assert ("data-undo" in page.text, "ETag" in page.headers) == (False, True)


def test_a_key_of_a_form_that_was_used_is_not_shown_again_by_304(visit, card):
    mai, url = visit("mai"), f"/cards/{card.id}"
    mai.get(url)
    page = mai.get(url)
    key, tag = key_in(page), {"If-None-Match": page.headers["ETag"]}
    mai.get(url, status=304, **tag)
    form = {"document_key": key, "kind": "report", "summary": "Báo cáo", "files": (io.BytesIO(PDF), "a.pdf")}
    mai.post(f"{url}/evidence", form, status=303)
    mai.get(url)  # says what was just done
    assert key_in(mai.get(url, **tag)) != key


def key_in(page):
    return re.search(r'name="document_key" value="([^"]+)"', page.text)[1]


def test_the_markup_of_a_card_holds_no_token_and_is_made_without_one(card, monkeypatch):
    def forbidden():
        raise AssertionError("a token was asked for")

    monkeypatch.setattr(page_owner, "form_token", forbidden)
    today, made = Today(TODAY, Settings()), []
    for who in ("lan", "mai", "chi", "ha", "yen", "quantri"):
        made += [str(card_markup(kept_face(person(who), row, today))) for row in rows.rows(card.plan_id)]
    assert any('form="move" formaction="/cards/' in markup for markup in made)
    for markup in made:
        assert not re.search(r"csrf|<form|<input|page[_-]of", markup), markup


def test_whatever_is_on_the_face_is_in_its_key(card):
    row, today = rows.row(card.id), Today(TODAY, Settings())
    chi = person("chi")
    before = face_key(chi, row, today)
    for f in fields(row):
        assert face_key(chi, replace(row, **{f.name: _other(getattr(row, f.name))}), today) != before, f.name
    assert face_key(chi, row, Today(NIGHT, Settings())) != before
    assert face_key(chi, row, Today(TODAY, Settings(soon_days=3))) != before


def _other(value):
    if isinstance(value, date):
        return value + timedelta(days=1)
    return "7" if value != "7" else None


def test_who_has_the_same_key_is_shown_the_same_face(card):
    """Every role, here and elsewhere, alone and in pairs, on every state and as who sent, holds or uploaded it."""
    plain, today, lan = rows.row(card.id), Today(TODAY, Settings()), person("lan")
    grants = [Grant(role, unit) for role in Role for unit in (plain.unit_id, -1)]
    people = [replace(lan, grants=held) for held in (*((one,) for one in grants), *combinations(grants, 2))]
    seen = {}
    for status, mine in product(
        Status, ({}, {"sent_by_id": lan.id}, {"holder_id": lan.id}, {"uploaders": str(lan.id)})
    ):
        row = replace(plain, status=status, unit=replace(plain.unit, leader_confirms=True), **mine)
        for actor in people:
            made = face(actor, row, today)
            assert seen.setdefault(face_key(actor, row, today), made) == made
    assert len(set(map(repr, seen.values()))) > 20


@pytest.mark.parametrize("permission", ASKED)
def test_a_rule_that_comes_to_read_more_of_a_person_parts_their_faces(card, monkeypatch, permission):
    row, today, lan = rows.row(card.id), Today(TODAY, Settings()), person("lan")
    monkeypatch.setitem(RULES, permission, lambda actor, _row: None if actor.title == "Trưởng phòng" else READ_ONLY)
    assert face_key(replace(lan, title="Trưởng phòng"), row, today) != face_key(replace(lan, title=""), row, today)


def test_a_filter_that_asks_who_somebody_is_shows_nobody_anothers_duties(world, card, monkeypatch):
    monkeypatch.setattr(Filters, "keeps", lambda _filters, actor, row, _today: row.holder_id == actor.id)
    set_holder(person("lan"), card, person("lan").id, seen_version=card.version)
    held = {}
    for personal in (False, True):
        monkeypatch.setattr(Filters, "personal", personal)
        forget_all()
        for who in (person("lan"), replace(person("lan"), id=person("mai").id)):
            found = arranged(who, rows.snapshot(card.plan_id), Filters(unit=card.unit_id), Today(TODAY, Settings()))
            held[personal, who.id] = found.cards_held
    assert held == {(False, person("lan").id): 0, (False, person("mai").id): 0} | {
        (True, person("lan").id): 1,
        (True, person("mai").id): 0,
    }


def test_a_page_finished_after_midnight_is_not_the_page_of_the_new_day(visit, monkeypatch):
    chi, day, rendered = visit("chi"), [TODAY], routes.render
    monkeypatch.setattr(clock, "today", lambda: day[0])

    def strike_twelve(*said, **shown):
        day[0] = NIGHT
        return rendered(*said, **shown)

    monkeypatch.setattr(routes, "render", strike_twelve)
    tag = chi.get("/list?unit=").headers["ETag"]
    monkeypatch.setattr(routes, "render", rendered)
    chi.get("/list?unit=", status=200, **{"If-None-Match": tag})
    kept = read(chi, "/list?unit=")
    forget_all()
    assert kept == read(chi, "/list?unit=")


def test_people_with_the_same_rights_share_a_face(card):
    row, today = rows.row(card.id), Today(TODAY, Settings())
    assert kept_face(person("yen"), row, today) is not kept_face(person("lan"), row, today)
    assert kept_face(person("yen"), row, today) is kept_face(person("yen"), row, today)


def test_rows_follow_the_log_card_by_card(card):
    before = rows.rows(card.plan_id)
    assert rows.rows(card.plan_id) is before
    move("lan", card, Deed.START)
    after = rows.rows(card.plan_id)
    assert [(old.id, new.version) for old, new in zip(before, after, strict=True) if old != new] == [(card.id, 2)]
    row_cache.kept.clear()
    assert rows.rows(card.plan_id) == after
