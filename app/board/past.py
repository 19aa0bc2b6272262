"""The rows of a plan as they stood at the end of a past day, with all that is known now.

Each event counts from its effective day. A corrected ngày gửi takes the place of the one it corrects, an undo cancels
what it reverses, and what answered a sending cannot be older than the sending.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy import select

from app.board import queries
from app.board.due import replay_due
from app.board.models import Card, CardEvent
from app.board.queries import Row, UnitBrief
from app.board.state import EventKind, Status, replay
from app.extensions import db
from app.organisation.models import Unit
from app.organisation.queries import names_on
from app.plans.models import Action, ActionKind, DueLevel, PlanAmendment

_ANSWERS = frozenset(
    {EventKind.CONFIRMED, EventKind.ASKED_MORE, EventKind.RETURNED, EventKind.WITHDRAWN, EventKind.REOPENED}
)
_AMENDED = frozenset({EventKind.AMENDED, EventKind.DROPPED})
_ENDS_SENDING = frozenset({EventKind.RETURNED, EventKind.WITHDRAWN})


@dataclass(slots=True)
class Fact:
    """What an event says of a card's state, deadline and kind."""

    id: int
    kind: EventKind
    to_status: Status
    actor_id: int
    effective_on: date
    recorded_at: datetime
    reason: str | None
    ask_by: date | None
    on_behalf: bool
    undoes_id: int | None
    due_on: date | None
    due_level: DueLevel | None
    document_number: str | None
    kind_before: ActionKind | None
    kind_after: ActionKind | None


@dataclass(slots=True)
class _Dealt:
    due_on: date | None
    due_wording: str | None


def rows_on(plan_id: int, day: date) -> list[Row]:
    """The rows of a plan at the end of `day`, in the plan's order, each with its unit of that day."""
    facts, dealt, units = _facts(plan_id), _dealt(plan_id), _units_on(plan_id, day)
    rows = queries.rows(plan_id)
    later = _added_after(plan_id, day, rows, facts)
    return [
        _row_on(row, facts.get(row.id, ()), dealt[row.action_id], units, day)
        for row in rows
        if row.action_id not in later
    ]


def until(facts: Iterable[Fact], day: date) -> Iterator[Fact]:
    """What had happened to a card by the end of `day`."""
    sent = date.min
    for fact in _settled(facts):
        if fact.kind is EventKind.SENT:
            sent = fact.effective_on
        if max(fact.effective_on, sent if fact.kind in _ANSWERS else date.min) <= day:
            yield fact


def _settled(facts: Iterable[Fact]) -> list[Fact]:
    listed = list(facts)
    undone = {fact.undoes_id for fact in listed}
    kept: list[Fact] = []
    judging: int | None = None  # the place of the sending by whose day the duty is judged
    for fact in listed:
        if fact.kind is EventKind.UNDONE or fact.id in undone:
            continue
        if fact.kind is EventKind.DATE_CORRECTED:
            if judging is not None:
                kept[judging] = replace(kept[judging], effective_on=fact.effective_on)
            continue
        if fact.kind is EventKind.SENT and judging is None:
            judging = len(kept)
        if fact.kind in _ENDS_SENDING:
            judging = None
        kept.append(fact)
    return kept


def _row_on(row: Row, facts: Sequence[Fact], dealt: _Dealt, units: dict[int, UnitBrief], day: date) -> Row:
    happened, unit = list(until(facts, day)), units.get(row.id, row.unit)
    if len(happened) == len(_settled(facts)):  # nothing came later: as it stands, but for its unit
        return replace(row, unit=unit, unit_id=unit.id)
    state, due = replay(happened), replay_due(dealt, happened)
    said = {f.name: getattr(part, f.name) for part in (state, due) for f in fields(part) if f.name in Row.__slots__}
    return replace(row, **said, kind=_kind_on(row.kind, facts, day), unit=unit, unit_id=unit.id)


def _kind_on(now: ActionKind, facts: Sequence[Fact], day: date) -> ActionKind:
    """What the last change that counts by then made of it; before all of them what the first one changed."""
    changes = [fact for fact in facts if fact.kind is EventKind.KIND_CHANGED]
    by_then = [fact for fact in changes if fact.effective_on <= day]
    if len(by_then) == len(changes):
        return now
    return (by_then[-1].kind_after if by_then else changes[0].kind_before) or now


def _added_after(plan_id: int, day: date, rows: Iterable[Row], facts: Mapping[int, Sequence[Fact]]) -> set[int]:
    """The actions that only a later amendment of the plan brought: amended, and no card of theirs ever was."""
    query = (
        select(Action.id)
        .join(PlanAmendment, PlanAmendment.id == Action.amended_by_id)
        .where(Action.plan_id == plan_id, PlanAmendment.issued_on > day)
    )
    amended = set(db.session.scalars(query))
    older = {row.action_id for row in rows if any(fact.kind in _AMENDED for fact in facts.get(row.id, ()))}
    return amended - older


def _facts(plan_id: int) -> dict[int, list[Fact]]:
    columns = [getattr(CardEvent, f.name) for f in fields(Fact)]
    query = (
        select(CardEvent.card_id, *columns)
        .join(Card, Card.id == CardEvent.card_id)
        .where(Card.plan_id == plan_id)
        .order_by(CardEvent.id)
    )
    by_card: dict[int, list[Fact]] = {}
    for card_id, *said in db.session.execute(query):
        by_card.setdefault(card_id, []).append(Fact(*said))
    return by_card


def _dealt(plan_id: int) -> dict[int, _Dealt]:
    query = select(Action.id, Action.due_on, Action.due_wording).where(Action.plan_id == plan_id)
    return {action_id: _Dealt(due_on, wording) for action_id, due_on, wording in db.session.execute(query)}


def _units_on(plan_id: int, day: date) -> dict[int, UnitBrief]:
    """Card id → its unit of `day`, for the cards whose unit was another one then or had another name."""
    cards = db.session.execute(select(Card.id, Card.unit_id, Card.origin_unit_id).where(Card.plan_id == plan_id)).all()
    before = _before_heirs(plan_id, day)
    known = {unit.id: unit for unit in db.session.scalars(select(Unit))}
    names = names_on(day)
    found = {}
    for card_id, now_id, origin_id in cards:
        unit_id = before.get(card_id, now_id)
        # What was finished or dropped stays with a unit that is no more; only one that was not yet there gives way.
        unit = known[unit_id] if known[unit_id].has_begun(day) else known[origin_id]
        if unit.id != now_id or names[unit.id] != unit.name:
            found[card_id] = _brief(unit, names[unit.id])
    return found


def _before_heirs(plan_id: int, day: date) -> dict[int, int]:
    """Card id → the unit that led it on `day`, for cards that passed to an heir only later."""
    query = (
        select(CardEvent.card_id, CardEvent.from_unit_id)
        .join(Card, Card.id == CardEvent.card_id)
        .where(Card.plan_id == plan_id, CardEvent.from_unit_id.is_not(None), CardEvent.effective_on > day)
        .order_by(CardEvent.id.desc())  # a decision of an earlier day may have been entered later
    )
    return {card_id: unit_id or 0 for card_id, unit_id in db.session.execute(query)}  # the first to pass on comes last


def _brief(unit: Unit, name: str) -> UnitBrief:
    return UnitBrief(
        unit.id,
        name,
        unit.short_name,
        unit.kind,
        unit.staff_may_send,
        unit.leader_confirms,
        (unit.sort_order, unit.sort_key),
    )
