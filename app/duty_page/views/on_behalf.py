"""What the office entered for a unit, as the unit, the office and the leaders read it, with what was asked about it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_login import current_user

from app.cards.notes.models import Answer, CorrectionRequest, NoteKind, Target
from app.cards.notes.rules import NOTE_KIND_WORDS
from app.cards.on_behalf.queries import Entry
from app.cards.state import EventKind
from app.core import clock
from app.core.policy import Permission, can
from app.duty_page.views.history import Story
from app.duty_page.views.timeline import EVENT_WORDS, event_words
from app.evidence.models import EvidenceKind
from app.evidence.words import DOCUMENT_KIND_WORDS


@dataclass(frozen=True)
class CorrectionView:
    """A request about one entry, and its answer."""

    id: int
    version: int
    reason: str
    who: str
    at: datetime
    is_open: bool
    corrected: bool
    answer_reason: str | None
    answered_by: str | None
    answered_on: date | None


@dataclass(frozen=True)
class EntryFace:
    """One thing entered on behalf. `key` names it in forms: event-12."""

    key: str
    what: str
    document_number: str | None
    document_on: date | None
    who: str
    at: datetime
    requests: tuple[CorrectionView, ...]
    can_ask: bool


@dataclass(frozen=True)
class BehalfPanel:
    entries: tuple[EntryFace, ...]
    unseen: int
    can_answer: bool

    def has(self, name: str) -> bool:
        """Whether the form `name` is the viewer's: "correction-<key>" or "answer-<id>"."""
        forms = {f"correction-{entry.key}" for entry in self.entries if entry.can_ask}
        if self.can_answer:
            forms |= {f"answer-{asked.id}" for entry in self.entries for asked in entry.requests if asked.is_open}
        return name in forms


def behalf_panel(story: Story) -> BehalfPanel:
    """The panel for the person signed in; empty for who may not read remarks on the unit."""
    card, seen_at = story.card, story.card.behalf_seen_at
    told = can(current_user, Permission.CARD_FEEDBACK_READ, card)
    readable = [e for e in story.entries if told or can(current_user, Permission.CORRECTION_ASK, e)]
    own = can(current_user, Permission.BEHALF_SEE, card)
    return BehalfPanel(
        entries=tuple(_face(entry, story) for entry in readable),
        unseen=sum(own and (seen_at is None or entry.recorded_at > seen_at) for entry in readable),
        can_answer=can(current_user, Permission.CORRECTION_ANSWER),
    )


def what_words(entry: Entry) -> Any:
    """What was entered, in words: the deed, the kind of document or of note."""
    match entry.target:
        case Target.EVENT:
            return EVENT_WORDS.get(EventKind(entry.what), "")
        case Target.EVIDENCE:
            return DOCUMENT_KIND_WORDS[EvidenceKind(entry.what)]
    return NOTE_KIND_WORDS[NoteKind(entry.what)]


def _face(entry: Entry, story: Story) -> EntryFace:
    ids = _versions(entry, story)
    asked = [r for r in story.requests if r.target is entry.target and r.target_id in ids]
    is_open = any(request.is_open for request in asked)
    return EntryFace(
        key=f"{entry.target}-{entry.target_id}",
        what=_what(entry, story),
        document_number=entry.document_number,
        document_on=entry.document_on,
        who=entry.entered_by,
        at=clock.on_day(entry.entered_on, entry.recorded_at),
        requests=tuple(map(_asked, asked)),
        can_ask=not is_open and can(current_user, Permission.CORRECTION_ASK, entry),
    )


def _versions(entry: Entry, story: Story) -> set[int]:
    """The ids under which people asked about an entry: a note keeps the requests of the versions it replaced."""
    note = next((n for n in story.notes.every if entry.target is Target.NOTE and n.id == entry.target_id), None)
    return {entry.target_id, *(before.id for before in (story.notes.replaced_by(note) if note else ()))}


def _what(entry: Entry, story: Story) -> str:
    event = next((e for e in story.events if entry.target is Target.EVENT and e.id == entry.target_id), None)
    return event_words(event, story.card) if event else str(what_words(entry)).lower()


def _asked(request: CorrectionRequest) -> CorrectionView:
    return CorrectionView(
        id=request.id,
        version=request.version,
        reason=request.reason,
        who=request.asked_by_name,
        at=clock.on_day(request.asked_on, request.asked_at),
        is_open=request.is_open,
        corrected=request.answer is Answer.CORRECTED,
        answer_reason=request.answer_reason,
        answered_by=request.answered_by_name,
        answered_on=request.answered_on,
    )
