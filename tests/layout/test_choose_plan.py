"""The plan of a page: named in its address and by the shell, switched by everybody, remembered for each alone."""

import re
from datetime import date

import pytest

from app.cards.moves import Deed
from app.core import clock
from tests.duty_page.test_see_changes import since
from tests.several import DIGITAL, NEXT_YEAR, SHORT, put_up
from tests.world import PEOPLE, move, person

RAIL = re.compile(r"Kế hoạch của trang này<b[^>]*><a href=\"/board\?plan=(\d+)\"[^>]*>([^<]+)</a>")


@pytest.fixture
def three(app, world, card):
    """The ids of the plans on the board: the reference, and two others. `card` stands in the first."""
    files = app.extensions["bdg"].files
    return [card.plan_id, put_up(files, DIGITAL), put_up(files, NEXT_YEAR)]


def shown(page):
    found = RAIL.search(page)
    return (int(found[1]), found[2]) if found else None


def heading(page):
    found = re.search(r'Kế hoạch: <b lang="vi">([^<]+)</b>', page)
    return found[1] if found else ""


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "hoa"])
def test_everybody_has_the_switch_and_each_remembers_for_themselves(visit, three, who):
    browser, other = visit(who), visit("hoa")
    first, digital, _next = three
    assert 'id="chuyen-ke-hoach"' in browser.get("/").text
    answer = browser.post("/preferences/plan", {"plan": digital, "page": "board.show_list"}, status=303)
    assert answer.location == f"/list?plan={digital}"
    assert shown(browser.get("/board").text) == (digital, SHORT[DIGITAL])
    assert shown(other.get("/board").text)[0] == first  # whose unit leads nothing in the others
    browser.post("/preferences/plan", {"plan": first, "page": "accounts.sign_out"}, status=303)
    assert shown(browser.get("/list").text) == (first, SHORT["reference"])


def test_a_plan_that_is_not_there_cannot_be_chosen(visit, three):
    lan = visit("lan")
    for said in ("999", "0", "x", "", "99999999999999999999"):
        lan.post("/preferences/plan", {"plan": said}, status=404)
    lan.get("/board?plan=999", status=404)
    lan.get("/list?plan=99999999999999999999", status=404)
    assert shown(lan.get("/board").text)[0] in three


def test_the_address_names_the_plan_and_keeps_what_else_it_says(visit, three):
    chi = visit("chi")
    answer = chi.get("/board?unit=&status=todo&_anchor=x&endpoint=y", status=303, follow=False)
    assert answer.location == f"/board?plan={three[0]}&unit=&status=todo&_anchor=x&endpoint=y"
    chi.get(f"/board?plan={three[0]}&unit=", follow=False)


def test_a_plan_of_next_year_is_not_what_pages_open_on_before_the_year_begins(visit, three):
    with clock.at(date(2024, 12, 20)):
        assert shown(visit("chi").get("/board").text)[0] != three[2]
    with clock.at(date(2025, 1, 2)):
        assert shown(visit("chi").get("/board").text)[0] == three[2]


def test_every_page_of_a_plan_names_it(visit, three, card):
    chi = visit("chi")
    chi.post("/preferences/plan", {"plan": three[2]})
    for url in (f"/cards/{card.id}", f"/board?plan={three[0]}", f"/list?plan={three[0]}", f"/export?plan={three[0]}"):
        page = chi.get(url).text
        assert shown(page) == (three[0], SHORT["reference"]), url
        menu = page[page.index('id="danh-muc"') :]
        assert f'href="/board?plan={three[0]}"' in menu
        assert f'href="/list?plan={three[0]}"' in menu
        assert f'href="/export?plan={three[0]}"' in menu
    assert heading(chi.get(f"/board?plan={three[1]}").text).startswith("Kế hoạch triển khai thực hiện chuyển đổi số")


