"""What people do to duties, chosen by chance; each deed says in a few words what was done, or nothing."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import select

from app.accounts.models import Person, RoleGrant
from app.cards import moves
from app.cards.deadlines import operations as deadlines
from app.cards.models import Card, CardEvent
from app.cards.moves import BY_DEED, Deed, MoveInput
from app.cards.notes import operations as notes
from app.cards.notes.models import NoteKind, Period
from app.cards.notes.rules import NoteInput
from app.cards.on_behalf import operations as corrections
from app.cards.operations import moving
from app.cards.queries import rows
from app.cards.state import EventKind
from app.core import clock
from app.core.actor import Actor
from app.evidence.models import Evidence, EvidenceKind, Review
from app.evidence.operations import add_evidence, review_evidence
from app.evidence.particulars import Particulars
from app.extensions import db
from app.files.store import Incoming, installed_store
from app.plans.models import ActionKind, DueLevel
from tests import world
from tests.world import PDF, PEOPLE

Item = TypeVar("Item")
OFFICE = ("chi", "ha")
_read: dict[str, Actor] = {}
_dwelt: set[int] = set()


def some_day(rng: Random, *, ahead: int = 0) -> date:
    """A day up to two months ago, today as likely as all of them, or up to `ahead` days from now."""
    back = rng.choice((0, 0, rng.randint(1, 15), rng.randint(1, 60)))
    return clock.today() - timedelta(days=back) if not ahead or rng.random() < 0.3 else _coming(rng, ahead)


def _coming(rng: Random, ahead: int) -> date:
    return clock.today() + timedelta(days=rng.randint(0, ahead))


def said(rng: Random, *, day: date | None = None) -> MoveInput:
    """A document of any day, with a reason and a number."""
    return MoveInput("Theo văn bản", day, f"{rng.randint(1, 99)}/UBND", rng.choice((None, some_day(rng))))


def pick(rng: Random, among: Sequence[Item]) -> Item | None:
    return rng.choice(list(among)) if among else None


def cards(*conditions: Any) -> list[int]:
    return list(db.session.scalars(select(Card.id).where(*conditions).order_by(Card.id)))


def some_card(rng: Random, *conditions: Any) -> Card | None:
    """A duty; the few that a history dwells on come up most."""
    ids = cards(*conditions)
    if not ids:
        return None
    dwelt = [card_id for card_id in ids if card_id in _dwelt] or ids
    return rows.card(person("chi"), rng.choice(dwelt if rng.random() < 0.8 else ids))


def anybody(rng: Random) -> Actor:
    return person(rng.choice(list(PEOPLE)))


def person(username: str) -> Actor:
    """One of the cast, read once until roles pass on (`forget`)."""
    if username not in _read:
        _read[username] = world.person(username)
    return _read[username]


def forget() -> None:
    """Roles may be others now."""
    _read.clear()


def begin(rng: Random) -> None:
    """Choose the duties on which a history dwells: two with a date of the plan, a standing one, others."""
    forget()
    _dwelt.clear()
    dated, standing = Card.due_on.is_not(None), Card.action.has(kind=ActionKind.STANDING)
    for conditions, number in (([dated], 2), ([standing], 1), ([], 2)):
        _dwelt.update(rng.sample(cards(*conditions), number))


def people_of(unit_id: int) -> list[str]:
    """The sign-in names of those who work in a unit now."""
    held = select(Person.username).join(RoleGrant, RoleGrant.person_id == Person.id)
    here = held.where(RoleGrant.unit_id == unit_id, RoleGrant.valid_to.is_(None)).distinct()
    return sorted(db.session.scalars(here))


def named(card: Card) -> str:
    return f"{card.action.clause.address} ({card.id})"


def move(rng: Random) -> str | None:
    """A move that stands open to somebody."""
    card = some_card(rng)
    actors = (person(name) for name in rng.sample(list(PEOPLE), len(PEOPLE)))
    open_to = ((actor, list(moves.open_to(actor, card))) for actor in actors if card is not None)
    found = next(((actor, ways) for actor, ways in open_to if ways), None)
    if card is None or found is None:
        return None
    actor, ways = found
    way = rng.choice(ways)
    return _make(rng, actor, card, way)


def _make(rng: Random, actor: Actor, card: Card, way: moves.Move) -> str:
    day = None
    if way.deed is Deed.SEND:
        day = rng.choice((None, some_day(rng)))
    elif way.deed is Deed.ASK_MORE:
        day = rng.choice((None, _coming(rng, 20)))
    words = said(rng, day=day)
    moving.make_move(actor, card, way, seen_version=card.version, said=words)
    return f"{actor.name} {way.deed.value} {named(card)}, {day}, {words.document_on}"


def close(rng: Random) -> str | None:
    """The year's end of a standing duty, begun first where it was not."""
    card = some_card(rng, Card.action.has(kind=ActionKind.STANDING))
    if card is None:
        return None
    for deed in (Deed.START, Deed.CLOSE):
        if moves.stands_open(card, BY_DEED[deed]):
            moving.make_move(person("chi"), card, BY_DEED[deed], seen_version=card.version, said=said(rng))
    return f"Chi closes {named(card)}"


