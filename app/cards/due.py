"""A card's deadline as a pure function of what was decided about it. The card's own columns are only the cache.

Whoever set a date, by which document and when is in the events; the plan's own date is where the line begins.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from app.cards.state import EventKind
from app.plans.models import ActionKind, DueLevel

# "Trước ngày D" may end on D−1; a date that a person enters is the last day itself.
_BEFORE = re.compile(r"trước\s+(?:ngày\s+|tháng\s+)?\d", re.IGNORECASE)


@dataclass(frozen=True)
class Due:
    """The date that judges, where it began, how often it was extended, and the extension that is asked for."""

    due_on: date | None = None
    due_level: DueLevel | None = None
    due_basis: str | None = None
    due_original_on: date | None = None  # the first date of this level, once another is in force
    extensions: int = 0
    extension_id: int | None = None  # the event that asked, while nobody has decided
    extension_wanted: date | None = None


class Decided(Protocol):
    """The part of an event that a deadline depends on."""

    id: int
    kind: EventKind
    due_on: date | None
    due_level: DueLevel | None
    reason: str | None
    document_number: str | None
    undoes_id: int | None


class Dealt(Protocol):
    """An action as the plan gives it."""

    due_on: date | None
    due_wording: str | None


class Judged(Protocol):
    """What the kind in force is read from."""

    @property
    def kind(self) -> ActionKind: ...

    @property
    def due_level(self) -> DueLevel | None: ...


def begun(action: Dealt) -> Due:
    """The deadline that the plan itself names, or none."""
    return Due(action.due_on, DueLevel.UBND if action.due_on else None, action.due_wording)


def due_after(due: Due, event: Decided) -> Due:
    """The deadline after `event`.

    A duty that is confirmed or not to be carried out ends the asking that waits; reopened, its unit may ask again.
    Whatever else happens to a card leaves its deadline as it is.
    """
    match event.kind:
        case EventKind.DUE_SET:
            return _replaced(due, event)
        case EventKind.EXTENSION_ASKED:
            return replace(due, extension_id=event.id, extension_wanted=event.due_on)
        case EventKind.EXTENDED:
            extended = replace(_replaced(due, event), extensions=due.extensions + 1)
            return replace(extended, extension_id=None, extension_wanted=None)
        case EventKind.EXTENSION_REFUSED | EventKind.EXTENSION_WITHDRAWN:
            return replace(due, extension_id=None, extension_wanted=None)
        case EventKind.CONFIRMED | EventKind.DROPPED:  # nothing is left to extend: what was asked lapses
            return replace(due, extension_id=None, extension_wanted=None)
    return due


def _replaced(due: Due, event: Decided) -> Due:
    same = due.due_level is event.due_level  # a date of another level begins a line of its own
    return replace(
        due,
        due_on=event.due_on,
        due_level=event.due_level,
        due_basis=event.reason or event.document_number,
        due_original_on=(due.due_original_on or due.due_on) if same else None,
        extensions=due.extensions if same else 0,
    )


def replay_due(action: Dealt, events: Iterable[Decided]) -> Due:
    """The deadline after `events`, in their order; an undo and what it undoes cancel each other."""
    listed = list(events)
    undone = {event.undoes_id for event in listed if event.undoes_id is not None}
    due = begun(action)
    for event in listed:
        if event.id not in undone:
            due = due_after(due, event)
    return due


def says_before(basis: str | None) -> bool:
    """Whether a date was worded "trước ngày D", where a setting says whether D still counts."""
    return basis is not None and _BEFORE.match(basis) is not None


def kind_in_force(card: Judged) -> ActionKind:
    """Thường xuyên is the action's; else only a date of UBND level makes a duty có thời hạn."""
    if card.kind is ActionKind.STANDING:
        return ActionKind.STANDING
    return ActionKind.DATED if card.due_level is DueLevel.UBND else ActionKind.WITHIN_YEAR
