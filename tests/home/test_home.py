"""The home page of every role on the sample, counted a second time from the tables by rules written out here."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from app.core import clock
from app.extensions import db

DAYS = [date(2024, 5, 10), date(2024, 5, 15), date(2024, 5, 16), date(2024, 11, 16)]
PEOPLE = ["lan", "duc", "mai", "binh", "chi", "ha", "son", "yen", "nam", "hoa", "quantri"]
OFFICE, LEADERS = ("chi", "ha"), ("son",)
CARDS = """
    SELECT card.id, card.status, card.feedback, card.sent_on, card.due_on, card.due_level, card.unit_id,
           action.kind, action.is_request, action.is_remedy, action.starts_on
    FROM card JOIN action ON action.id = card.action_id
"""
OWN = """
    SELECT DISTINCT role_grant.unit_id FROM role_grant JOIN person ON person.id = role_grant.person_id
    WHERE person.username = :who AND role_grant.role IN ('head', 'deputy', 'staff', 'coordinator')
"""


ASKINGS = """
    SELECT asked.card_id, asked.due_level FROM card_event AS asked WHERE asked.kind = 'extension_asked'
    AND NOT EXISTS (SELECT 1 FROM card_event AS said WHERE said.answers_id = asked.id)
    AND NOT EXISTS (SELECT 1 FROM card_event AS ended WHERE ended.card_id = asked.card_id AND ended.id > asked.id
                    AND ended.kind IN ('confirmed', 'dropped'))
"""
UNANSWERED = "SELECT card_id FROM correction_request WHERE answer IS NULL"
ENTERED = """
    SELECT card_id, entered_on, recorded_at AS at FROM card_event WHERE on_behalf
    UNION ALL SELECT card_id, entered_on, recorded_at FROM card_note WHERE on_behalf
    UNION ALL SELECT card_id, uploaded_on, uploaded_at FROM evidence WHERE on_behalf
