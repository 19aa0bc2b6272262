"""Trợ giúp: one page for each role, the reader's own first."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from app.core.policy import Permission, can
from app.help.texts import ADMINISTRATOR, GUIDES, HEAD, LEADER, OFFICE, PICTURE_SIZE, STAFF, Guide

bp = Blueprint("help", __name__)
_BY_DUTIES = (OFFICE, HEAD, STAFF, LEADER, ADMINISTRATOR)  # whoever holds several roles reads the widest first


@bp.get("/help", endpoint="index")
def show_help() -> Any:
    return render_template("help/index.html", own=_own(), others=[g for g in GUIDES if g not in _own()])


def _add(guide: Guide) -> None:
    @bp.get(f"/help/{guide.slug}", endpoint=guide.slug)
    def show_guide() -> Any:
        return render_template("help/guide.html", guide=guide, guides=GUIDES, picture_size=PICTURE_SIZE)


for each in GUIDES:
    _add(each)


def _own() -> list[Guide]:
    """The guides of the roles that the person holds, those of other people's work left out."""
    return [guide for guide in _BY_DUTIES if can(current_user, Permission.GUIDE_OWN, guide.slug)]
