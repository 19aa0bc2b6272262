"""What changed since a page was made: open pages ask every few seconds, and get no body while nothing did."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.queries.sessions import names_of
from app.board.request_filters import chosen_plan, read_board, read_counts, read_filters, read_page, this_day
from app.board.views.board import Board, stays
from app.board.views.card import CardView, Today, tells
from app.board.views.card_markup import kept_face
from app.cards.models import Card
from app.cards.queries import rows as queries
from app.cards.queries.row_cache import touched_since
from app.cards.queries.rows import Row
from app.core.numbers import whole
from app.core.policy import Permission, require
from app.duty_page.views import timeline
from app.web.etag import note_basis
from app.web.responses import or_404

bp = Blueprint("live", __name__)
_LAST_SEQUENCE = 2**31 - 1
NO_CONTENT = 204
MOST = 60  # cards; beyond that the page is better read again


@dataclass(frozen=True)
class ChangedCard:
    """One card as it is now, and the column in which it stands under the page's filters (None: nowhere)."""

    card: CardView
    column: str | None


@bp.get("/board/changes")
def board() -> Any:
    """The cards of the board that changed since the page was made, with the counts; 204 where nothing did."""
    if _shows_all():
        return _told(Response(status=204))
    require(current_user, Permission.BOARD_VIEW)
    plan = or_404(chosen_plan())
    touched = _touched(plan.id)
    rows = _rows(plan.id, touched) if touched else []
    if touched is not None and not rows:
        return _told(Response(status=204))
    filters = read_filters(plan.id)
    if touched is None or len(rows) > MOST:
        return _told(
            make_response(render_template("board/_changes.html", board=read_counts(plan.id, filters), changed=None))
        )
    if filters.group:
        shown = read_board(plan, filters, read_page())
        parts = _lanes(shown, rows)
    else:
        shown = read_counts(plan.id, filters, {row.action_id: None for row in rows if row.is_shared})
        parts = _cards(shown, rows, this_day())
    return _told(make_response(render_template("board/_changes.html", board=shown, **parts)))


@bp.get("/cards/<int:card_id>/changes")
def card(card_id: int) -> Any:
    """Who did what to the duty since its page was made; 204 where nobody else did anything."""
    if _shows_all():
        return _told(Response(status=204))
    found = or_404(queries.card(current_user, card_id))
    touched = _touched(found.plan_id)
    if touched is not None and card_id not in touched:
        return _told(Response(status=204))
    entry = queries.last_change(card_id)
    if entry is None or entry.actor_id == current_user.id:
        return _told(Response(status=204))
    who = names_of({entry.actor_id}).get(entry.actor_id, "")
    notice = _("%(who)s vừa thao tác trên nhiệm vụ này: %(what)s.", who=who, what=_what(found))
    return _told(make_response(render_template("duty_page/_changed.html", words=notice)))


def _rows(plan_id: int, touched: set[int]) -> list[Row]:
    snapshot = queries.snapshot(plan_id)
    places = snapshot.family.places
    return [snapshot.rows[places[card_id]] for card_id in sorted(touched & places.keys(), key=places.__getitem__)]


def _cards(shown: Board, rows: list[Row], today: Today) -> dict[str, Any]:
    actor = current_user._get_current_object()
    changed = [
        ChangedCard(kept_face(actor, row, today), row.status.value if stays(actor, row, shown.filters, today) else None)
        for row in rows
    ]
    return {"changed": changed, "lanes": {}}


def _lanes(shown: Board, rows: list[Row]) -> dict[str, Any]:
    """Whole lanes: a card that moves makes and empties columns there. None for one that no longer holds anything."""
    lanes = {shown.lane_key_of(row): shown.lane_of(row) for row in rows}
    return {"changed": [], "lanes": lanes}


def _what(found: Card) -> str:
    events = queries.events(found.id)
    moved = bool(events) and events[-1].card_version == found.version
    if moved and tells(current_user, found):
        return timeline.event_words(events[-1], found)
    return str(_("đã cập nhật nhiệm vụ"))


def _shows_all() -> bool:
    """Whether the log ends where it did when the page was made."""
    return bool(request.args.get("since", "") == current_user.as_of)


def _touched(plan_id: int) -> set[int] | None:
    """The cards named since the page's state of the log; None where that cannot be told."""
    since = request.args.get("since", "")
    number, _dash, digest = since.partition("-")
    sequence = whole(number, most=_LAST_SEQUENCE)
    return None if sequence is None else touched_since(plan_id, sequence, digest)


def _told(response: Response) -> Response:
    response.headers["X-Since"] = current_user.as_of
    if response.status_code == NO_CONTENT:
        note_basis()
    response.headers["Cache-Control"] = "no-store"
    return response
