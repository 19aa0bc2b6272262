"""Who follows a duty, and the hand-over of one person's duties to a colleague."""

from itertools import groupby
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.queries.sessions import names_of
from app.accounts.queries.unit_members import colleagues
from app.cards.models import Card
from app.cards.operations import assignees
from app.cards.operations.assignees import Work
from app.cards.queries import rows
from app.core.errors import Refused
from app.core.policy import Permission, can, require
from app.duty_page.responses import show_page
from app.web.flash import tell
from app.web.rendering import wants_fragment
from app.web.request_values import posted_number
from app.web.responses import or_404, see_other

bp = Blueprint("holders", __name__)


@bp.post("/cards/<int:card_id>/holder", endpoint="set")
def set_holder(card_id: int) -> Any:
    card = or_404(rows.card(current_user, card_id))
    seen, holder_id = posted_number("version"), posted_number("holder")
    try:
        assignees.set_holder(current_user, card, holder_id, seen_version=seen or 0)
    except Refused as refusal:
        if wants_fragment():
            raise
        return show_page(card_id, refusal=refusal, form_of="holder", form=request.form)
    tell(_("Đã ghi người theo dõi nhiệm vụ."))
    return see_other(url_for("duty.show", card_id=card_id, _anchor="nguoi-theo-doi"))


@bp.get("/people/<int:person_id>/hand-over", endpoint="show")
def show_hand_over(person_id: int) -> Any:
    return _page(person_id)


@bp.post("/people/<int:person_id>/hand-over", endpoint="hand_over")
def hand_over(person_id: int) -> Any:
    _name(person_id)
    unit_id, successor = posted_number("unit"), posted_number("successor")
    try:
        cards = assignees.hand_over(current_user, person_id, unit_id or 0, successor)
    except Refused as refusal:
        if wants_fragment():
            raise
        require(current_user, Permission.HAND_OVER, assignees.work_of(person_id))
        return _page(person_id, refusal)
    said = ngettext("Đã bàn giao %(num)s nhiệm vụ.", "Đã bàn giao %(num)s nhiệm vụ.", len(cards))
    tell(said)
    return see_other(url_for("holders.show", person_id=person_id))


def _page(person_id: int, refusal: Refused | None = None) -> Any:
    """The duties that a person follows, by unit, each unit with its own successor."""
    name = _name(person_id)
    require(current_user, Permission.HAND_OVER, assignees.work_of(person_id))
    parts = []
    for unit, cards in groupby(assignees.held(person_id), key=lambda card: card.unit):
        if can(current_user, Permission.HAND_OVER, Work(person_id, (unit.id,))):
            listed = [(card.id, card.action.clause.address, _duty(card), card.plan_id) for card in cards]
            people = [pair for pair in colleagues(unit.id) if pair[0] != person_id]
            parts.append({"unit": unit, "cards": listed, "people": people})
    html = render_template(
        "duty_page/hand_over.html",
        person_id=person_id,
        name=name,
        parts=parts,
        refusal=refusal.sentence if refusal else None,
        chosen=posted_number("successor"),
        chosen_unit=posted_number("unit"),
    )
    return make_response(html, refusal.status if refusal else 200)


def _duty(card: Card) -> str:
    return card.action.duty or card.action.clause.text


def _name(person_id: int) -> str:
    """The person's name; 404 for nobody."""
    return str(or_404(names_of({person_id}).get(person_id)))
