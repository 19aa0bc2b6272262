"""All inspections at once: each figure is the number of its rows, and comes again and again is told."""

import html
import re
from datetime import date, timedelta

from app.board.request_filters import this_day
from app.cards.moves import Deed
from app.core import clock
from app.inspections.recommendations.views.survey import survey
from tests.conftest import reread
from tests.inspections import asking
from tests.inspections.asking import ask, card_of, issue
from tests.world import TODAY, move, prove

NEXT_YEAR = date(2025, 3, 3)


def asked_twice():
    """A round asks P. Ea Tam about the first content and Phòng GD&ĐT about the second."""
    inspected = asking.a_recorded_visit()
    first, second = ask(inspected), ask(inspected, 1, unit="Phòng GD&ĐT")
    issue(inspected)
    return first, second


def test_every_figure_counts_its_rows_and_opens_them(visit, store):
    first, _second = asked_twice()
    prove("nam", card_of(first), store)
    move("yen", reread(card_of(first)), Deed.SEND)
    move("chi", reread(card_of(first)), Deed.CONFIRM)
    with clock.at(TODAY + timedelta(days=40)):
        found = survey(this_day())
        assert (found.total.total, found.total.counts["done_in_time"], found.total.counts["late"]) == (2, 1, 1)
        for line in (*found.lines, found.total):
            assert line.total == len(found.chosen(line.key, ""))
            for state, number in line.counts.items():
                assert number == len(found.chosen(line.key, state)), (line.title, state)
        page = html.unescape(visit("son").get("/inspections/overview").text)
        links = re.findall(r'href="(/inspections/overview\?[^"]*)">(\d+)<', page)
        assert len(links) >= 7
        for url, number in links:
            shown = html.unescape(visit("son").get(url.partition("#")[0]).text)
            listed = shown[shown.index('id="dong"') :]
            assert re.search(r'class="count">(\d+)', listed)[1] == number, url


def test_what_comes_again_across_units_and_years_is_told(visit):
    asked_twice()
    assert survey(this_day()).repeats == []
    with clock.at(NEXT_YEAR):
        again = asking.a_recorded_visit(day=NEXT_YEAR, period_to=NEXT_YEAR)
        ask(again, due_on=NEXT_YEAR)
        issue(again, issued_on=NEXT_YEAR, number="3/TB-UBND")
        (repeat,) = survey(this_day()).repeats
        assert (repeat.units, repeat.years, repeat.again) == (1, (2024, 2025), ("UBND phường Ea Tam",))
        page = html.unescape(visit("chi").get("/inspections/overview?year=2025").text)
        assert "1 đơn vị; các năm 2024, 2025." in page
        assert re.search(r'class="count">(\d+)', page)[1] == "1"


def test_it_is_for_the_office_and_the_leaders(visit):
    for who in ("lan", "binh", "yen", "quantri"):
        visit(who).get("/inspections/overview", status=403)
    assert "Chưa có kết luận kiểm tra nào." in visit("chi").get("/inspections/overview").text
