"""The board and the list: the same duties, two arrangements, one set of filters in the address."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from app.board import board as boards
from app.board import queries
from app.board.viewing import chosen_plan, read_board, read_filters, this_day
from app.core.policy import Permission, require
from app.web import render

bp = Blueprint("board", __name__)


@bp.get("/board")
def show() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plan = chosen_plan()
    if plan is None:
        return render_template("board/empty.html")
    return render("board/board.html", block="region", board=read_board(plan, read_filters(plan.id)))


@bp.get("/list")
def show_list() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plan = chosen_plan()
    if plan is None:
        return render_template("board/empty.html")
    filters = read_filters(plan.id)
    rows = queries.rows(plan.id, filters.unit)
    listed = boards.build_list(current_user, plan.title, rows, filters, this_day())
    return render("board/list.html", block="region", board=listed, rows=listed.rows)
