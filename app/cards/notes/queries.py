"""What was written on duties: the versions in force, and those that they replaced."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.cards.models import Card
from app.cards.notes.models import CardNote, NoteKind, Period
from app.extensions import db


@dataclass(frozen=True)
class Notes:
    """The notes of one card, the oldest first."""

    every: tuple[CardNote, ...]

    @property
    def current(self) -> tuple[CardNote, ...]:
        """The versions in force."""
        replaced = {note.corrects_id for note in self.every}
        return tuple(note for note in self.every if note.id not in replaced)

    def of(self, *kinds: NoteKind) -> tuple[CardNote, ...]:
        """The versions in force of some kinds."""
        return tuple(note for note in self.current if note.kind in kinds)

    @property
    def results(self) -> dict[Period, CardNote]:
        """Period → its result, in the order of the periods."""
        by_period = {note.period: note for note in self.of(NoteKind.RESULT)}
        return {period: by_period[period] for period in Period if period in by_period}

    @property
    def open_difficulties(self) -> tuple[CardNote, ...]:
        return tuple(note for note in self.of(NoteKind.DIFFICULTY) if note.resolved_on is None)

    def replaced_by(self, note: CardNote) -> tuple[CardNote, ...]:
        """The earlier versions of `note`, the newest of them first."""
        by_id = {other.id: other for other in self.every}
        found, before = [], by_id.get(note.corrects_id or 0)
        while before is not None:
            found.append(before)
            before = by_id.get(before.corrects_id or 0)
        return tuple(found)


NONE = Notes(())


def notes(card_id: int) -> Notes:
    """Everything written on a card."""
    return Notes(_read(select(CardNote).where(CardNote.card_id == card_id)))


def note(note_id: int) -> CardNote | None:
    """One note with its card."""
    return next(iter(_read(select(CardNote).where(CardNote.id == note_id))), None)


def of_plan(plan_id: int) -> dict[int, Notes]:
    """Card id → what was written on it, for the cards of a plan that have notes."""
    by_card: dict[int, list[CardNote]] = {}
    query = select(CardNote).join(Card, Card.id == CardNote.card_id).where(Card.plan_id == plan_id)
    for found in db.session.scalars(query.order_by(CardNote.id)):
        by_card.setdefault(found.card_id, []).append(found)
    return {card_id: Notes(tuple(listed)) for card_id, listed in by_card.items()}


def _read(query: Any) -> tuple[CardNote, ...]:
    found: Iterable[CardNote] = db.session.scalars(query.options(selectinload(CardNote.card)).order_by(CardNote.id))
    return tuple(found)
