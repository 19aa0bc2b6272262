"""The duty page and the one route for every move: button, menu, key, drag and plain form alike."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.board import page_plan
from app.board.request_filters import read_board, read_counts, read_filters, this_day
from app.board.views.board import stays
from app.board.views.card_markup import kept_face
from app.cards.moves import Deed, between, words
from app.cards.operations import moving
from app.cards.queries import rows
from app.cards.state import Status
from app.core.database import identity
from app.core.days import AHEAD, PAST, day_words
from app.core.errors import Refused, Stale
from app.core.numbers import row_id
from app.duty_page.responses import read_said, show_conflict, show_page
from app.plans import queries as plans
from app.web.etag import conditional
from app.web.flash import tell
from app.web.forms import choice_or_400
from app.web.rendering import wants_fragment
from app.web.request_values import came_from, posted, posted_number
from app.web.responses import or_404, see_other

bp = Blueprint("duty", __name__)


@bp.get("/cards/<int:card_id>", endpoint="show")
@conditional
def show_card(card_id: int) -> Any:
    return show_page(card_id)


@bp.post("/cards/<int:card_id>/placement", endpoint="place")
def place_card(card_id: int) -> Any:
    card = or_404(rows.bare_card(card_id))
    plan_id = card.plan_id
    asked = posted()
    seen = row_id(asked.get("version"))
    to, deed = choice_or_400(Status, asked.get("to")), choice_or_400(Deed, asked.get("deed"))
    if seen is None or (to is None and deed is None):
        abort(400)
    try:
        event = moving.place(current_user, card, to=to, deed=deed, seen_version=seen, said=read_said(card, _side(deed)))
    except Stale:
        return show_conflict(card_id)
    except Refused as refusal:
        return _refused(card_id, refusal)
    return _moved(or_404(rows.standing_row(plan_id, card_id)), identity(event))


@bp.post("/card-events/<int:event_id>/undo", endpoint="undo")
def undo_move(event_id: int) -> Any:
    card = or_404(rows.card_of_event(current_user, event_id))
    card_id = card.id
    try:
        moving.undo(current_user, card, event_id)
    except Refused as refusal:
        return _refused(card_id, refusal)
    row = or_404(rows.row(card_id))
    text = _("Đã hoàn tác: nhiệm vụ trở lại “%(status)s”.", status=words(row, row.status))
    if wants_fragment() and request.form.get("next") != "card":
        return _moved_fragment(row, {"tone": "done", "icon": "undo-2", "text": text, "undo": None})
    tell(text, icon="undo-2")
    return see_other(_back(row))


@bp.post("/cards/<int:card_id>/sent-date", endpoint="correct_sent_date")
def correct_sent_date(card_id: int) -> Any:
    card = or_404(rows.card(current_user, card_id))
    seen = posted_number("version")
    if seen is None:
        abort(400)
    try:
        said = read_said(card, PAST)
        moving.correct_sent_date(current_user, card, said.day, said.reason, seen_version=seen)
    except Stale:
        return show_conflict(card_id)
    except Refused as refusal:
        return _refused(card_id, refusal)
    tell(_("Đã chỉnh ngày gửi."))
    return see_other(url_for("duty.show", card_id=card_id))


def _side(deed: Deed | None) -> str:
    """A result was sent; what is asked for with more is to come."""
    return AHEAD if deed is Deed.ASK_MORE else PAST


def _refused(card_id: int, refusal: Refused) -> Any:
    """The refusal where the person is: a notice on the board, the duty page with what was typed elsewhere."""
    if wants_fragment():
        raise refusal
    return show_page(card_id, refusal=refusal, form_of=_form_of(card_id), form=posted())


def _form_of(card_id: int) -> str | None:
    """The deed that was named, or meant by the column."""
    to, deed = posted().get("to"), posted().get("deed")
    if deed or to not in {status.value for status in Status}:
        return deed
    meant = between(current_user, or_404(rows.card(current_user, card_id)), Status(to))
    return meant.deed.value if meant else None


def _moved(row: rows.Row, event_id: int) -> Any:
    undo = {"event_id": event_id, "seconds": moving.UNDO_SECONDS}
    status, unit = words(row, row.status), row.unit.short_name
    text = _("%(code)s, %(unit)s: đã chuyển sang “%(status)s”.", code=row.code, unit=unit, status=status)
    if row.status is Status.WAITING and row.sent_on is not None:
        text += " " + _("Ngày gửi: %(day)s.", day=day_words(row.sent_on))
    if wants_fragment():
        return _moved_fragment(row, {"tone": "done", "icon": "circle-check", "text": text, "undo": undo})
    tell(text, undo=undo)
    return see_other(_back(row))


def _moved_fragment(row: rows.Row, notice: dict[str, Any]) -> str:
    """The moved card and the counts; the rest of the board stands as it was."""
    filters, actor = read_filters(row.plan_id), current_user._get_current_object()
    grouped = filters.group is not None
    board = read_board(or_404(plans.plan(row.plan_id)), filters) if grouped else read_counts(row.plan_id, filters)
    return render_template(
        "board/_moved.html",
        card=kept_face(actor, row, this_day()),
        board=board,
        notice=notice,
        lane=board.lane_of(row),
        stays=stays(actor, row, board.filters, this_day()),
    )


def _back(row: rows.Row) -> str:
    following = posted().get("next")
    if following == "board":
        filters = dict(parse_qsl(came_from().query, keep_blank_values=True))  # that the person was looking through
        return page_plan.address("board.show", row.plan_id, filters)
    if following == "home":
        return url_for("home.show")
    return url_for("duty.show", card_id=row.id)
