"""Board and list: what stands there, what the address filters, and totals that never hold a request."""

import re

import pytest

from app.cards.moves import Deed
from app.cards.queries.rows import leading_units, rows
from tests.conftest import reread
from tests.world import move, prove

ALL = "105 nhiệm vụ (103 giao, 2 đề nghị) của 32 đơn vị."


def cards(page: str) -> int:
    return len(re.findall(r'<li class="card\b', page))


def cells(page: str) -> int:
    return len(re.findall(r'<a class="cell"', page))


def test_the_plan_is_105_cards_of_32_units_42_with_a_date(world):
    listed = rows(world.plan.id)
    assert (len(listed), len(leading_units(world.plan.id))) == (105, 32)
    assert sum(row.due_on is not None for row in listed) == 42
    assert sum(row.is_request for row in listed) == 2


@pytest.mark.parametrize("who", ["chi", "son", "quantri"])
@pytest.mark.parametrize("url", ["/board", "/list"])
def test_who_sees_all_units_begins_with_all_of_them(url, who, visit):
    page = visit(who).get(url).text
    assert ALL in page
    assert "Trong 103 nhiệm vụ được giao:" in page


@pytest.mark.parametrize("url", ["/board", "/list"])
def test_a_head_begins_with_the_own_unit_and_may_look_at_all(url, visit, world):
    lan = visit("lan")
    assert "3 nhiệm vụ (3 giao, 0 đề nghị) của 1 đơn vị." in lan.get(url).text
    assert ALL in lan.get(f"{url}?unit=").text
    chosen = lan.get(f"{url}?unit={world.unit('MTTQ').id}").text
    assert "2 nhiệm vụ (0 giao, 2 đề nghị) của 1 đơn vị." in chosen


def test_duties_of_every_ward_are_four_parent_rows_of_21_cells(visit):
    page = visit("chi").get("/board?unit=").text
    assert (len(re.findall(r'<details class="parent"', page)), cells(page), cards(page)) == (4, 84, 21)
    assert page.count("0/21") == 4


def test_a_ward_alone_has_cards_and_no_parent_rows(visit):
    page = visit("yen").get("/board").text
    assert (cards(page), cells(page)) == (4, 0)


def test_the_list_holds_every_card_as_a_row_of_its_own(visit):
    page = visit("chi").get("/list").text
    assert page.count("<tr>") == 1 + 105


def test_a_parent_counts_what_its_cards_have_done(visit, world, store):
    card = world.card("III.10.b", "P. Ea Tam")
    prove("nam", card, store)
    move("yen", reread(card), Deed.SEND)
    assert visit("chi").get("/board?unit=").text.count("0/21") == 4
    move("chi", reread(card), Deed.CONFIRM)
    page = visit("chi").get("/board?unit=").text
    assert (page.count("0/21"), page.count("1/21")) == (3, 1)


@pytest.mark.parametrize(
    ("query", "given"),
    [
        ("status=doing", 1),
        ("status=todo", 102),
        ("timeliness=soon", 21),
        ("timeliness=not_yet", 21),
        ("timeliness=late", 0),
        ("status=doing&timeliness=soon", 0),
        ("timeliness=no_date", 48),
        ("timeliness=standing", 13),
    ],
)
@pytest.mark.parametrize("url", ["/board", "/list"])
def test_the_address_filters_by_status_and_timeliness(url, query, given, visit, card):
    move("lan", card, Deed.START)
    page = visit("chi").get(f"{url}?unit=&{query}").text
    assert f"({given} giao, " in page
    for name, value in (pair.split("=") for pair in query.split("&")):
        chosen = re.search(rf'<select id="[^"]+" name="{name}">.*?</select>', page, re.DOTALL)[0]
        assert f'value="{value}" selected' in chosen


def test_a_filter_by_timeliness_leaves_requests_out(visit):
    assert "0 đề nghị)" in visit("chi").get("/list?unit=&timeliness=no_date").text


@pytest.mark.parametrize("query", ["unit=999", "unit=x", "status=x", "timeliness=1", "unit=99999999999999999999"])
def test_what_no_filter_knows_filters_nothing(query, visit):
    assert ALL in visit("chi").get(f"/board?{query}").text


def test_filtered_by_htmx_the_answer_is_the_region_alone(visit):
    chi = visit("chi")
    chi.get("/board")
    answer = chi.htmx("GET", "/board?unit=&status=todo")
    assert answer.text.lstrip().startswith('<div id="region"')


def test_a_moved_card_leaves_a_board_that_shows_another_column(visit, card):
    lan = visit("lan")
    lan.get("/board?status=todo")
    url, form = f"/cards/{card.id}/placement", {"to": "doing", "version": card.version, "next": "board"}
    stays = {"HX-Current-URL": "http://localhost/board?status=todo"}
    answer = lan.htmx("POST", url, form, **stays)
    assert f'hx-target="#card-{card.id}" hx-swap="delete"' in answer.text
    assert 'hx-swap="afterbegin"' not in answer.text


def test_a_moved_card_lands_in_its_column_with_the_counts_of_the_filtered_board(visit, card):
    lan = visit("lan")
    lan.get("/board")
    url, form = f"/cards/{card.id}/placement", {"to": "doing", "version": card.version, "next": "board"}
    answer = lan.htmx("POST", url, form, **{"HX-Current-URL": "http://localhost/board"})
    assert 'hx-target="#col-doing" hx-swap="afterbegin"' in answer.text
    assert re.search(r'hx-target="#count-todo" hx-swap="textContent">2<', answer.text)
    assert "3 nhiệm vụ (3 giao, 0 đề nghị)" in answer.text


def test_after_a_plain_form_the_board_is_filtered_as_before(visit, card):
    lan = visit("lan")
    lan.get("/board?unit=&status=todo")
    url, form = f"/cards/{card.id}/placement", {"to": "doing", "version": card.version, "next": "board"}
    lan.client.environ_base["HTTP_REFERER"] = "http://localhost/board?unit=&status=todo"
    answer = lan.post(url, form, status=303)
    assert answer.location == "/board?plan=1&unit=&status=todo"
