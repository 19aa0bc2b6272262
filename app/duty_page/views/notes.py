"""What was written on a duty, for one viewer: results per period, notes, and the forms that are theirs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_login import current_user

from app.cards.models import Card
from app.cards.notes.models import CardNote, NoteKind, Period
from app.cards.notes.queries import Notes
from app.cards.notes.rules import NOTE_KIND_WORDS, closed_to, kinds_for, period_words, writes_on_behalf
from app.core import clock
from app.core.policy import Permission, can
from app.duty_page.views.history import Story

_TONES = {NoteKind.DIFFICULTY: "returned", NoteKind.PROPOSAL: "info"}


@dataclass(frozen=True)
class Version:
    """An earlier text of a note."""

    text: str
    at: datetime


@dataclass(frozen=True)
class NoteFace:
    """One note in force."""

    id: int
    kind_label: Any
    tone: str | None
    text: str
    who: str
    unit_name: str
    at: datetime
    on_behalf: bool
    document_number: str | None
    document_on: date | None
    resolved_on: date | None
    resolved_by: str | None
    earlier: tuple[Version, ...]
    can_correct: bool
    can_resolve: bool


@dataclass(frozen=True)
class PeriodRow:
    """A period of a standing duty and its result, if one was noted."""

    label: str
    note: NoteFace | None


@dataclass(frozen=True)
class NotePanel:
    """The panel for one viewer. Choices are pairs of value and words."""

    periods: tuple[PeriodRow, ...]
    items: tuple[NoteFace, ...]
    kinds: tuple[tuple[str, Any], ...]
    result_periods: tuple[tuple[str, str], ...]
    on_behalf: bool
    coordinating: tuple[tuple[int, str], ...]

    def has(self, name: str) -> bool:
        """Whether the form `name` is the viewer's: "note", "result" or "note-<id>"."""
        forms = {f"note-{n.id}" for n in (*self.items, *(p.note for p in self.periods if p.note)) if n.can_correct}
        offered = (("note", self.kinds), ("result", self.result_periods))
        return name in forms | {form for form, choices in offered if choices}


def note_panel(story: Story) -> NotePanel:
    """What the person signed in reads and may write."""
    card, notes = story.card, story.notes
    writes = can(current_user, Permission.NOTE_ADD, card)
    kinds = kinds_for(current_user, card) if writes else ()
    behalf = writes and writes_on_behalf(current_user, card)
    shown = [n for n in notes.current if n.kind is not NoteKind.RESULT and can(current_user, Permission.NOTE_READ, n)]
    return NotePanel(
        periods=_periods(card, notes),
        items=tuple(_face(note, notes) for note in reversed(shown)),
        kinds=tuple((kind.value, NOTE_KIND_WORDS[kind]) for kind in kinds if kind is not NoteKind.RESULT),
        result_periods=_result_periods(card) if NoteKind.RESULT in kinds else (),
        on_behalf=behalf,
        coordinating=tuple((c.id, c.name) for c in card.action.coordinating) if behalf else (),
    )


def _periods(card: Card, notes: Notes) -> tuple[PeriodRow, ...]:
    if not card.is_standing and not notes.results:
        return ()
    results, year = notes.results, card.action.plan.year
    found = {period: results.get(period) for period in Period}
    return tuple(PeriodRow(period_words(p, year), _face(note, notes) if note else None) for p, note in found.items())


def _result_periods(card: Card) -> tuple[tuple[str, str], ...]:
    return tuple((period.value, period_words(period, card.action.plan.year)) for period in Period)


def _face(note: CardNote, notes: Notes) -> NoteFace:
    open_difficulty = note.kind is NoteKind.DIFFICULTY and note.resolved_on is None
    correctable = note.author_id == current_user.id and note.resolved_on is None
    writes = correctable and closed_to(note.card, note.kind) is None
    return NoteFace(
        id=note.id,
        kind_label=NOTE_KIND_WORDS[note.kind],
        tone=_TONES.get(note.kind) if note.resolved_on is None else "done",
        text=note.text,
        who=note.author_name,
        unit_name=note.unit_name,
        at=clock.on_day(note.entered_on, note.recorded_at),
        on_behalf=note.on_behalf,
        document_number=note.document_number,
        document_on=note.document_on,
        resolved_on=note.resolved_on,
        resolved_by=note.resolved_by_name,
        earlier=tuple(Version(n.text, clock.on_day(n.entered_on, n.recorded_at)) for n in notes.replaced_by(note)),
        can_correct=writes and can(current_user, Permission.NOTE_ADD, note.card),
        can_resolve=open_difficulty and can(current_user, Permission.NOTE_RESOLVE, note),
    )
