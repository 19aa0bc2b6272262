"""The search page, and its results as they are typed."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.board.fragments import kept_face
from app.board.viewing import this_day
from app.core.policy import Permission, require
from app.core.vietnamese import clean_line
from app.search import queries
from app.search.models import Found
from app.search.words import LONGEST
from app.web import render

bp = Blueprint("search", __name__)
ABBREVIATIONS = "abbreviations.json"  # in the data folder: an office's own list takes the place of the shipped one
WORDS = {
    Found.UNIT: _l("Đơn vị"),
    Found.DUTY: _l("Nội dung nhiệm vụ"),
    Found.EVIDENCE: _l("Minh chứng: số, ký hiệu, trích yếu"),
    Found.NOTE: _l("Ghi chú của đơn vị"),
}


@bp.get("/search", endpoint="show")
def show() -> Any:
    require(current_user, Permission.BOARD_VIEW)
    actor, today = current_user._get_current_object(), this_day()
    said = clean_line(request.args.get("q", ""))[:LONGEST]
    hits = queries.search(actor, said, _own_list())
    shown = [(hit, kept_face(actor, hit.row, today) if hit.row else None, WORDS[hit.kind]) for hit in hits]
    return render("search/search.html", block="results", said=said, hits=shown, more=_more(hits))


def _own_list() -> Path:
    return Path(current_app.extensions["bdg"].data) / ABBREVIATIONS


def _more(hits: list[queries.Hit]) -> bool:
    """Whether some kind has as many hits as are shown of it."""
    return any(sum(hit.kind is kind for hit in hits) == most for kind, most in queries.MOST.items())
