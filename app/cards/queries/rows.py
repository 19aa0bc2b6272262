"""What the board reads: light rows in one query, single cards, and what happened to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from app.accounts.models import Person
from app.cards.models import Card, CardEvent
from app.cards.queries import row_cache
from app.cards.queries.row_cache import Snapshot
from app.cards.state import Feedback, Status
from app.core.actor import Actor
from app.core.audit import AuditEntry
from app.evidence.models import Evidence
from app.extensions import db
from app.organisation.models import Unit, UnitKind
from app.plans.models import Action, ActionKind, Clause, CoordinatingUnit, DueLevel


@dataclass(frozen=True)
class UnitBrief:
    """The unit of a row, as rules and faces read it."""

    id: int
    name: str
    short_name: str
    kind: UnitKind
    staff_may_send: bool
    leader_confirms: bool
    order: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A card as the board shows it: frozen, and alike enough to `Card` that one policy serves both."""

    id: int
    version: int
    plan_id: int
    action_id: int
    position: int
    code: str
    text: str
    duty: str | None
    kind: ActionKind
    is_request: bool
    is_remedy: bool
    source: str | None
    is_shared: bool
    needs_evidence: bool
    starts_on: date | None
    due_on: date | None
    due_level: DueLevel | None
    due_basis: str | None
    due_original_on: date | None
    extensions: int
    extension_id: int | None
    extension_wanted: date | None
    unit_id: int
    unit: UnitBrief
    status: Status
    resume_to: Status | None
    sent_on: date | None
    sent_by_id: int | None
    sent_from: Status | None
    returned_on: date | None
    finished_on: date | None
    feedback: Feedback | None
    feedback_reason: str | None
    feedback_by: date | None
    feedback_on: date | None
    evidence_total: int
    evidence_valid: int
    evidence_lacking: int
    uploaders: str
    results_noted: int
    corrections_open: int
    holder_id: int | None
    holder_name: str | None

    def __hash__(self) -> int:
        """Cheap, since whole rows are keys of what is kept; equal rows still are equal in every field."""
        return hash((self.id, self.version))

    @property
    def uploader_ids(self) -> frozenset[int]:
        return frozenset(map(int, self.uploaders.split()))


# The conclusion that asks for a remedy: its first deadline's basis, whatever set a later one.
_SOURCE = case((Action.is_remedy, Action.due_wording)).label("source")
_COLUMNS: dict[str, Any] = {  # of `Row`, by its fields; `unit` is made of `_UNIT_COLUMNS`
    "id": Card.id,
    "position": Action.position,
    "code": Clause.address,
    "text": Clause.text,
    **{name: getattr(Action, name) for name in ("duty", "kind", "is_request", "is_remedy", "is_shared")},
    **{name: getattr(Action, name) for name in ("starts_on", "needs_evidence")},
    "source": _SOURCE,
    "holder_name": Person.name,
}
_COLUMNS |= {field.name: getattr(Card, field.name) for field in fields(Row) if field.name not in {*_COLUMNS, "unit"}}
_UNIT_COLUMNS: dict[str, Any] = {
    field.name: getattr(Unit, field.name) for field in fields(UnitBrief) if field.name != "order"
}
_UNIT_COLUMNS |= {"sort_order": Unit.sort_order, "sort_key": Unit.sort_key}


def rows(plan_id: int, unit_id: int | None = None) -> list[Row]:
    """The cards of a plan (of one unit) as light rows, in the plan's order and the official order of units.

    The list is shared between visits: not to be altered.
    """
    found: list[Row] = snapshot(plan_id).rows
    return found if unit_id is None else [row for row in found if row.unit_id == unit_id]


def snapshot(plan_id: int) -> Snapshot:
    """All rows of a plan as of one entry of the log, kept between visits: not to be altered."""

    def read(cards: Iterable[int] | None) -> list[Row]:
        if cards is None:
            return _rows(_select().where(Card.plan_id == plan_id))
        return _rows(_select().where(Card.id.in_(cards))) if cards else []

    return row_cache.snapshot_of(plan_id, read)


def selected(plan_ids: Collection[int], *conditions: Any) -> list[Row]:
    """The cards of these plans that meet `conditions` over `Card`, `Action` and `Unit`; those of each in its order."""
    return _rows(_select().where(Card.plan_id.in_(plan_ids), *conditions))


def row(card_id: int) -> Row | None:
    """One card as a light row."""
    found = _rows(_select().where(Card.id == card_id))
    return found[0] if found else None


