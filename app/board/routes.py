"""The board and the list: the same duties, two arrangements, one set of filters in the address."""

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask_login import current_user

from app.asked import queried_number
from app.board import board as boards
from app.board import keeping, queries
from app.board.columns import ASIDE, COLUMN_CARDS, column_of
from app.board.state import COLUMNS, Status
from app.board.viewing import arrange, chosen_plan, read_board, read_filters, read_page, starts_from, this_day
from app.core.policy import Permission, require
from app.lasting import lasting
from app.web import go, or_404, render, wants_fragment

bp = Blueprint("board", __name__)


@bp.get("/board")
@lasting
def show() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plan = chosen_plan()
    if plan is None:
        return render_template("board/empty.html")
    if kept := _kept():
        return go(f"{url_for('board.show')}?{kept}")
    filters = read_filters(plan.id)
    board = read_board(plan, filters, read_page())
    return keeping.keep(make_response(render("board/board.html", block="region", board=board)), filters)


@bp.get("/board/columns/<status>")
@lasting
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
@lasting
def show_list() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plan = chosen_plan()
    if plan is None:
        return render_template("board/empty.html")
    if kept := _kept():
        return go(f"{url_for('board.show_list')}?{kept}")
    filters = read_filters(plan.id)
    rows = queries.rows(plan.id, filters.unit)
    size = max(boards.LIST_ROWS, queried_number("rows") or 0)
    listed = boards.build_list(current_user, plan.title, rows, filters, this_day(), starts_from(), size)
    html = render("board/list.html", block=_list_block(), board=listed, rows=listed.rows)
    return keeping.keep(make_response(html), filters)


def _list_block() -> str:
    return "rest" if starts_from() else "region"


def _kept() -> str:
    """The filters to go back to: where the address names nothing and the whole page is asked for."""
    return "" if request.args or wants_fragment() else keeping.kept()
