"""Long columns, many lanes and many shared duties: the first part at once, the rest on demand, the counts of all."""

import re
from dataclasses import replace

from app.board.filters import Filters, Grouping
from app.board.views import board as boards
from app.board.views.board import BoardPage
from app.board.views.card import Today
from app.board.views.columns import COLUMN_CARDS, FIRST_CARDS, WHOLE_BOARD, column_of
from app.board.views.lanes import LANE_CARDS
from app.board.views.layout import Arrangement
from app.cards.moves import Deed
from app.cards.queries import rows as queries
from app.cards.state import Status
from app.organisation.settings import Settings
from tests.world import TODAY, move, person

NOW = Today(TODAY, Settings())
MANY = 250


def address(card_id):
    return f"/cards/{card_id}"


def long_rows(world, number=MANY):
    """One duty of Phòng Giáo dục many times over, and the others of the plan."""
    rows = [row for row in queries.rows(world.plan.id) if not row.is_shared]
    pattern = next(row for row in rows if row.code == "III.7.c")
    return rows + [replace(pattern, id=10_000 + n) for n in range(number)]


def build(world, rows, who="ha", page=boards.FIRST, groups=None, **chosen):
    return boards.build("Kế hoạch", Arrangement(person(who), rows, Filters(**chosen), NOW), address, page, groups)


def test_a_column_shows_its_first_hundred_and_of_a_long_board_its_first_screenfuls(world):
    alone = len(long_rows(world, 0))
    for number, shown, following in (
        (COLUMN_CARDS, COLUMN_CARDS, None),
        (COLUMN_CARDS + 1, COLUMN_CARDS, COLUMN_CARDS),
        (WHOLE_BOARD + 1, FIRST_CARDS, FIRST_CARDS),
    ):
        todo = build(world, long_rows(world, number - alone)).columns[0]
        assert (todo.count, len(todo.cards), todo.following) == (number, shown, following)


def test_what_stands_aside_is_bounded_too(world, visit):
    rows = [replace(row, status=Status.DROPPED) for row in long_rows(world)]
    aside = build(world, rows).off_board
    assert (aside.count, len(aside.cards), aside.following) == (len(rows), FIRST_CARDS, FIRST_CARDS)
    assert visit("ha").htmx("GET", "/board/columns/aside?unit=").status_code == 200


def test_the_rest_of_a_column_follows_without_gap_or_repeat(world):
    rows, found, start = long_rows(world), [], 0
    arranged = Arrangement(person("lan"), rows, Filters(), NOW)
    while start is not None:
        part = column_of(arranged, Status.TODO, start, COLUMN_CARDS)
        found += [card.id for card in part.cards]
        start = part.following
    assert sorted(found) == sorted(row.id for row in rows)
    whole = column_of(arranged, Status.TODO, 0, len(rows))
    assert found == [card.id for card in whole.cards]


def test_own_cards_come_first_before_the_column_is_cut(world):
    rows = long_rows(world)
    first = build(world, rows, "binh").columns[0].cards[0]
    assert first.unit_name == "Phòng Văn hóa và Thông tin"
    assert all(card.own for card in build(world, rows, "lan").columns[0].cards)


def test_the_rest_is_fetched_under_the_same_filters_and_rights(visit, world):
    ha = visit("ha")
    answer = ha.htmx("GET", "/board/columns/todo?unit=&clause=III.8&from=1")
    assert len(re.findall(r'<li class="card', answer.text)) == 3
    assert ha.htmx("GET", "/board/columns/nowhere?unit=").status_code == 404
    assert "Chuyển sang…" not in visit("mai").htmx("GET", "/board/columns/todo?unit=&clause=III.8").text
    assert visit(None).htmx("GET", "/board/columns/todo").status_code == 401


