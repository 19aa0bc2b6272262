"""Dates that are set, extensions asked and decided, kinds changed: plain forms of the duty page."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.cards.deadlines import operations
from app.cards.deadlines import queries as deadline_queries
from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.queries import rows
from app.core.days import day_words
from app.core.errors import Refused, Stale
from app.duty_page.responses import read_said, show_conflict, show_page
from app.duty_page.views.deadline import DECIDE, DeadlineForm
from app.plans.models import ActionKind, DueLevel
from app.plans.words import DUTY_KIND_WORDS
from app.web.flash import tell
from app.web.forms import choice_or_400
from app.web.rendering import wants_fragment
from app.web.request_values import posted_number
from app.web.responses import or_404, see_other

bp = Blueprint("deadlines", __name__)
Deed = Callable[[Card, MoveInput, int], str]


class Decision(StrEnum):
    """What is decided about an extension."""

    GRANTED = "granted"
    REFUSED = "refused"


@bp.post("/cards/<int:card_id>/deadline", endpoint="set")
def set_deadline(card_id: int) -> Any:
    def deed(card: Card, said: MoveInput, seen: int) -> str:
        level = choice_or_400(DueLevel, request.form.get("level"))
        event = operations.set_deadline(current_user, card, level, said, seen_version=seen)
        return _("Đã ghi thời hạn %(day)s.", day=day_words(event.due_on))

    return _carry_out(card_id, DeadlineForm.SET, deed)


@bp.post("/cards/<int:card_id>/extensions", endpoint="ask")
def ask_extension(card_id: int) -> Any:
    def deed(card: Card, said: MoveInput, seen: int) -> str:
        event = operations.ask_extension(current_user, card, said, seen_version=seen)
        return _("Đã gửi đề nghị gia hạn đến %(day)s.", day=day_words(event.due_on))

    return _carry_out(card_id, DeadlineForm.ASK, deed)


@bp.post("/cards/<int:card_id>/granted-extensions", endpoint="grant")
def grant_extension(card_id: int) -> Any:
    def deed(card: Card, said: MoveInput, seen: int) -> str:
        event = operations.grant_extension(current_user, card, said, seen_version=seen)
        return _("Đã gia hạn đến %(day)s.", day=day_words(event.due_on))

    return _carry_out(card_id, DeadlineForm.GRANT, deed)


@bp.post("/extensions/<int:extension_id>/decision", endpoint="decide")
def decide_extension(extension_id: int) -> Any:
    card_id = _asked_of(extension_id)
    outcome = choice_or_400(Decision, request.form.get("outcome")) or abort(400)
    granted = outcome is Decision.GRANTED

    def deed(card: Card, said: MoveInput, seen: int) -> str:
        event = operations.decide_extension(current_user, card, extension_id, said, granted=granted, seen_version=seen)
        if granted:
            return _("Đã gia hạn đến %(day)s.", day=day_words(event.due_on))
        return _("Đã ghi không gia hạn và lý do.")

    return _carry_out(card_id, DECIDE[granted], deed)


@bp.post("/extensions/<int:extension_id>/withdrawal", endpoint="withdraw")
def withdraw_extension(extension_id: int) -> Any:
    def deed(card: Card, _said: MoveInput, seen: int) -> str:
        operations.withdraw_extension(current_user, card, extension_id, seen_version=seen)
        return _("Đã rút lại đề nghị gia hạn.")

    return _carry_out(_asked_of(extension_id), DeadlineForm.WITHDRAW, deed)


@bp.post("/cards/<int:card_id>/kind", endpoint="kind")
def change_kind(card_id: int) -> Any:
    def deed(card: Card, said: MoveInput, seen: int) -> str:
        kind = choice_or_400(ActionKind, request.form.get("kind"))
        events = operations.change_kind(current_user, card, kind, said, seen_version=seen)
        words = DUTY_KIND_WORDS[ActionKind(events[0].kind_after or ActionKind.WITHIN_YEAR)]
        return _("Đã đổi tính chất thành “%(kind)s” cho %(n)s đơn vị.", kind=words, n=len(events))

    return _carry_out(card_id, DeadlineForm.KIND, deed)


def _carry_out(card_id: int, form_of: str, deed: Deed) -> Any:
    """Do it and go back to the page; a refusal shows the page with what was typed, a stale view who was faster."""
    card = or_404(rows.card(current_user, card_id))
    seen = posted_number("version")
    if seen is None:
        abort(400)
    try:
        done = deed(card, read_said(card), seen)
    except Stale:
        return show_conflict(card_id)
    except Refused as refusal:
        if wants_fragment():
            raise
        return show_page(card_id, refusal=refusal, form_of=form_of, form=request.form)
    tell(done)
    return see_other(url_for("duty.show", card_id=card_id, _anchor="thoi-han"))


def _asked_of(extension_id: int) -> int:
    """The card for which that extension was asked; other events are no extensions."""
    card_id: int = or_404(deadline_queries.card_of_asking(extension_id))
    return card_id
