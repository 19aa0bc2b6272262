"""The filters of the board and the list: what they keep, who may know it, the address, what is kept."""

import html
import re
from datetime import date

import pytest

from app.board.filters import EvidenceState, Filters, UnitGroup, evidence_states
from app.board.views.card import Today
from app.cards.moves import Deed, MoveInput
from app.cards.queries import rows
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core import clock
from app.files.store import FileStore
from app.organisation.settings import Settings
from app.plans.models import ActionKind
from tests.page_client import Browser
from tests.world import TODAY, move, person, prove

pytestmark = pytest.mark.both_databases

NOW = Today(TODAY, Settings())


def rows_kept(world, who="ha", **chosen):
    filters, actor = Filters(**chosen), person(who)
    return [row for row in rows.rows(world.plan.id, filters.unit) if filters.keeps(actor, row, NOW)]


def listed(browser: Browser, query: str) -> int:
    return len(set(re.findall(r'href="/cards/(\d+)"', browser.get(f"/list?{query}").text)))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("unit=", 105),
        ("unit=&unit_kind=ward", 52),
        ("unit=&unit_kind=commune", 32),
        ("unit=&unit_kind=city", 19),
        ("unit=&unit_kind=asked", 2),
        ("unit=&clause=III.7", 3),
        ("unit=&clause=III.1", 3),  # not III.10
        ("unit=&clause=III.7.b", 1),
        ("unit=&kind=dated", 42),
        ("unit=&timeliness=soon", 21),
        ("unit=&timeliness=not_yet", 21),
        ("unit=&status=doing", 0),
        ("unit=&evidence=none", 105),
        ("unit=&text=xam+hai", 2),
        ("unit=&text=EA+TAM", 4),
        ("unit=&text=khong+co+chu+nay", 0),
        ("unit=&kind=dated&unit_kind=commune&timeliness=soon", 8),
        ("unit=&status=nonsense&kind=x&unit_kind=y&evidence=z&group=q", 105),
    ],
)
def test_a_filter_keeps_exactly_its_duties(visit, query, number):
    assert listed(visit("ha"), query) == number


def test_the_board_and_the_list_keep_the_same(visit, world):
    ha = visit("ha")
    page = ha.get("/board?unit=&clause=III.8").text
    assert "4 nhiệm vụ (4 giao, 0 đề nghị) của 2 đơn vị" in page
    assert listed(ha, "unit=&clause=III.8") == 4


def test_clauses_kinds_and_states_are_told_apart(world):
    assert {row.code for row in rows_kept(world, clause="III.1")} == {"III.1.a", "III.1.b", "III.1.c"}
    assert not any(row.is_request for row in rows_kept(world, kind=ActionKind.STANDING))
    assert {row.unit.short_name for row in rows_kept(world, unit_kind=UnitGroup.ASKED)} == {"MTTQ"}


def test_what_the_office_found_lacking_is_not_found_by_peers(world, card, app):
    store = FileStore(app.extensions["bdg"].files)
    prove("mai", card, store)
    move("lan", world.card("III.7.c"), Deed.START)
    move("lan", world.card("III.7.c"), Deed.SEND)
    move("ha", world.card("III.7.c"), Deed.RETURN, MoveInput("Chưa đạt."))
    row = rows.row(card.id)
    assert evidence_states(person("binh"), row) == {EvidenceState.UNSEEN}
    lacking = [r.id for r in rows_kept(world, "binh", evidence=EvidenceState.LACKING)]
    assert not lacking


def test_an_address_says_everything_and_bad_values_are_left_out(visit):
    page = visit("ha").get("/board?unit=&unit_kind=ward&timeliness=soon&text=b%C3%A1o&group=part").text
    views = html.unescape(re.search(r'href="(/list\?[^"]+group[^"]+)"', page)[1])
    for said in ("plan=1&", "unit=&", "unit_kind=ward", "timeliness=soon", "text=b%C3%A1o", "group=part"):
        assert said in views


def test_the_last_filters_come_back_for_the_same_person_only(visit):
    ha = visit("ha")
    ha.get("/board?unit=&timeliness=soon")
    assert ha.get("/board", status=303, follow=False).location == "/board?plan=1&unit=&timeliness=soon"
    assert ha.get("/list", status=303, follow=False).location == "/list?plan=1&unit=&timeliness=soon"
    ha.post("/logout")
    ha.sign_in("son", "mật khẩu thử nghiệm")
    ha.get("/board", follow=False)


def test_without_filters_nothing_is_kept(visit):
    ha = visit("ha")
    ha.get("/board?unit=&timeliness=soon")
    ha.get("/board?unit=")
    ha.get("/board", follow=False)


def test_a_forged_cookie_is_not_read(visit):
    ha = visit("ha")
    ha.client.set_cookie(f"{ha.cookie_name}_filters", "WzEsImdyb3VwPXVuaXQiXQ.AAAA")
    ha.get("/board", follow=False)


def test_a_head_opens_on_the_own_unit_and_may_look_at_all(visit, world):
    lan = visit("lan")
    own = lan.get("/board").text
    assert "3 nhiệm vụ (3 giao, 0 đề nghị) của 1 đơn vị" in own
    assert "105 nhiệm vụ (103 giao, 2 đề nghị) của 32 đơn vị" in lan.get("/board?unit=").text


def test_filters_answer_htmx_with_the_region_alone(visit):
    answer = visit("ha").htmx("GET", "/board?unit=&clause=III.7")
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="region"')


def test_a_moved_card_leaves_a_column_that_no_longer_keeps_it(visit, world, card):
    lan = visit("lan")
    lan.get("/board?unit=&status=todo")
    form = {"to": "doing", "deed": "start", "version": card.version, "next": "board"}
    place, seen = f"/cards/{card.id}/placement", {"HX-Current-URL": "http://localhost/board?unit=&status=todo"}
    answer = lan.htmx("POST", place, form, **seen)
    assert 'hx-swap="delete"' in answer.text
    assert 'hx-swap="afterbegin"' not in answer.text


def test_timeliness_moves_with_the_day(world):
    late = Today(date(2024, 5, 16), Settings())
    with clock.at(late.day):
        filters, ha = Filters(timeliness=Timeliness.LATE), person("ha")
        assert sum(filters.keeps(ha, row, late) for row in rows.rows(world.plan.id)) == 21
        assert Status.TODO in {row.status for row in rows.rows(world.plan.id)}
