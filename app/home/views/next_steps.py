"""The one next step on a row of the home page: a button where a press is all, else a link to where it is done."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.board.views.card import CardView, MoveFace
from app.cards.moves import Deed
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core.actor import Actor
from app.plans.models import ActionKind


@dataclass(frozen=True)
class NextStep:
    """`move` only where a press makes it; then `url` is where it is posted."""

    label: Any
    url: str
    move: MoveFace | None = None


def next_step(actor: Actor, row: Row, face: CardView) -> NextStep:
    """What `actor` does next with a duty of their own unit."""
    if face.timeliness is Timeliness.NOT_YET:
        return look(row)
    primary = next((move for move in face.moves if move.primary and not move.on_behalf), None)
    if primary is not None and primary.deed is Deed.START:
        return NextStep(primary.label, url_for("duty.place", card_id=row.id), primary)
    if primary is not None and primary.deed is Deed.CONFIRM:
        return review(row)  # on the board the press confirms: here the words say that one looks first
    if primary is not None and not (primary.deed is Deed.SEND and _lacks_evidence(row)):
        return _at(row, primary.label, f"chuyen-{primary.deed}")
    works = row.status in (Status.TODO, Status.DOING) and actor.works_in(row.unit_id) and not row.is_request
    if works and row.kind is ActionKind.STANDING:
        return _at(row, _("Ghi kết quả theo kỳ"), "ket-qua-theo-ky")
    if works:
        return _at(row, _("Bổ sung minh chứng") if face.feedback else _("Tải minh chứng"), "minh-chung")
    return look(row)


def look(row: Row) -> NextStep:
    """Where nothing is to be done but to read."""
    return _at(row, _("Xem nhiệm vụ"))


def at_notes(row: Row, label: Any) -> NextStep:
    """Where a unit writes what it did for another's duty."""
    return _at(row, label, "ghi-chu")


def review(row: Row) -> NextStep:
    """What the office does with a result that was sent."""
    return _at(row, _("Xem để xác nhận"), "buoc")


def _lacks_evidence(row: Row) -> bool:
    return row.needs_evidence and row.evidence_total <= row.evidence_lacking


def _at(row: Row, label: Any, place: str | None = None) -> NextStep:
    return NextStep(label, url_for("duty.show", card_id=row.id, _anchor=place))
