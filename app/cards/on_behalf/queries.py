"""What the coordinating office entered for units on the basis of their documents, and what units asked about it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased, selectinload

from app.accounts.models import Person
from app.cards.models import Card, CardEvent
from app.cards.notes.models import CardNote, CorrectionRequest, Target
from app.cards.state import EventKind
from app.core import clock
from app.evidence.models import Evidence
from app.extensions import db

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Entry:
    """One thing entered for a unit; `what` is the kind of the event, document or note."""

    target: Target
    target_id: int
    card_id: int
    unit_id: int
    what: str
    document_number: str | None
    document_on: date | None
    entered_by: str
    entered_on: date
    recorded_at: datetime


def of_card(card_id: int) -> list[Entry]:
    """Everything entered for units on one card, the newest first."""
    return _read(_of_card(), card=card_id)


def entry(card_id: int, target: Target, target_id: int) -> Entry | None:
    """One of them."""
    return next((e for e in of_card(card_id) if (e.target, e.target_id) == (target, target_id)), None)


def unseen(unit_ids: Collection[int]) -> list[Entry]:
    """What was entered for these units' duties in the last 30 days and nobody there has acknowledged, newest first."""
    return _read(_unseen(), units=list(unit_ids), since=clock.today() - RECENT)


def unseen_number() -> ScalarSelect[int]:
    """How many of these there are for `:units` since the day `:since`, as a part of another query."""
    return select(func.count()).select_from(union_all(*_unseen_parts()).subquery()).scalar_subquery()


def open_requests() -> list[CorrectionRequest]:
    """The requests that the office has not answered, with their cards, the oldest first."""
    query = select(CorrectionRequest).where(CorrectionRequest.answer.is_(None))
    return list(db.session.scalars(query.options(selectinload(CorrectionRequest.card)).order_by(CorrectionRequest.id)))


def open_number() -> ScalarSelect[int]:
    """How many requests the office has not answered, as a part of another query."""
    return select(func.count(CorrectionRequest.id)).where(CorrectionRequest.answer.is_(None)).scalar_subquery()


def requests(card_id: int) -> list[CorrectionRequest]:
    """What the unit of a card asked to be corrected, the oldest first."""
    about = select(CorrectionRequest).where(CorrectionRequest.card_id == card_id).order_by(CorrectionRequest.id)
    return list(db.session.scalars(about))


def request(request_id: int) -> CorrectionRequest | None:
    """One request with its card."""
    query = select(CorrectionRequest).where(CorrectionRequest.id == request_id)
    return db.session.scalar(query.options(selectinload(CorrectionRequest.card)))


def _read(query: Any, **values: Any) -> list[Entry]:
    return [Entry(Target(row[0]), *row[1:]) for row in db.session.execute(query, values)]


@cache
def _of_card() -> Any:
    """Made once: to put three selects together takes longer than to run them."""
    return _entries(part.where(Card.id == bindparam("card")) for part in (_events(), _documents(), _notes()))


@cache
def _unseen() -> Any:
    return _entries(_unseen_parts())


def _unseen_parts() -> list[Select[Any]]:
    units = Card.unit_id.in_(bindparam("units", expanding=True))
    return [part.where(units, _is_unseen(part)) for part in (_events(), _documents(), _notes())]


def _entries(parts: Iterable[Select[Any]]) -> Any:
    every = union_all(*parts).subquery()
    return select(every).order_by(every.c.recorded_at.desc(), every.c.target, every.c.target_id.desc())


def _is_unseen(part: Select[Any]) -> ColumnElement[bool]:
    entered_on, recorded_at = part.exported_columns["entered_on"], part.exported_columns["recorded_at"]
    seen = Card.behalf_seen_at
    return and_(entered_on >= bindparam("since", type_=Date), or_(seen.is_(None), recorded_at > seen))


def _events() -> Select[Any]:
    undo = aliased(CardEvent)
    undone = select(undo.undoes_id).where(undo.undoes_id.is_not(None), undo.card_id == Card.id)
    return (
        select(
            literal(Target.EVENT.value).label("target"), CardEvent.id.label("target_id"), Card.id.label("card_id"),
            Card.unit_id.label("unit_id"), _text(CardEvent.kind).label("what"), CardEvent.document_number,
            CardEvent.document_on, CardEvent.actor_name.label("entered_by"), CardEvent.entered_on,
            CardEvent.recorded_at,
        )
        .join(Card, Card.id == CardEvent.card_id)
        .where(CardEvent.on_behalf, CardEvent.kind != EventKind.UNDONE, CardEvent.id.not_in(undone))
    )  # fmt: skip


def _documents() -> Select[Any]:
    return (
        select(
            literal(Target.EVIDENCE.value).label("target"), Evidence.id.label("target_id"), Card.id.label("card_id"),
            Evidence.unit_id.label("unit_id"), _text(Evidence.kind).label("what"),
            Evidence.number.label("document_number"), Evidence.issued_on.label("document_on"),
            Person.name.label("entered_by"), Evidence.uploaded_on.label("entered_on"),
            Evidence.uploaded_at.label("recorded_at"),
        )
        .join(Card, Card.id == Evidence.card_id)
        .join(Person, Person.id == Evidence.uploaded_by_id)
        .where(Evidence.on_behalf)
    )  # fmt: skip


def _notes() -> Select[Any]:
    """The versions in force: a correction is no second entry."""
    newer = aliased(CardNote)
    replaced = select(newer.corrects_id).where(newer.corrects_id.is_not(None), newer.card_id == Card.id)
    return (
        select(
            literal(Target.NOTE.value).label("target"), CardNote.id.label("target_id"), Card.id.label("card_id"),
            CardNote.unit_id.label("unit_id"), _text(CardNote.kind).label("what"), CardNote.document_number,
            CardNote.document_on, CardNote.author_name.label("entered_by"), CardNote.entered_on, CardNote.recorded_at,
        )
        .join(Card, Card.id == CardNote.card_id)
        .where(CardNote.on_behalf, CardNote.id.not_in(replaced))
    )  # fmt: skip


def _text(column: Any) -> Any:
    """The stored value of an enumeration, so that three of them can stand in one column."""
    return type_coerce(column, String)
