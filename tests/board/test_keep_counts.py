"""Counts and columns that follow single rows are what a board built anew says, for everybody, each filter, each day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.board.filters import Choices, EvidenceState, Filters, Grouping
from app.board.views.card import Today
from app.board.views.card_markup import kept_parent
from app.board.views.layout import Arrangement, arranged
from app.cards.moves import Deed
from app.cards.queries import rows as queries
from app.cards.queries.row_cache import Family, Snapshot
from app.cards.state import COLUMNS, Feedback, Status
from app.cards.timeliness import Timeliness
from app.core.change import change
from app.core.policy import Permission
from app.extensions import db
from app.organisation.models import Unit
from app.organisation.settings import Settings
from tests.world import TODAY, move, person

NOW = Today(TODAY, Settings())
FILTERS = (
    Filters(),
    Filters(status=Status.DOING),
    Filters(timeliness=Timeliness.SOON),
    Filters(evidence=EvidenceState.LACKING),
    Filters(group=Grouping.UNIT),
)


def said(arrangement):
    """All that a page takes from an arrangement."""
    return (
        arrangement.totals,
        {status: [row.id for row in arrangement.cards(status, 0, 999)] for status in (*COLUMNS, None)},
        [(action, arrangement.kept[action]) for action in arrangement.duties()],
        [row.id for row in arrangement.on_board()],
    )


def changed(rows):
    """The same duties, some of them moved, sent back, dated, dropped and confirmed."""
    fresh = list(rows)
    for number, place in enumerate(range(0, len(rows), 7)):
        row = rows[place]
        fresh[place] = (
            replace(row, status=Status.DOING),
            replace(row, status=Status.DROPPED),
            replace(row, status=Status.DONE, finished_on=TODAY),
            replace(row, due_on=TODAY - timedelta(days=1)),
            replace(row, evidence_total=2, evidence_lacking=1, feedback=Feedback.MORE),
        )[number % 5]
    return fresh


@pytest.mark.parametrize("who", ["chi", "lan", "binh", "son"])
def test_what_follows_is_what_is_built_anew(world, who):
    rows, actor = queries.rows(world.plan.id), person(who)
    unit = Filters(unit=world.card("III.7.c").unit_id)
    for filters in (*FILTERS, unit):
        before = Arrangement(actor, rows, filters, NOW)
        there = said(before)
        after = before.following(changed(rows))
        assert said(after) == said(Arrangement(actor, changed(rows), filters, NOW)), filters
        assert said(after.following(rows)) == there == said(before), filters


def test_a_move_is_followed_and_a_new_name_is_read_again(world, card, visit):
    chi = person("chi")
    before = arranged(chi, queries.snapshot(world.plan.id), Filters(), NOW)
    move("lan", card, Deed.START)
    after = arranged(chi, queries.snapshot(world.plan.id), Filters(), NOW)
    assert (before.count(Status.DOING), after.count(Status.DOING)) == (0, 1)
    assert arranged(chi, queries.snapshot(world.plan.id), Filters(), NOW).held is after.held
    browser = visit("chi")
    assert ">Phòng mới</option>" not in browser.get("/board?unit=").text
    with change(person("quantri"), Permission.UNIT_MANAGE):
        db.session.get_one(Unit, card.unit_id).name = "Phòng mới"
    assert ">Phòng mới</option>" in browser.get("/board?unit=").text


def test_nothing_is_shared_between_roles_filters_and_days(world):
    snapshot, lan, binh = queries.snapshot(world.plan.id), person("lan"), person("binh")
    tomorrow = Today(TODAY + timedelta(days=1), Settings())
    kept = [
        arranged(lan, snapshot, Filters(), NOW),
        arranged(binh, snapshot, Filters(), NOW),
        arranged(lan, snapshot, Filters(status=Status.DONE), NOW),
        arranged(lan, snapshot, Filters(), tomorrow),
        arranged(lan, snapshot, Filters(), Today(TODAY, Settings(soon_days=3))),
    ]
    assert len({id(arrangement.held) for arrangement in kept}) == len(kept)
    remarks = Filters(evidence=EvidenceState.LACKING)
    colleague = replace(lan, id=lan.id + 1)
    assert arranged(colleague, snapshot, Filters(), NOW).held is kept[0].held
    assert arranged(colleague, snapshot, remarks, NOW).held is not arranged(lan, snapshot, remarks, NOW).held


def test_who_shares_places_sees_their_own_controls_and_choices(world):
    """Two people with the same roles: one holds a duty, the other does not; each chooses from words of their own."""
    rows = queries.rows(world.plan.id)
    lan, mine = person("lan"), Filters(choices=Choices(units=(("", "Tất cả đơn vị"),)))
    colleague, theirs = replace(lan, id=999), Filters(plan=world.plan.id, choices=Choices(units=(("", "All units"),)))
    place = next(n for n, row in enumerate(rows) if row.code == "III.7.c")
    rows = [*rows[:place], replace(rows[place], holder_id=lan.id, sent_by_id=lan.id), *rows[place + 1 :]]
    snapshot = Snapshot(1, "a" * 64, rows, Family(("test", world.plan.id), {row.id: n for n, row in enumerate(rows)}))
    first, second = arranged(lan, snapshot, mine, NOW), arranged(colleague, snapshot, theirs, NOW)
    assert first.held is second.held
    assert (first.actor, first.filters) == (lan, mine)
    assert (second.actor, second.filters) == (colleague, theirs)
    later = Snapshot(2, "b" * 64, changed(rows), snapshot.family)
    assert arranged(colleague, later, theirs, NOW).actor == colleague
    assert arranged(lan, later, mine, NOW).filters == mine


def test_the_line_of_a_shared_duty_tells_remarks_only_to_those_who_may_read_them(world):
    group = [row for row in queries.rows(world.plan.id) if row.is_shared]
    group = [row for row in group if row.action_id == group[0].action_id]
    group[0] = replace(group[0], status=Status.DOING, feedback=Feedback.RETURNED, feedback_reason="thiếu", due_on=None)
    rows, chosen = tuple(group), tuple(row.id for row in group)
    tones = {
        who: kept_parent(person(who), rows, chosen, NOW, str).cells[0].status_tone for who in ("chi", "binh", "ha")
    }
    assert tones == {"chi": "returned", "binh": "doing", "ha": "returned"}
    assert kept_parent(person("ha"), rows, chosen, NOW, str) is kept_parent(person("chi"), rows, chosen, NOW, str)
    moved = (replace(group[0], version=9, status=Status.DONE), *rows[1:])
    assert kept_parent(person("chi"), moved, chosen, NOW, str).done == 1


def test_the_number_in_the_menu_is_each_persons_own_and_follows_the_log(visit, proved):
    chi, lan = visit("chi"), visit("lan")
    assert [waiting(browser) for browser in (chi, lan, chi)] == ["", "", ""]
    move("lan", proved, Deed.START)
    move("lan", proved, Deed.SEND)
    assert [waiting(browser) for browser in (chi, lan, chi)] == ["1", "", "1"]


def waiting(browser):
    """The number beside the first item of the menu."""
    menu = browser.get("/board?unit=").text.split('id="danh-muc"')[1]
    item = menu.split("Nhiệm vụ của đơn vị")[1].split("</li>")[0]
    return item.split('class="num">')[1].split("<")[0] if 'class="num">' in item else ""
