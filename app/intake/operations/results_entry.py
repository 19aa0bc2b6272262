"""One result that the office enters for a unit from a file: the same events as by hand, inside one open change."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.notes.models import CardNote, NoteKind, Period
from app.cards.operations.moving import happen, new_event
from app.cards.policy import acts_on_behalf
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.actor import Actor
from app.evidence.models import Evidence, EvidenceKind, Review
from app.extensions import db

_SECOND_HALF = 7


@dataclass(frozen=True)
class Result:
    """What one row says; days are calendar days, blanks None or empty."""

    status: Status
    sent_on: date | None
    number: str
    issued_on: date | None
    text: str


def enter(actor: Actor, card: Card, result: Result, number: str, issued_on: date | None) -> None:
    """Bring `card` from the beginning to where `result` says, on its own document or else the file's.

    A sending is judged by its ngày gửi and is proved by the document, whose file may be added later.
    """
    own = bool(result.number)
    said = MoveInput(
        document_number=result.number or number,
        document_on=result.issued_on if own else issued_on,
    )
    behalf = acts_on_behalf(actor, card)
    if card.is_request:
        _event(actor, card, EventKind.ANSWERED, Status.DONE, said, behalf, result.sent_on)
    elif result.status is Status.DOING:
        _begin(actor, card, result, said, behalf)
    else:
        document = _document(actor, card, result, said, behalf)
        _event(actor, card, EventKind.SENT, Status.WAITING, said, behalf, result.sent_on)
        if result.status is Status.DONE:
            confirmed = _event(actor, card, EventKind.CONFIRMED, Status.DONE, said, False, None, add=False)
            document.review, document.reviewed_by_id = Review.VALID, actor.id
            document.reviewed_at, document.reviewed_on = clock.now(), clock.today()
            card.evidence_valid += 1
            confirmed.reviewed_ids = str(document.id)
            happen(card, confirmed)


def _begin(actor: Actor, card: Card, result: Result, said: MoveInput, behalf: bool) -> None:
    kind = EventKind.RESULT_NOTED if card.is_standing else EventKind.MOVED
    _event(actor, card, kind, Status.DOING, said, behalf, None)
    if not result.text:
        return
    standing = card.is_standing
    card.results_noted += standing
    db.session.add(
        CardNote(
            card_id=card.id,
            unit_id=card.unit_id,
            unit_name=card.unit.name,
            kind=NoteKind.RESULT if standing else NoteKind.PROGRESS,
            period=_period() if standing else None,
            period_year=card.action.plan.year if standing else None,
            text=result.text,
            author_id=actor.id,
            author_name=actor.name,
            on_behalf=behalf,
            document_number=said.document_number if behalf else None,
            document_on=said.document_on if behalf else None,
            entered_on=clock.today(),
            recorded_at=clock.now(),
        )
    )


def _period() -> Period:
    return Period.HALF if clock.today().month < _SECOND_HALF else Period.YEAR


def _document(actor: Actor, card: Card, result: Result, said: MoveInput, behalf: bool) -> Evidence:
    document = Evidence(
        card_id=card.id,
        unit_id=card.unit_id,
        kind=EvidenceKind.OTHER,
        number=said.document_number,
        issued_on=said.document_on,
        summary=result.text or _("Kết quả thực hiện nhập từ tệp Excel"),
        uploaded_by_id=actor.id,
        uploaded_at=clock.now(),
        uploaded_on=clock.today(),
        on_behalf=behalf,
        review=Review.UNSEEN,
        files=[],
    )
    db.session.add(document)
    card.evidence_total += 1
    card.uploaders = str(actor.id)
    db.session.flush()
    return document


def _event(
    actor: Actor,
    card: Card,
    kind: EventKind,
    to: Status,
    said: MoveInput,
    behalf: bool,
    day: date | None,
    *,
    add: bool = True,
) -> Any:
    event = new_event(actor, card, kind, to, said, behalf)
    event.effective_on = day or event.effective_on
    if add:
        happen(card, event)
    return event