"""


def as_day(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


def cards():
    return [dict(row._mapping) for row in db.session.execute(db.text(CARDS))]


def own_units(who):
    return set(db.session.scalars(db.text(OWN), {"who": who}))


def is_late(card, today):
    if card["is_request"] or card["kind"] == "standing" or card["due_level"] != "ubnd" or not card["due_on"]:
        return False
    if card["status"] not in ("todo", "doing", "waiting"):
        return False
    return (as_day(card["sent_on"]) or today) > as_day(card["due_on"])


def section(card, today):
    if card["status"] in ("paused", "dropped"):
        return "aside"
    if card["status"] in ("done", "waiting"):
        return card["status"]
    if card["feedback"]:
        return "returned"
    due = as_day(card["due_on"])
    not_yet = card["starts_on"] and today < as_day(card["starts_on"])
    if due is None or card["kind"] == "standing" or card["is_request"] or not_yet:
        return "rest"
    if today > due:  # a date that the office asked is an agreement: missed, it is no lateness
        return "late" if card["due_level"] == "ubnd" else "dated"
    return "soon" if due - today <= timedelta(days=7) else "dated"


def parts(page):
    """Section → the cards it links to, as the page shows them."""
    found = {}
    for key, html in re.findall(r'<section[^>]* id="muc-([\w-]+)"[^>]*>(.*?)</section>', page, re.DOTALL):
        found[key] = {int(n) for n in re.findall(r'href="/cards/(\d+)"', html)}
    return found


def head_of(who, today):
    """What must stand on the page of `who`: section → ids of cards."""
    own = own_units(who)
    expected = {}
    for card in cards():
        if card["unit_id"] in own:
            expected.setdefault(section(card, today), set()).add(card["id"])
        if who in OFFICE and card["status"] == "waiting":
            expected.setdefault("to-confirm", set()).add(card["id"])
    return expected


def to_answer(who, today):
    """What units and the office ask of `who`: section → the card of each asking, in no order."""
    own, level = own_units(who), {"son": "ubnd", "chi": "office", "ha": "office"}.get(who)
    units = dict(db.session.execute(db.text("SELECT id, unit_id FROM card")).all())
    seen = dict(db.session.execute(db.text("SELECT id, behalf_seen_at FROM card")).all())
    assert not any(seen.values())  # nobody of the sample has said so yet
    return {
        "extensions": [card for card, asked in db.session.execute(db.text(ASKINGS)) if asked == level],
        "corrections": list(db.session.scalars(db.text(UNANSWERED))) if who in OFFICE else [],
        "entered": [
            card
            for card, entered_on, _at in db.session.execute(db.text(ENTERED))
            if units[card] in own and today - as_day(entered_on) <= timedelta(days=30)
        ],
    }


def asked_of(page, key):
    """The cards that a list of askings links to, each as often as it is named."""
    found = re.search(rf'<section[^>]* id="muc-{key}"[^>]*>(.*?)</section>', page, re.DOTALL)
    return sorted(int(n) for n in re.findall(r'href="/cards/(\d+)', found[1])) if found else []


APART = ("taking-part", "late-units", "units", "extensions", "corrections", "entered")


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_role_sees_exactly_what_the_rules_say(look, today):
    with clock.at(today):
        for who in PEOPLE:
            page = look(who, "/")
            listed = {key: ids for key, ids in parts(page).items() if key not in APART}
            assert listed == head_of(who, today), who
            for key, asked in to_answer(who, today).items():
                assert asked_of(page, key) == sorted(asked), (who, key)


def test_the_sample_has_something_of_everything_to_show(look):
    shown = set()
    for today in (DAYS[0], DAYS[2]):
        with clock.at(today):
            shown |= {key for who in PEOPLE for key in parts(look(who, "/"))}
    assert shown >= {*APART, "returned", "late", "soon", "dated", "waiting", "rest", "done", "to-confirm"}


def test_a_coordinating_unit_sees_what_it_takes_part_in(look):
    taking_part = """SELECT card.id, coordinating_unit.unit_id FROM card
        JOIN coordinating_unit ON coordinating_unit.action_id = card.action_id
        WHERE coordinating_unit.unit_id IS NOT NULL AND coordinating_unit.unit_id <> card.unit_id"""
    pairs = db.session.execute(db.text(taking_part)).all()
    assert pairs
    with clock.at(DAYS[0]):
        for who in PEOPLE:
            own = own_units(who)
            expected = {card_id for card_id, unit_id in pairs if unit_id in own}
            assert parts(look(who, "/")).get("taking-part", set()) == expected, who


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_office_and_the_leaders_see_who_is_late_and_the_counts_of_every_unit(look, today):
    planned = [card for card in cards() if not card["is_remedy"]]
    late = Counter(card["unit_id"] for card in planned if is_late(card, today))
    given = [card for card in planned if not card["is_request"] and card["status"] != "dropped"]
    remedies, requests = len(cards()) - len(planned), sum(card["is_request"] for card in planned)
    dropped = len(planned) - len(given) - requests
    by_status = Counter(card["status"] for card in given)
    with clock.at(today):
        for who in (*OFFICE, *LEADERS):
            page = look(who, "/")
            linked = re.findall(
                r'href="/list\?plan=1&amp;unit=(\d+)&amp;timeliness=late&amp;source=plan".*?<span[^>]*>(\d+) quá hạn',
                page,
            )
            assert {int(unit): int(n) for unit, n in linked} == dict(late), who
            total = re.findall(r'<td class="r">(\d+)</td>', page[page.index("<tfoot>") :])
            paused = by_status["paused"]
            expected = [len(given), *(by_status[s] for s in ("done", "waiting", "doing", "todo")), paused, late.total()]
            assert [int(n) for n in total] == [*expected, dropped, requests, remedies], who


def test_others_see_no_overview_and_the_administrator_a_pointer(look):
    with clock.at(DAYS[2]):
        for who in set(PEOPLE) - {*OFFICE, *LEADERS}:
            assert "muc-units" not in look(who, "/"), who
        assert "không theo dõi nhiệm vụ của đơn vị nào" in look("quantri", "/")


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_menu_counts_what_waits(look, today):
    with clock.at(today):
        for who in PEOPLE:
            expected = head_of(who, today)
            keys = ("returned", "late", "soon", "to-confirm")
            waits = sum(len(expected.get(key, ())) for key in keys)
            waits += sum(map(len, to_answer(who, today).values()))
            found = re.search(r'class="num">(\d+)<span class="vh"> việc cần xử lý', look(who, "/board?unit="))
            assert int(found[1] if found else 0) == waits, who


def test_what_waits_for_the_office_stands_oldest_first(look):
    with clock.at(DAYS[0]):
        html = look("ha", "/")
    waiting = html[html.index('id="muc-to-confirm"') : html.index("muc-late-units")]
    ids = [int(n) for n in re.findall(r'<h3><a[^>]* href="/cards/(\d+)"', waiting)]
    sent = {card["id"]: as_day(card["sent_on"]) for card in cards()}
    assert len(ids) > 1
    assert [sent[n] for n in ids] == sorted(sent[n] for n in ids)
