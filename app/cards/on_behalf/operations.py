"""A unit asks for a correction of what the office entered for it; the office answers. Both raise the card's version."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.cards.models import Card
from app.cards.notes.models import Answer, CorrectionRequest, Target
from app.cards.on_behalf import queries
from app.cards.rules import REASON_NEEDED, TOO_LONG
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db

NOT_ENTERED = _l("Không tìm thấy nội dung được nhập thay này.")
ASKED_ALREADY = _l("Đơn vị đã đề nghị đính chính nội dung này; cơ quan thường trực chưa trả lời.")
ANSWERED = _l("Đề nghị đính chính này đã được trả lời.")
KEEPING_NEEDS_REASON = _l("Nêu lý do không đính chính.")
ANSWER_NEEDED = _l("Chọn “Đã đính chính” hoặc “Không đính chính”.")
MAX_REASON = 2000


def ask_correction(actor: Actor, card: Card, target: Target, target_id: int, reason: str) -> CorrectionRequest:
    """Ask the office to correct one thing that it entered for the actor's unit.

    Raises `Forbidden` for another unit's people; `Refused` without a reason, for what was not entered on behalf, or
    while an earlier request about it is open.
    """
    entered = queries.entry(card.id, target, target_id)
    if entered is None:
        raise Refused(NOT_ENTERED)
    with change(actor, Permission.CORRECTION_ASK, entered):
        _check_reason(reason, REASON_NEEDED)
        if db.session.scalar(_open_about(target, target_id)) is not None:
            raise Refused(ASKED_ALREADY, field="reason")
        asked = CorrectionRequest(
            card_id=card.id,
            target=target,
            target_id=target_id,
            reason=reason,
            asked_by_id=actor.id,
            asked_by_name=actor.name,
            asked_on=clock.today(),
            asked_at=clock.now(),
        )
        db.session.add(asked)
        card.corrections_open += 1
    return asked


def answer_correction(
    actor: Actor, asked: CorrectionRequest, answer: Answer | None, reason: str, *, seen_version: int
) -> CorrectionRequest:
    """Say that it was corrected, or that it stays and why. Raises `Forbidden`, `Stale`; `Refused` once answered."""
    with change(actor, Permission.CORRECTION_ANSWER, asked, seen_version=seen_version):
        if not asked.is_open:
            raise Refused(ANSWERED)
        if answer is None:
            raise Refused(ANSWER_NEEDED, field="answer")
        _check_reason(reason, KEEPING_NEEDS_REASON if answer is Answer.KEPT else None)
        asked.answer, asked.answer_reason = answer, reason or None
        asked.answered_by_id, asked.answered_by_name = actor.id, actor.name
        asked.answered_on, asked.answered_at = clock.today(), clock.now()
        db.session.get_one(Card, asked.card_id).corrections_open -= 1
    return asked


def acknowledge(actor: Actor, card: Card) -> None:
    """The unit has read what was entered for it until now. Raises `Forbidden` for another unit's people."""
    with change(actor, Permission.BEHALF_SEE, card):
        card.behalf_seen_at = clock.now()


def _open_about(target: Target, target_id: int) -> Any:
    about = select(CorrectionRequest.id).where(CorrectionRequest.target == target)
    return about.where(CorrectionRequest.target_id == target_id, CorrectionRequest.answer.is_(None)).limit(1)


def _check_reason(reason: str, needed: Any) -> None:
    if needed is not None and not reason:
        raise Refused(needed, field="reason")
    if len(reason) > MAX_REASON:
        raise Refused(TOO_LONG % {"limit": MAX_REASON}, field="reason")