def standing_row(plan_id: int, card_id: int) -> Row | None:
    """One card of a plan out of the rows that are kept."""
    found = snapshot(plan_id)
    place = found.family.places.get(card_id)
    return None if place is None else found.rows[place]


def some(card_ids: Iterable[int]) -> list[Row]:
    """Cards by their ids as light rows."""
    ids = set(card_ids)
    return _rows(_select().where(Card.id.in_(ids))) if ids else []


def siblings(card: Card) -> list[Row]:
    """The cards of the same action in other units' hands."""
    query = _select().where(Card.action_id == card.action_id, Card.id != card.id)
    return _rows(query)


def card(_actor: Actor, card_id: int) -> Card | None:
    """One card with its action, clause, plan, units and evidence. Everybody who is signed in may see it."""
    return db.session.scalar(
        select(Card)
        .where(Card.id == card_id)
        .options(selectinload(Card.evidence).selectinload(Evidence.files), joinedload(Card.action))
    )


def bare_card(card_id: int) -> Card | None:
    """One card for a deed: what the deed does not read of its surroundings is not loaded."""
    return db.session.scalar(_bare_card(), {"card": card_id})


@cache
def _bare_card() -> Any:
    return select(Card).where(Card.id == bindparam("card")).options(lazyload(Card.action, Action.coordinating))


def card_of_event(actor: Actor, event_id: int) -> Card | None:
    """The card that an event moved."""
    card_id = db.session.scalar(select(CardEvent.card_id).where(CardEvent.id == event_id))
    return card(actor, card_id) if card_id is not None else None


def events(card_id: int) -> list[CardEvent]:
    """What happened to a card, the oldest first."""
    return list(db.session.scalars(select(CardEvent).where(CardEvent.card_id == card_id).order_by(CardEvent.id)))


def last_change(card_id: int) -> AuditEntry | None:
    """The newest line of the log about a card: who was faster."""
    about = select(AuditEntry).where(AuditEntry.subject_type == "Card", AuditEntry.subject_id == str(card_id))
    return db.session.scalar(about.order_by(AuditEntry.sequence.desc()).limit(1))


def leading_units(*plan_ids: int) -> list[Unit]:
    """The units that lead a card of the plans, in their official order."""
    leading = select(Card.unit_id).where(Card.plan_id.in_(plan_ids))
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(leading)).order_by(Unit.sort_order, Unit.sort_key)))


def plans_led_by(unit_ids: Collection[int]) -> set[int]:
    """The plans in which any of the units leads a duty."""
    return set(db.session.scalars(select(Card.plan_id).where(Card.unit_id.in_(unit_ids)).distinct()))


def coordinating_names(plan_id: int) -> dict[int, list[str]]:
    """Action id → the names of its coordinating units, in the plan's words' order."""
    query = (
        select(CoordinatingUnit.action_id, CoordinatingUnit.name)
        .join(Action, Action.id == CoordinatingUnit.action_id)
        .where(Action.plan_id == plan_id)
        .order_by(CoordinatingUnit.action_id, CoordinatingUnit.position)
    )
    names: dict[int, list[str]] = {}
    for action_id, name in db.session.execute(query):
        names.setdefault(action_id, []).append(name)
    return names


@cache
def _select() -> Any:
    """Made once: to name forty columns takes longer than to read one card."""
    return (
        select(*_COLUMNS.values(), *_UNIT_COLUMNS.values())
        .join(Action, Action.id == Card.action_id)
        .join(Clause, Clause.id == Action.clause_id)
        .join(Unit, Unit.id == Card.unit_id)
        .outerjoin(Person, Person.id == Card.holder_id)
        .order_by(Action.position, Unit.sort_order, Unit.sort_key, Card.id)
    )


def _rows(query: Any) -> list[Row]:
    names, end = tuple(_COLUMNS), len(_COLUMNS)
    units: dict[int, UnitBrief] = {}
    texts: dict[str, str] = {}  # a clause is quoted by each of its cards and kept once
    found = []
    for values in db.session.execute(query):
        named = dict(zip(names, values, strict=False))
        unit_id, text = named["unit_id"], named["text"]
        unit = units.get(unit_id) or units.setdefault(unit_id, _brief(values[end:]))
        found.append(Row(**named | {"unit": unit, "text": texts.setdefault(text, text)}))
    return found


def _brief(values: tuple[Any, ...]) -> UnitBrief:
    named = dict(zip(_UNIT_COLUMNS, values, strict=True))
    return UnitBrief(order=(named.pop("sort_order"), named.pop("sort_key")), **named)
