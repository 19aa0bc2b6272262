"""Nhiệm vụ của đơn vị: the front page of everybody."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from app import files
from app.board import shown
from app.board.viewing import this_day
from app.core.policy import Permission, can, require
from app.etag import conditional
from app.organisation.queries import units
from app.pages import home_faces

bp = Blueprint("home", __name__)


@bp.app_template_global()
def damaged_files() -> list[str]:
    """The files (table and id) that were last found missing or altered, for who watches over the store."""
    return list(files.alarms().values()) if can(current_user, Permission.FILES_CHECK) else []


@bp.get("/", endpoint="show")
@conditional
def show() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    plans = shown.followed()
    if not plans:
        return render_template("board/empty.html")
    if len(plans) == 1:
        shown.show(plans[0].id)
    today = this_day()
    return render_template("home/home.html", home=home_faces.read(current_user, plans, today, units()), today=today.day)