def prove(rng: Random) -> str | None:
    card = some_card(rng)
    if card is None:
        return None
    who = person(rng.choice([*people_of(card.unit_id), "ha"]))
    words = Particulars(EvidenceKind.REPORT, "Báo cáo kết quả", f"{rng.randint(1, 99)}/BC", issued_on=some_day(rng))
    given = [Incoming("bao-cao.pdf", io.BytesIO(PDF))]
    add_evidence(who, card, words, given, store=installed_store(), limit_bytes=1_000_000)
    return f"{who.name} proves {named(card)}"


def review(rng: Random) -> str | None:
    document_id = pick(rng, list(db.session.scalars(select(Evidence.id).order_by(Evidence.id))))
    document = db.session.get(Evidence, document_id) if document_id else None
    if document is None:
        return None
    verdict = rng.choice((Review.VALID, Review.LACKING))
    review_evidence(person(rng.choice(OFFICE)), document, verdict, "Thiếu số liệu", seen_version=document.version)
    return f"document {document_id} {verdict.value}"


def undo(rng: Random) -> str | None:
    """The last deed on some card, taken back by whoever did it."""
    card = some_card(rng)
    event = rows.events(card.id)[-1:] if card is not None else []
    if card is None or not event:
        return None
    name = db.session.scalars(select(Person.username).where(Person.id == event[0].actor_id)).one()
    moving.undo(person(name), card, event[0].id)
    return f"undo {event[0].kind.value} of {named(card)}"


def correct_sent(rng: Random) -> str | None:
    card = some_card(rng, Card.sent_on.is_not(None))
    if card is None:
        return None
    day = some_day(rng)
    moving.correct_sent_date(person("ha"), card, day, "Theo QLVB", seen_version=card.version)
    return f"{named(card)} was sent on {day}"


def set_date(rng: Random) -> str | None:
    card, level = some_card(rng), rng.choice(list(DueLevel))
    if card is None:
        return None
    words = said(rng, day=some_day(rng, ahead=120))
    deadlines.set_deadline(person("ha"), card, level, words, seen_version=card.version)
    return f"{named(card)} until {words.day}, {level.value}, document of {words.document_on}"


def ask(rng: Random) -> str | None:
    card = some_card(rng, Card.due_on.is_not(None))
    if card is None:
        return None
    there = people_of(card.unit_id) or ["lan"]
    words = said(rng, day=_coming(rng, 150))
    deadlines.ask_extension(person(rng.choice(there)), card, words, seen_version=card.version)
    return f"{named(card)} wants {words.day}"


def _asking(rng: Random) -> Card | None:
    return some_card(rng, Card.extension_id.is_not(None))


def decide(rng: Random) -> str | None:
    card, granted = _asking(rng), rng.random() < 0.6
    if card is None:
        return None
    words = said(rng, day=rng.choice((card.extension_wanted, _coming(rng, 150))))
    who = person(rng.choice((*OFFICE, "son")))
    deadlines.decide_extension(who, card, card.extension_id or 0, words, granted=granted, seen_version=card.version)
    return f"{named(card)} extended to {words.day}: {granted}, document of {words.document_on}"


def grant(rng: Random) -> str | None:
    card = some_card(rng, Card.due_on.is_not(None))
    if card is None:
        return None
    words = said(rng, day=_coming(rng, 150))
    deadlines.grant_extension(person(rng.choice((*OFFICE, "son"))), card, words, seen_version=card.version)
    return f"{named(card)} granted {words.day}, document of {words.document_on}"


def take_back(rng: Random) -> str | None:
    card = _asking(rng)
    if card is None:
        return None
    deadlines.withdraw_extension(anybody(rng), card, card.extension_id or 0, seen_version=card.version)
    return f"{named(card)} wants no more"


def change_kind(rng: Random) -> str | None:
    card, kind = some_card(rng), rng.choice(list(ActionKind))
    if card is None:
        return None
    words = said(rng)
    deadlines.change_kind(person("ha"), card, kind, words, seen_version=card.version)
    return f"{named(card)} is {kind.value}, document of {words.document_on}"


def note(rng: Random) -> str | None:
    """A result of a period, or something else, by the unit or on its behalf; then perhaps a correction is asked."""
    card = some_card(rng)
    if card is None:
        return None
    kind = rng.choice((NoteKind.RESULT, NoteKind.RESULT, NoteKind.PROGRESS, NoteKind.DIFFICULTY))
    words = NoteInput(kind, f"Nội dung {rng.randint(1, 999)}", rng.choice(list(Period)), "7/BC", some_day(rng))
    who = anybody(rng)
    made = notes.add_note(who, card, words)
    if made.on_behalf and rng.random() < 0.5:
        _doubt(rng, card)
    return f"{who.name} notes {kind.value} on {named(card)}"


def _doubt(rng: Random, card: Card) -> None:
    entered = select(CardEvent.id).where(CardEvent.card_id == card.id, CardEvent.on_behalf)
    event_id = pick(rng, list(db.session.scalars(entered.where(CardEvent.kind != EventKind.UNDONE))))
    there = people_of(card.unit_id)
    if event_id is not None and there:
        corrections.ask_correction(person(there[0]), card, corrections.Target.EVENT, event_id, "Sai ngày")
