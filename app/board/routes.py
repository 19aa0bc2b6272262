"""The board and the list: the same duties, two arrangements, one set of filters in the address."""

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask_login import current_user

from app.board import remembered_filters
from app.board.page_plan import address, on_board
from app.board.request_filters import arrange, chosen_plan, read_board, read_filters, read_page, starts_from, this_day
from app.board.views import board as boards
from app.board.views.columns import ASIDE, COLUMN_CARDS, column_of
from app.cards.queries import rows as queries
from app.cards.state import COLUMNS, Status
from app.core.policy import Permission, require
from app.files import upkeep
from app.web.etag import conditional
from app.web.rendering import render, wants_fragment
from app.web.request_values import queried_number
from app.web.responses import go, or_404

bp = Blueprint("board", __name__)


@bp.get("/board")
@conditional
def show() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plan = chosen_plan()
    if plan is None:
        return render_template("board/empty.html", damaged=upkeep.told_alarms(current_user))
    if asked := _whole_address(plan.id):
        return go(address("board.show", plan.id, asked))
    filters = read_filters(plan.id)
    board = read_board(plan, filters, read_page())
    return remembered_filters.keep(make_response(render("board/board.html", block="region", board=board)), filters)


@bp.get("/board/columns/<status>")
@conditional
def show_column(status: str) -> Any:
    """The cards of one column from `from` on, as the column is scrolled; without a script the board shows more."""
    require(current_user, Permission.BOARD_VIEW)
    if status not in {*COLUMNS, ASIDE}:
        abort(404)
    plan = or_404(chosen_plan())
    filters = read_filters(plan.id)
    chosen = None if status == ASIDE else Status(status)
    column = column_of(arrange(plan.id, filters), chosen, starts_from(), COLUMN_CARDS)
    return render_template("board/_column_rest.html", column=column, filters=filters)


@bp.get("/list")
@conditional
def show_list() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plan = chosen_plan()
    if plan is None:
        return render_template("board/empty.html", damaged=upkeep.told_alarms(current_user))
    if asked := _whole_address(plan.id):
        return go(address("board.show_list", plan.id, asked))
    filters = read_filters(plan.id)
    rows = queries.rows(plan.id, filters.unit)
    size = max(boards.LIST_ROWS, queried_number("rows") or 0)
    listed = boards.build_list(current_user, plan.title, rows, filters, this_day(), starts_from(), size)
    html = render("board/list.html", block=_list_block(), board=listed, rows=listed.rows)
    return remembered_filters.keep(make_response(html), filters)


def _list_block() -> str:
    return "rest" if starts_from() else "region"


def _whole_address(plan_id: int) -> dict[str, Any]:
    """What the address of a whole page should say where it leaves something open: the plan, where there are several,
    and the filters that the person left on it, where it names none.
    """
    if wants_fragment():
        return {}
    if not remembered_filters.names_filters() and (left := remembered_filters.kept(plan_id)):
        return left
    unnamed = "plan" not in request.args and len(on_board()) > 1
    return request.args.to_dict() | {"plan": plan_id} if unnamed else {}
