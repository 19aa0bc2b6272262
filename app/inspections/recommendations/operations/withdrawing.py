"""A conclusion is withdrawn by a document: its duties are dropped with it, and what it asked is drafted again."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.operations.moving import happen, new_event
from app.cards.state import EventKind, Status
from app.core.actor import Actor
from app.core.change import change
from app.core.days import day_words
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db
from app.inspections.models import InspectionRound, RoundStatus
from app.inspections.recommendations.models import Conclusion, Recommendation
from app.inspections.validation import MAX_LINE, check_lengths, check_past

NUMBER_NEEDED = _l("Nhập số, ký hiệu văn bản thu hồi.")
DAY_NEEDED = _l("Nhập ngày văn bản thu hồi.")
BEFORE_ISSUE = _l("Ngày thu hồi không được trước ngày ban hành kết luận (%(day)s).")
ALREADY = _l("Thông báo kết luận này đã được thu hồi theo %(document)s.")


@dataclass(frozen=True)
class Document:
    """The document that withdraws, and why in a few words."""

    number: str
    issued_on: date | None
    reason: str = ""


def withdraw_conclusion(actor: Actor, conclusion: Conclusion, said: Document, *, seen_version: int) -> int:
    """Withdraw a conclusion: nothing is lost, its open duties stand as Không khắc phục được with that document.

    What was not yet remedied comes back as drafts, to be concluded anew. Returns how many duties were dropped.
    Raises `Forbidden`, `Stale`, `Refused`.
    """
    with change(actor, Permission.CONCLUSION_WITHDRAW, conclusion, seen_version=seen_version):
        if conclusion.withdrawn_on is not None:
            raise Refused(ALREADY % {"document": conclusion.withdrawn_by_document})
        _check(conclusion, said)
        conclusion.withdrawn_on, conclusion.withdrawn_by_document = said.issued_on, said.number
        asked = select(Recommendation).where(Recommendation.conclusion_id == conclusion.id)
        dropped = [r for r in db.session.scalars(asked).all() if _drop(actor, conclusion, r, said)]
        for recommendation in dropped:
            db.session.add(_draft_again(recommendation))
        _reopen(conclusion.round_id)
    return len(dropped)


def _check(conclusion: Conclusion, said: Document) -> None:
    if not said.number:
        raise Refused(NUMBER_NEEDED, field="number")
    if said.issued_on is None:
        raise Refused(DAY_NEEDED, field="issued_on")
    check_past("issued_on", said.issued_on)
    if said.issued_on < conclusion.issued_on:
        raise Refused(BEFORE_ISSUE % {"day": day_words(conclusion.issued_on)}, field="issued_on")
    check_lengths((("number", said.number), ("reason", said.reason)), MAX_LINE)


def _drop(actor: Actor, conclusion: Conclusion, recommendation: Recommendation, said: Document) -> bool:
    """Drop the card of a recommendation; what was remedied, or dropped before, stays so."""
    card = db.session.get(Card, recommendation.card_id) if recommendation.card_id else None
    if card is None or card.status in (Status.DONE, Status.DROPPED):
        return False
    with force_locale("vi"):
        reason = _("Thu hồi Thông báo kết luận số %(number)s", number=conclusion.number)
    words = "; ".join(filter(None, (reason, said.reason)))
    move = MoveInput(words, document_number=said.number, document_on=said.issued_on)
    event = new_event(actor, card, EventKind.DROPPED, Status.DROPPED, move, False)
    event.effective_on = said.issued_on or event.effective_on
    event.card_version = card.version  # not the newest: a conclusion is not taken back with one card's undo
    happen(card, event)
    return True


def _draft_again(asked: Recommendation) -> Recommendation:
    same = ("round_id", "visit_id", "content_id", "shortcoming", "demand", "unit_id", "due_on", "position")
    return Recommendation(**{name: getattr(asked, name) for name in same})


def _reopen(round_id: int) -> None:
    around = db.session.get_one(InspectionRound, round_id)
    if around.status is RoundStatus.CONCLUDED:
        around.status = RoundStatus.RUNNING