def test_without_a_script_the_board_shows_more(visit, world, monkeypatch):
    monkeypatch.setattr("app.board.views.columns.COLUMN_CARDS", 5)
    monkeypatch.setattr("app.board.views.columns.FIRST_CARDS", 5)
    ha = visit("ha")
    page = ha.get("/board?unit=").text
    more = re.search(r'<a href="(/board\?[^"]*shown=\d+[^"]*)#cot-todo">Xem thêm \(còn (\d+) nhiệm vụ\)', page)
    assert more
    longer = ha.get(more[1].replace("&amp;", "&")).text
    assert longer.count('<li class="card') > page.count('<li class="card')


def test_the_list_goes_on_where_it_stopped(world):
    rows = queries.rows(world.plan.id)
    first = boards.build_list(person("ha"), "", rows, Filters(), NOW, 0, 40)
    rest = boards.build_list(person("ha"), "", rows, Filters(), NOW, first.following, 400)
    assert [card.id for card in first.rows + rest.rows] == [row.id for row in rows]
    assert rest.following is None
    assert first.totals == rest.totals


def test_shared_duties_come_in_pages_of_twenty(world):
    shared = [row for row in queries.rows(world.plan.id) if row.is_shared]
    rows = [replace(row, id=row.id + 1000 * n, action_id=row.action_id + 100 * n) for n in range(12) for row in shared]
    first, last = (build(world, rows, page=BoardPage(parents=n)).parents for n in (1, 9))
    assert (first.duties, first.cards, first.pages, len(first.rows)) == (48, len(rows), 3, 20)
    assert (last.page, len(last.rows)) == (3, 8)


def test_lanes_by_unit_hold_every_card_of_the_unit_and_only_columns_that_hold_something(world, visit):
    move("lan", world.card("III.7.c"), Deed.START)
    rows = queries.rows(world.plan.id)
    names = {row.unit_id: row.unit.name for row in rows}
    board = build(world, rows, "yen", groups=names | {999: "Đơn vị không có nhiệm vụ"}, group=Grouping.UNIT)
    assert board.lanes.rows[0].title == "UBND phường Ea Tam"
    assert [part.total for part in board.lanes.rows[0].parts] == [4]
    assert board.lanes.empty == ["Đơn vị không có nhiệm vụ"]
    assert (board.lanes.pages, len(board.lanes.rows)) == (2, 20)
    assert not board.parents.rows
    second = build(world, rows, "yen", BoardPage(lanes=2), names, group=Grouping.UNIT)
    assert sum(part.total for lane in board.lanes.rows + second.lanes.rows for part in lane.parts) == len(rows)
    assert all(column.count for lane in board.lanes.rows for column in lane.columns)
    page = visit("ha").get("/board?unit=&group=unit").text
    assert page.count('class="lane"') == 20
    assert "Trang 1/2" in page


def test_lanes_by_part_follow_the_plan(visit, world):
    page = visit("ha").get("/board?unit=&group=part").text
    codes = re.findall(r'<h2><span class="code">(III\.\d+)</span>', page)
    assert codes == [f"III.{n}" for n in range(1, 10)]
    assert 'class="parents"' in page  # III.10 binds every ward and commune


def test_a_long_lane_leads_to_its_own_board(world):
    rows = long_rows(world)
    names = {row.unit_id: row.unit.name for row in rows}
    lane = build(world, rows, "lan", groups=names, group=Grouping.UNIT).lanes.rows[0]
    assert (lane.columns[0].count, len(lane.columns[0].cards)) == (MANY + 3, LANE_CARDS)
    assert lane.filter == {"unit": rows[-1].unit_id}


def test_a_move_in_a_lane_answers_with_the_lane(visit, world, card):
    lan = visit("lan")
    lan.get("/board?unit=&group=unit")
    form = {"to": "doing", "deed": "start", "version": card.version, "next": "board"}
    seen = {"HX-Current-URL": "http://localhost/board?unit=&group=unit"}
    answer = lan.htmx("POST", f"/cards/{card.id}/placement", form, **seen).text
    assert f'hx-target="#lan-{card.unit_id}" hx-swap="outerHTML"' in answer
    assert f'<details class="lane" id="lan-{card.unit_id}"' in answer
    assert "#count-" not in answer
