"""A card's status as a pure function of what happened to it: each event turns one state into the next.

The card's own columns are only the cache of this; a past day, an undo and an heir are read from the events.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class Status(StrEnum):
    TODO = "todo"
    DOING = "doing"
    WAITING = "waiting"
    DONE = "done"
    PAUSED = "paused"
    DROPPED = "dropped"

    @property
    def on_board(self) -> bool:
        return self not in (Status.PAUSED, Status.DROPPED)


COLUMNS = (Status.TODO, Status.DOING, Status.WAITING, Status.DONE)


class EventKind(StrEnum):
    MOVED = "moved"  # Chưa ↔ Đang
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    ASKED_MORE = "asked_more"
    RETURNED = "returned"
    REOPENED = "reopened"
    CLOSED = "closed"  # a standing duty at the end of the plan's year
    ANSWERED = "answered"  # a request: Đã đề nghị → Đã có kết quả
    ANSWER_TAKEN_BACK = "answer_taken_back"
    PAUSED = "paused"
    DROPPED = "dropped"
    RESUMED = "resumed"
    DATE_CORRECTED = "date_corrected"  # the office corrects the ngày gửi, with a basis
    DUE_SET = "due_set"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    EXTENSION_WITHDRAWN = "extension_withdrawn"
    KIND_CHANGED = "kind_changed"
    RESULT_NOTED = "result_noted"  # the first result of a standing duty: it sits in Đang from then on
    AMENDED = "amended"  # the plan was amended: new words, units or dates for the same card
    HOLDER_SET = "holder_set"  # who in the unit follows the duty; the reason names them
    INHERITED = "inherited"  # the unit passed into another, which leads the duty from that day on
    UNDONE = "undone"


ABOUT_DUE = frozenset(
    {
        EventKind.DUE_SET,
        EventKind.EXTENSION_ASKED,
        EventKind.EXTENDED,
        EventKind.EXTENSION_REFUSED,
        EventKind.EXTENSION_WITHDRAWN,
        EventKind.KIND_CHANGED,
    }
)
"""Events that decide about the deadline or the kind."""
STILL = ABOUT_DUE | {EventKind.HOLDER_SET, EventKind.AMENDED, EventKind.INHERITED}
"""Events that leave the state as it is."""
KEPT = STILL | {EventKind.UNDONE, EventKind.DATE_CORRECTED, EventKind.RESULT_NOTED}
"""Events that no undo takes back."""


class Feedback(StrEnum):
    """What the office last said to a unit about its result."""

    MORE = "asked_more"
    RETURNED = "returned"
    REOPENED = "reopened"


@dataclass(frozen=True)
class State:
    """Everything about a card that people move. Days are calendar days in Việt Nam."""

    status: Status = Status.TODO
    resume_to: Status | None = None
    sent_on: date | None = None  # the ngày gửi that judges
    sent_by_id: int | None = None
    sent_at: datetime | None = None
    sent_from: Status | None = None
    returned_on: date | None = None
    feedback: Feedback | None = None
    feedback_reason: str | None = None
    feedback_by: date | None = None
    feedback_on: date | None = None
    finished_on: date | None = None


class Happened(Protocol):
    """The part of an event that a state depends on."""

    id: int
    kind: EventKind
    to_status: Status
    actor_id: int
    effective_on: date
    recorded_at: datetime
    reason: str | None
    ask_by: date | None
    undoes_id: int | None


_FEEDBACK = {
    EventKind.ASKED_MORE: Feedback.MORE,
    EventKind.RETURNED: Feedback.RETURNED,
    EventKind.REOPENED: Feedback.REOPENED,
}


def after(state: State, event: Happened) -> State:
    """The state that follows `state` when `event` happens. Undo is not a step but an erasure: see `replay`."""
    if event.kind in STILL:
        return state
    moved = replace(state, status=event.to_status)
    match event.kind:
        case EventKind.SENT:
            return _sent(moved, state, event)
        case EventKind.WITHDRAWN:
            return replace(moved, sent_on=None, sent_by_id=None, sent_at=None, sent_from=None)
        case EventKind.CONFIRMED:
            day = state.sent_on or event.effective_on
            return replace(moved, finished_on=day, feedback=None, feedback_reason=None, feedback_by=None)
        case EventKind.CLOSED | EventKind.ANSWERED:
            return replace(moved, finished_on=event.effective_on)
        case EventKind.ANSWER_TAKEN_BACK:
            return replace(moved, finished_on=None)
        case EventKind.ASKED_MORE | EventKind.RETURNED | EventKind.REOPENED:
            return _sent_back(moved, event)
        case EventKind.PAUSED | EventKind.DROPPED:
            return replace(moved, resume_to=state.resume_to or state.status)
        case EventKind.RESUMED:
            return replace(moved, resume_to=None)
        case EventKind.DATE_CORRECTED:
            finished = event.effective_on if state.finished_on else None
            return replace(moved, sent_on=event.effective_on, finished_on=finished)
    return moved


def _sent(moved: State, state: State, event: Happened) -> State:
    # Sending again after đề nghị bổ sung keeps the first day: only a return or a withdrawal loses it.
    return replace(
        moved,
        sent_on=state.sent_on or event.effective_on,
        sent_by_id=event.actor_id,
        sent_at=event.recorded_at,
        sent_from=state.status,
    )


def _sent_back(moved: State, event: Happened) -> State:
    told = replace(
        moved,
        feedback=_FEEDBACK[event.kind],
        feedback_reason=event.reason,
        feedback_by=event.ask_by,
        feedback_on=event.effective_on,
        finished_on=None,
    )
    if event.kind is EventKind.RETURNED:
        return replace(told, sent_on=None, returned_on=event.effective_on)
    return told


def replay(events: Iterable[Happened]) -> State:
    """The state after `events`, in their order; an undo and what it undoes cancel each other."""
    listed = list(events)
    undone = {e.undoes_id for e in listed if e.undoes_id is not None}
    state = State()
    for event in listed:
        if event.id not in undone and event.kind is not EventKind.UNDONE:
            state = after(state, event)
    return state
