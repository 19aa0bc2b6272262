"""Nhiệm vụ của đơn vị: the front page of everybody."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from app.board import page_plan
from app.board.request_filters import this_day
from app.core.policy import Permission, require
from app.files import upkeep
from app.home.views import home
from app.organisation.queries import units
from app.web.etag import conditional

bp = Blueprint("home", __name__)


@bp.get("/", endpoint="show")
@conditional
def show() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plans = page_plan.followed()
    if not plans:
        return render_template("board/empty.html", damaged=upkeep.told_alarms(current_user))
    if len(plans) == 1:
        page_plan.show(plans[0].id)
    today = this_day()
    return render_template(
        "home/home.html",
        home=home.read(current_user, plans, today, units()),
        today=today.day,
        damaged=upkeep.told_alarms(current_user),
    )
