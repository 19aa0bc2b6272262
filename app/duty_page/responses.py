"""The duty page as an answer: shown, shown again with what was typed, and the conflict of two people."""

from typing import Any

from flask import Response, make_response, render_template, request
from flask_login import current_user

from app.board import page_plan
from app.board.request_filters import this_day
from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.queries import rows
from app.core.days import AHEAD, PAST, about, read_day
from app.core.errors import Refused
from app.core.vietnamese import clean, clean_line
from app.duty_page.views import conflicts
from app.duty_page.views import duty as duties
from app.inspections import queries as inspections
from app.inspections import words as visit_words
from app.web.echo import typed
from app.web.forms import errors_of
from app.web.rendering import wants_fragment
from app.web.request_values import posted
from app.web.responses import or_404


def show_page(card_id: int, *, refusal: Refused | None = None, form_of: str | None = None, form: Any = None) -> Any:
    """The duty page; after a refusal with its sentence and status, and with what was typed: in the form it is of,
    or beside it where the person has no such form.
    """
    card = or_404(rows.card(current_user, card_id))
    page_plan.show(card.plan_id)
    duty = duties.read(card, this_day())
    html = render_template(
        "duty_page/duty.html",
        duty=duty,
        inspected=inspections.visits_to(current_user, [card.unit_id], card.plan_id),
        visit_words=visit_words,
        refusal=refusal.sentence if refusal else None,
        errors=errors_of(refusal),
        form=form or {},
        form_of=form_of,
        typed=typed(form or {}),
    )
    return make_response(html, refusal.status if refusal else 200)


def read_said(card: Card, side: str = AHEAD) -> MoveInput:
    """What a form about `card` says with a deed; its day has been (`PAST`) or is to come (`AHEAD`).

    Raises `Refused` for a day that no calendar has.
    """
    form, plan = request.form, card.action.plan
    first = max(filter(None, (plan.adopted_on, card.returned_on))) if side == PAST else None
    return MoveInput(
        reason=clean(form.get("reason", "")),
        day=read_day(form, "day", about("day", year=plan.year, side=side, first=first)),
        document_number=clean_line(form.get("document_number", "")),
        document_on=read_day(form, "document_on", about("document_on", year=plan.year)),
    )


def show_conflict(card_id: int) -> Response:
    """409: who was faster, what they did and when, and both choices; the typed note stays."""
    card = or_404(rows.card(current_user, card_id))
    page_plan.show(card.plan_id)
    template = "board/_conflict.html" if wants_fragment() else "board/conflict.html"
    response = make_response(render_template(template, conflict=conflicts.read(card, posted())), 409)
    if wants_fragment():
        response.headers.update({"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
    return response
