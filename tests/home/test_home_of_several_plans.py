"""The sample with two more plans on its board: whatever a role had to see is there, counted a second time by rules."""

import re
from collections import Counter

import pytest
from sqlalchemy import text

from app.core import clock
from app.extensions import db
from tests.home import test_home as counted
from tests.home.test_home import DAYS, LEADERS, OFFICE, PEOPLE
from tests.several import DIGITAL, LONG_TITLE, NEXT_YEAR, SHORT

APART = (*counted.APART, "plans", "own-plans")
PLAN_OF = "SELECT card.id, card.plan_id FROM card"
ITEM = re.compile(r'<article class="item".*?</article>', re.DOTALL)
OF_ONE_PLAN = re.compile(r'href="((?:/board|/list|/export|/units/\d+/duties)(?:\?[^"#]*)?)["#]')


def plans():
    """Plan id → short name, by the titles that the texts have."""
    rows = db.session.execute(text("SELECT id, title, year FROM plan")).all()
    names = {}
    for plan_id, title, year in rows:
        names[plan_id] = SHORT[DIGITAL if title.startswith(LONG_TITLE) else "reference" if year == 2024 else NEXT_YEAR]
    assert len(names) == 3
    return names


def test_every_role_sees_the_duties_of_all_plans_and_each_says_its_plan(look_at_three):
    with clock.at(DAYS[0]):
        of_card, names = dict(db.session.execute(text(PLAN_OF)).all()), plans()
        for who in PEOPLE:
            page = look_at_three(who, "/")
            listed = {key: ids for key, ids in counted.parts(page).items() if key not in APART}
            assert listed == counted.head_of(who, DAYS[0]), who
            for item in ITEM.findall(page):
                card_id = int(re.search(r'href="/cards/(\d+)"', item)[1])
                assert names[of_card[card_id]] in item, (who, card_id)
            for key, asked in counted.to_answer(who, DAYS[0]).items():
                assert counted.asked_of(page, key) == sorted(asked), (who, key)


def test_the_late_duties_of_one_unit_stand_together_whatever_their_plan(look_at_three):
    with clock.at(DAYS[0]):
        page = look_at_three("lan", "/")
    late = page[page.index('id="muc-late"') :]
    late = late[: late.index("</section>")]
    assert ">III.7.a</span>" in late
    assert ">III.1.a</span>" in late
    assert SHORT["reference"] in late
    assert SHORT[DIGITAL] in late


@pytest.mark.parametrize("who", [*OFFICE, *LEADERS])
def test_the_figures_say_of_which_plan_they_are_and_add_up(look_at_three, who):
    with clock.at(DAYS[0]):
        page = look_at_three(who, "/")
        of_card = dict(db.session.execute(text(PLAN_OF)).all())
        planned = [card for card in counted.cards() if not card["is_remedy"]]
        given = [c for c in planned if not c["is_request"] and c["status"] != "dropped"]
        late = [card for card in planned if counted.is_late(card, DAYS[0])]
        table = page[page.index('id="muc-plans"') :]
        for plan_id in plans():
            row = re.search(rf'<a href="/board\?plan={plan_id}&amp;unit=".*?</tr>', table, re.DOTALL)[0]
            numbers = [int(n or 0) for n in re.findall(r'<td class="r">(?:<a[^>]*>(\d+)</a>|–)', row)]
            of_plan = Counter(card["status"] for card in given if of_card[card["id"]] == plan_id)
            statuses = [of_plan[s] for s in ("done", "waiting", "doing", "todo", "paused")]
            assert numbers[:6] == [of_plan.total(), *statuses], plan_id
            assert numbers[6] == sum(of_card[card["id"]] == plan_id for card in late), plan_id
        totals = [int(n) for n in re.findall(r"<td[^>]*>(\d+)</td>", table[table.index("<tfoot>") :])]
        assert totals[0] == len(given)
        assert totals[6] == len(late)
        linked = re.findall(r'href="/list\?plan=(\d+)&amp;unit=(\d+)&amp;timeliness=late.*?>(\d+) quá hạn', page)
        assert Counter({(int(p), int(u)): int(n) for p, u, n in linked}) == Counter(
            (of_card[card["id"]], card["unit_id"]) for card in late
        )


def test_the_menu_counts_what_waits_in_all_plans(look_at_three):
    with clock.at(DAYS[0]):
        for who in PEOPLE:
            expected = counted.head_of(who, DAYS[0])
            waits = sum(len(expected.get(key, ())) for key in ("returned", "late", "soon", "to-confirm"))
            waits += sum(map(len, counted.to_answer(who, DAYS[0]).values()))
            found = re.search(r'class="num">(\d+)<span class="vh"> việc cần xử lý', look_at_three(who, "/board?unit="))
            assert int(found[1] if found else 0) == waits, who


def test_what_was_entered_for_a_unit_is_named_by_its_clause(look_at_three):
    with clock.at(DAYS[0]):
        pages = [look_at_three(who, "/") for who in PEOPLE]
    entered = [label for page in pages for label in re.findall(r'#nhap-thay">([^<]+)<', page)]
    assert entered
    assert all(re.match(r"(I|V|X)+\.", label.strip()) for label in entered), entered


@pytest.mark.parametrize("who", ["lan", "chi", "son", "yen", "quantri"])
def test_a_link_to_a_page_of_one_plan_says_which(look_at_three, who):
    first = "/cards/15"
    with clock.at(DAYS[0]):
        for url in ("/", first, "/board?plan=1&unit=", "/list?plan=2&unit=", "/search?q=bình đẳng", "/help"):
            bare = [link for link in OF_ONE_PLAN.findall(look_at_three(who, url)) if "plan=" not in link]
            own = {link for link in bare if link not in ("/board", "/list", "/export")}
            assert own == set(), url
            if url not in ("/", "/search?q=bình đẳng", "/help"):  # of no plan: the menu leads to the one chosen last
                assert bare == [], url


def test_where_only_one_plan_is_on_the_board_nothing_is_grouped_or_switched(look):
    with clock.at(DAYS[0]):
        for who in PEOPLE:
            for url in ("/", "/board", "/list", "/cards/15"):
                page = look(who, url)
                assert "chuyen-ke-hoach" not in page
                assert 'class="of-plan"' not in page
                assert "muc-plans" not in page
                assert page.count("Kế hoạch đang mở") == 1
