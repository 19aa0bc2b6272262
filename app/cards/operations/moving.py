"""What people do to cards. Each deed re-reads the card under the write lock, asks the policy and leaves one event."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.cards import rules
from app.cards.due import due_after, replay_due
from app.cards.models import Card, CardEvent
from app.cards.moves import BY_DEED, NOTHING, Deed, Move, MoveInput, between, target
from app.cards.state import KEPT, EventKind, Status, after, replay
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Forbidden, Refused
from app.core.policy import Permission, require
from app.evidence.models import Evidence, Review
from app.extensions import db

UNDO_SECONDS = 10
NOT_YOURS = _l("Chỉ hoàn tác được thao tác của chính mình.")
NOTHING_TO_UNDO = _l("Không còn thao tác nào để hoàn tác.")
UNDO_TOO_LATE = _l("Đã quá 10 giây nên không hoàn tác được. Hãy chuyển trạng thái lại nếu cần.")
UNDO_OVERTAKEN = _l("Đã có người thao tác tiếp trên nhiệm vụ này nên không hoàn tác được.")
BASIS_NEEDED = _l("Nêu căn cứ chỉnh ngày gửi (số, ký hiệu văn bản hoặc lý do).")
NOT_SENT = _l("Nhiệm vụ chưa gửi kết quả nên chưa có ngày gửi để chỉnh.")


def place(
    actor: Actor, card: Card, *, to: Status | None, deed: Deed | None, seen_version: int, said: MoveInput = NOTHING
) -> CardEvent:
    """Make the move meant by column `to` or named by `deed`; what every button, menu, key and drag comes down to.

    Raises `Stale`, `Forbidden` or `Refused` as the named operations do.
    """
    rules.refuse_if_stale(card, seen_version)
    move = BY_DEED[deed] if deed is not None else between(actor, card, to) if to is not None else None
    if move is None:
        require(actor, Permission.CARD_MOVE, card)
        raise Refused(rules.no_such_move(card, to))
    return make_move(actor, card, move, seen_version=seen_version, said=said)


def make_move(actor: Actor, card: Card, move: Move, *, seen_version: int, said: MoveInput = NOTHING) -> CardEvent:
    """Move `card` along one arrow of the board and leave its event.

    Raises `Stale` if the card is not as seen, `Forbidden` by the policy, `Refused` where the rules of the move say no.
    """
    with change(actor, move.permission, card, seen_version=seen_version):
        rules.check_course(card, move)
        behalf = rules.check_said(actor, card, move, said)
        reviewed: list[int] = []
        if move.deed is Deed.SEND:
            rules.check_sending(actor, card, said, _documents(card), behalf)
        elif move.deed is Deed.WITHDRAW:
            rules.check_withdrawal(card, _documents(card))
        elif move.deed is Deed.CLOSE:
            rules.check_closing(card)
        elif move.deed is Deed.CONFIRM:
            reviewed = _accept_unseen(actor, card)
            rules.check_proved(card)
        event = new_event(actor, card, move.event, target(card, move), said, behalf)
        event.reviewed_ids = " ".join(map(str, reviewed))
        event.effective_on = rules.effective_day(move, said)
        happen(card, event)
    return event


def undo(actor: Actor, card: Card, event_id: int) -> CardEvent:
    """Take back one's own last move within 10 real seconds, as a new event that cancels it.

    It restores the ngày gửi and the evidence reviews too. Raises `Forbidden` for somebody else's move, `Refused` when
    it is too late or somebody has acted on the card since.
    """
    with change(actor, Permission.CARD_UNDO, card):
        events = list(db.session.scalars(_events(card)))
        last = next((e for e in events if e.id == event_id), None)
        _check_undo(actor, card, events, last)
        assert last is not None
        _unreview(last)
        event = new_event(actor, card, EventKind.UNDONE, last.from_status, NOTHING, last.on_behalf)
        event.effective_on, event.undoes_id = last.effective_on, last.id
        db.session.add(event)
        before = [e for e in events if e.id != last.id]
        card.state, card.due = replay(before), replay_due(card.action, before)
        event.card_version = card.version + 1
    return event


def correct_sent_date(actor: Actor, card: Card, day: date | None, basis: str, *, seen_version: int) -> CardEvent:
    """Let the office put the ngày gửi right, with its basis. The correction supersedes; the first entry is kept."""
    with change(actor, Permission.CARD_DATE_CORRECT, card, seen_version=seen_version):
        if card.sent_on is None or card.is_request:
            raise Refused(NOT_SENT)
        if not basis:
            raise Refused(BASIS_NEEDED, field="reason")
        rules.check_sent_day(card, day, required=True)
        event = new_event(actor, card, EventKind.DATE_CORRECTED, card.status, MoveInput(reason=basis), False)
        event.effective_on = day or clock.today()
        happen(card, event)
    return event


def new_event(actor: Actor, card: Card, kind: EventKind, to: Status, said: MoveInput, behalf: bool) -> CardEvent:
    """What `actor` does to `card` now, as the event that says so; the caller adds it to the session."""
    asks = kind is EventKind.ASKED_MORE
    return CardEvent(
        card_id=card.id,
        kind=kind,
        from_status=card.status,
        to_status=to,
        actor_id=actor.id,
        actor_name=actor.name,
        unit_name=actor.unit_name,
        effective_on=clock.today(),
        entered_on=clock.today(),
        recorded_at=clock.now(),
        reason=said.reason or None,
        ask_by=said.day if asks else None,
        document_number=said.document_number or None,
        document_on=said.document_on,
        on_behalf=behalf,
        card_version=card.version + 1,
    )


def happen(card: Card, event: CardEvent) -> None:
    """Let `event` make the state of `card` and its deadline, inside an open change."""
    card.state, card.due = after(card.state, _as_happened(event)), due_after(card.due, event)
    # A move may change nothing of the cached state (an ask repeated word for word): the version rises all the same.
    db.session.add(event)


def _as_happened(event: CardEvent) -> Any:
    return SimpleNamespace(**{c.key: getattr(event, c.key) for c in CardEvent.__table__.columns})


def _events(card: Card) -> Any:
    return select(CardEvent).where(CardEvent.card_id == card.id).order_by(CardEvent.id)


def _documents(card: Card) -> list[Evidence]:
    return list(db.session.scalars(select(Evidence).where(Evidence.card_id == card.id)))


def _accept_unseen(actor: Actor, card: Card) -> list[int]:
    unseen = [e for e in _documents(card) if e.review is Review.UNSEEN]
    for document in unseen:
        document.review = Review.VALID
        document.reviewed_by_id, document.reviewed_at, document.reviewed_on = actor.id, clock.now(), clock.today()
    card.evidence_valid += len(unseen)
    return [document.id for document in unseen]


def _unreview(event: CardEvent) -> None:
    ids = list(map(int, event.reviewed_ids.split()))
    if not ids:
        return
    card = db.session.get_one(Card, event.card_id)
    for document in db.session.scalars(select(Evidence).where(Evidence.id.in_(ids))):
        document.review = Review.UNSEEN
        document.reviewed_by_id = document.reviewed_at = document.reviewed_on = None
        card.evidence_valid -= 1


def _check_undo(actor: Actor, card: Card, events: list[CardEvent], last: CardEvent | None) -> None:
    if last is None or last.kind in KEPT:
        raise Refused(NOTHING_TO_UNDO)
    if last.actor_id != actor.id:
        raise Forbidden(NOT_YOURS)
    if any(event.undoes_id == last.id for event in events):
        raise Refused(NOTHING_TO_UNDO)
    if events[-1] is not last or card.version != last.card_version:
        raise Refused(UNDO_OVERTAKEN)
    if clock.now() - last.recorded_at > timedelta(seconds=UNDO_SECONDS):
        raise Refused(UNDO_TOO_LATE)