def test_the_filters_left_on_one_plan_are_not_those_of_another(visit, three, world):
    chi, (first, digital, _next) = visit("chi"), three
    unit = world.unit("Phòng GD&ĐT").id
    chi.get(f"/board?plan={first}&unit={unit}&clause=III.7")
    assert chi.get(f"/board?plan={digital}", follow=False).status_code == 200
    chi.get(f"/board?plan={digital}&unit=&status=todo")
    back = chi.get(f"/board?plan={first}", status=303, follow=False).location
    assert back == f"/board?plan={first}&unit={unit}&clause=III.7"
    assert chi.get(f"/list?plan={digital}", status=303, follow=False).location.endswith("&unit=&status=todo")
    chi.get(f"/board?plan={digital}&unit=")
    assert chi.get(f"/board?plan={digital}", follow=False).status_code == 200
    assert chi.get(f"/board?plan={first}", status=303, follow=False).location == back


def test_a_move_leads_back_to_the_board_of_its_plan(visit, three, card):
    lan = visit("lan")
    lan.post("/preferences/plan", {"plan": three[1]})
    with lan.app.app_context():
        form = {"csrf_token": lan.token, "deed": "start", "version": 1, "next": "board"}
        headers = {"Referer": "http://localhost/board?unit=&status=todo"}
        answer = lan.client.post(f"/cards/{card.id}/placement", data=form, headers=headers)
    assert answer.status_code == 303
    assert answer.location == f"/board?plan={three[0]}&unit=&status=todo"


def test_an_open_board_is_not_told_of_other_plans(visit, three, card, world):
    lan, chi = visit("lan"), visit("chi")
    seen = {plan: since(chi.get(f"/board?plan={plan}&unit=").text) for plan in three}
    lan.post("/preferences/plan", {"plan": three[1]})
    chi.post("/preferences/plan", {"plan": three[1]})
    move("lan", card, Deed.START)
    told = chi.get(f"/board/changes?plan={three[0]}&unit=&since={seen[three[0]]}").text
    assert f'data-card="card-{card.id}"' in told
    for plan in three[1:]:
        chi.get(f"/board/changes?plan={plan}&unit=&since={seen[plan]}", status=204)
    assert f'data-live="/board/changes?plan={three[0]}"' in chi.get(f"/board?plan={three[0]}&unit=").text


def test_a_board_that_is_open_while_another_plan_is_put_up_stays_as_it_is(app, visit, card):
    chi = visit("chi")
    page = chi.get("/board?unit=").text
    files = app.extensions["bdg"].files
    added = put_up(files, DIGITAL)
    live = re.search(r'data-live="([^"]+)"', page)[1]
    answer = chi.get(f"{live}&unit=&since={since(page)}", status=204)
    move("lan", card, Deed.START)
    told = chi.get(f"{live}&unit=&since={answer.headers['X-Since']}").text
    assert f'data-card="card-{card.id}"' in told
    assert "nhiều thay đổi" not in told
    assert added != card.plan_id


def test_the_list_on_paper_stays_with_its_plan(visit, three, world):
    unit = world.unit("Phòng GD&ĐT").id
    page = visit("chi").get(f"/units/{unit}/duties?plan={three[1]}").text
    assert "chuyển đổi số" in page
    assert f'href="?plan={three[1]}&amp;alone=1"' in page


def test_a_round_names_the_plan_that_it_checks(visit, three):
    chi = visit("chi")
    page = chi.get("/inspections/new").text
    assert all(f'<option value="{plan}"' in page for plan in three)
    checklist = re.search(r'id="noi-dung-kt".*?<option value="(\d+)"', page, re.DOTALL)[1]
    said = {"name": "Đợt I", "form": "planned", "checklist": checklist, "report_due_days": "5"}
    said |= {"period_from": "01/01/2024", "period_to": "30/06/2024"}
    assert "Chọn kế hoạch được kiểm tra." in chi.post("/inspections", said, status=422).text
    assert "Chọn kế hoạch được kiểm tra." in chi.post("/inspections", said | {"plan": "999"}, status=422).text
    made = chi.post("/inspections", said | {"plan": str(three[1])}, status=303).location
    page = chi.get(made).text
    assert shown(page) == (three[1], SHORT[DIGITAL])
    assert "<dt>Kế hoạch được kiểm tra</dt>" in page
    assert SHORT[DIGITAL] in chi.get("/inspections").text


def test_a_hand_over_says_of_which_plan_each_duty_is(visit, three, card):
    lan = visit("lan")
    mai = person("mai").id
    lan.post(f"/cards/{card.id}/holder", {"version": 1, "holder": mai}, status=303)
    assert SHORT["reference"] in lan.get(f"/people/{mai}/hand-over").text
