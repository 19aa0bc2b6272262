"""What people write on a duty. A note raises the card's version; the first result of a standing duty moves it too."""

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.cards.models import Card
from app.cards.moves import MoveInput
from app.cards.notes import queries, rules
from app.cards.notes.models import CardNote, NoteKind
from app.cards.notes.rules import NoteInput
from app.cards.operations.moving import happen, new_event
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.actor import Actor
from app.core.change import GONE, change
from app.core.errors import Refused
from app.core.policy import Permission
from app.evidence.policy import unit_of
from app.extensions import db
from app.organisation.models import Unit
from app.plans.models import CoordinatingUnit


def add_note(actor: Actor, card: Card, said: NoteInput) -> CardNote:
    """Write on a card: for one's own unit, leading or coordinating, or by the office for it on a document.

    A result for a period that has one replaces it and keeps it. The first result of a standing duty puts it in Đang.
    Raises `Forbidden`; `Refused` for a kind that is not the unit's, a closed duty, a text that is missing, too long
    or written before.
    """
    with change(actor, Permission.NOTE_ADD, card):
        kind = rules.check_written(actor, card, said)
        note = _new(actor, card, kind, said)
        written = queries.notes(card.id)
        rules.check_new(note, written.current)
        if kind is NoteKind.RESULT:
            _note_result(actor, card, note, written)
        db.session.add(note)
        touch(card)
    return note


def correct_note(actor: Actor, note: CardNote, text: str) -> CardNote:
    """Put one's own note right as a new version; the old one is kept.

    Raises `Forbidden` for somebody else's note, `Refused` where it was replaced, resolved, or its duty is closed.
    """
    with change(actor, Permission.NOTE_ADD, note.card):
        replaced = select(CardNote.id).where(CardNote.corrects_id == note.id).limit(1)
        rules.check_correction(actor, note, db.session.scalar(replaced) is not None)
        rules.check_text(text)
        newer = _version(note, text)
        db.session.add(newer)
        touch(note.card)
    return newer


def resolve_note(actor: Actor, note: CardNote) -> CardNote:
    """Say that a difficulty is đã giải quyết. Raises `Forbidden`, `Refused` for another kind or one said before."""
    found = queries.note(note.id)
    if found is None:
        raise Refused(GONE)
    with change(actor, Permission.NOTE_RESOLVE, found):
        if found.kind is not NoteKind.DIFFICULTY:
            raise Refused(rules.ONLY_DIFFICULTIES)
        if found.resolved_on is not None:
            raise Refused(rules.RESOLVED)
        found.resolved_on, found.resolved_at = clock.today(), clock.now()
        found.resolved_by_id, found.resolved_by_name = actor.id, actor.name
        touch(found.card)
    return found


def touch(card: Card) -> None:
    """Raise the version of `card`, though no column of it changes: whoever looks at an older one must notice."""
    flag_modified(card, "evidence_total")


def _new(actor: Actor, card: Card, kind: NoteKind, said: NoteInput) -> CardNote:
    behalf = rules.writes_on_behalf(actor, card)
    unit_id, unit_name = _whose(actor, card, said)
    is_result = kind is NoteKind.RESULT
    return CardNote(
        card_id=card.id,
        unit_id=unit_id,
        unit_name=unit_name,
        kind=kind,
        period=said.period if is_result else None,
        period_year=card.action.plan.year if is_result else None,
        text=said.text,
        author_id=actor.id,
        author_name=actor.name,
        on_behalf=behalf,
        document_number=said.document_number or None if behalf else None,
        document_on=said.document_on if behalf else None,
        entered_on=clock.today(),
        recorded_at=clock.now(),
    )


def _whose(actor: Actor, card: Card, said: NoteInput) -> tuple[int, str]:
    """The unit of a note. A coordinating unit without an account stands by its name, under the lead."""
    own = unit_of(actor, card)
    if own is not None:
        return own, db.session.get_one(Unit, own).name
    if said.kind is not NoteKind.COORDINATION:
        return card.unit_id, card.unit.name
    named = next((c for c in card.action.coordinating if c.id == said.coordinating_id), None)
    if named is None:
        raise Refused(rules.WHOSE_NEEDED, field="coordinating")
    return _unit_of_name(card, named), named.name


def _unit_of_name(card: Card, named: CoordinatingUnit) -> int:
    return named.unit_id if named.unit_id is not None else card.unit_id


def _note_result(actor: Actor, card: Card, note: CardNote, written: queries.Notes) -> None:
    before = written.results.get(note.period) if note.period else None
    note.corrects_id = before.id if before else None
    card.results_noted += before is None
    if card.status is Status.TODO:
        document = MoveInput(document_number=note.document_number or "", document_on=note.document_on)
        happen(card, new_event(actor, card, EventKind.RESULT_NOTED, Status.DOING, document, note.on_behalf))


def _version(note: CardNote, text: str) -> CardNote:
    kept = ("card_id", "unit_id", "unit_name", "kind", "period", "period_year", "author_id", "author_name")
    behalf = ("on_behalf", "document_number", "document_on")
    return CardNote(
        **{name: getattr(note, name) for name in (*kept, *behalf)},
        text=text,
        entered_on=clock.today(),
        recorded_at=clock.now(),
        corrects_id=note.id,
    )
