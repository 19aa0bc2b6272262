"""The search page, and its results as they are typed."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.board.page_plan import on_board
from app.board.request_filters import this_day
from app.board.views.card import CardView
from app.board.views.card_markup import kept_face
from app.core.policy import Permission, require
from app.core.vietnamese import clean_line
from app.plans.naming import PlanName
from app.search import operations
from app.search.models import FoundKind
from app.search.queries import search
from app.search.queries.statements import MOST
from app.search.words import LONGEST
from app.web.rendering import render

bp = Blueprint("search", __name__)
SUGGESTIONS = 7  # what a phone shows above its keyboard without much scrolling
WORDS = {
    FoundKind.UNIT: _l("Đơn vị"),
    FoundKind.DUTY: _l("Nội dung nhiệm vụ"),
    FoundKind.EVIDENCE: _l("Minh chứng: số, ký hiệu, trích yếu"),
    FoundKind.NOTE: _l("Ghi chú của đơn vị"),
}


@bp.get("/search", endpoint="show")
def show() -> Any:
    said, hits = _found()
    return render("search/search.html", block="results", said=said, hits=_shown(hits), more=_more(hits))


@bp.get("/search/suggestions", endpoint="suggest")
def suggest() -> Any:
    """The first of what is found, for the box that stands on every page."""
    said, hits = _found()
    return render_template("search/suggestions.html", said=said, hits=_shown(hits[:SUGGESTIONS]))


def _found() -> tuple[str, list[search.Hit]]:
    require(current_user, Permission.BOARD_VIEW)
    said = clean_line(request.args.get("q", ""))[:LONGEST]
    own, kept = operations.own_file(current_app.extensions["bdg"].data), this_day().settings.abbreviations
    return said, search.search(current_user._get_current_object(), said, own, kept)


@dataclass(frozen=True)
class Shown:
    """A hit with the face of its card, the words for where it matched and, where there are several plans, its own
    (of a unit: those in which it leads a duty).
    """

    hit: search.Hit
    card: CardView | None
    where: Any
    plans: list[PlanName]


def _shown(hits: list[search.Hit]) -> list[Shown]:
    actor, today, names = current_user._get_current_object(), this_day(), on_board()
    led = search.plans_led(hits)
    found = []
    for hit in hits:
        of = {hit.row.plan_id} if hit.row else led[hit.unit_id or 0]
        card = kept_face(actor, hit.row, today) if hit.row else None
        plans = [name for name in names if name.id in of] if len(names) > 1 else []
        found.append(Shown(hit, card, WORDS[hit.kind], plans))
    return found


def _more(hits: list[search.Hit]) -> bool:
    """Whether some kind has as many hits as are shown of it."""
    return any(sum(hit.kind is kind for hit in hits) == most for kind, most in MOST.items())
