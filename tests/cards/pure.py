"""Cards and events as plain data, for rules that need no database."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count

from app.cards.state import STILL, EventKind, Feedback, State, Status, replay
from app.cards.timeliness import timeliness
from app.plans.models import ActionKind, DueLevel

_ids = count(1)


def day(text: str) -> date:
    """14/5 is 14/05/2024; 14/5/2025 is in another year."""
    parts = [int(part) for part in text.split("/")]
    return date(parts[2] if len(parts) == 3 else 2024, parts[1], parts[0])


@dataclass(frozen=True)
class Event:
    """What `replay` reads of an event; `effective_on` is the day that counts."""

    kind: EventKind
    to_status: Status
    effective_on: date
    actor_id: int = 1
    reason: str | None = None
    ask_by: date | None = None
    undoes_id: int | None = None
    recorded_at: datetime = datetime(2024, 5, 10, tzinfo=UTC)
    id: int = field(default_factory=lambda: next(_ids))


_TO = {
    EventKind.SENT: Status.WAITING,
    EventKind.CONFIRMED: Status.DONE,
    EventKind.ASKED_MORE: Status.DOING,
    EventKind.RETURNED: Status.DOING,
    EventKind.REOPENED: Status.DOING,
    EventKind.WITHDRAWN: Status.DOING,
    EventKind.PAUSED: Status.PAUSED,
    EventKind.DROPPED: Status.DROPPED,
    EventKind.RESUMED: Status.DOING,
    EventKind.MOVED: Status.DOING,
    EventKind.CLOSED: Status.DONE,
    EventKind.ANSWERED: Status.DONE,
    EventKind.ANSWER_TAKEN_BACK: Status.TODO,
    EventKind.DATE_CORRECTED: Status.WAITING,
    EventKind.UNDONE: Status.TODO,
    EventKind.RESULT_NOTED: Status.DOING,
} | dict.fromkeys(STILL, Status.DOING)


def happened(kind: EventKind, on: str = "10/5", **said: object) -> Event:
    """An event of its usual column, on a day; `said` overrides."""
    values = {"to_status": _TO[kind], "effective_on": day(on)} | said
    return Event(kind, **values)


@dataclass(frozen=True)
class Duty:
    """What timeliness reads of a card."""

    status: Status = Status.DOING
    resume_to: Status | None = None
    due_on: date | None = date(2024, 5, 15)
    due_level: DueLevel | None = DueLevel.UBND
    sent_on: date | None = None
    finished_on: date | None = None
    feedback: Feedback | None = None
    kind: ActionKind = ActionKind.DATED
    is_request: bool = False
    is_remedy: bool = False
    starts_on: date | None = None

    def on(self, today: str, *, soon: int = 7, due_day_counts: bool = True):
        """How it stands on a day."""
        return timeliness(self, day(today), soon, due_day_counts)

    def after(self, *events: Event) -> "Duty":
        """The duty as events have made it."""
        state: State = replay(events)
        shared = ("status", "resume_to", "sent_on", "finished_on", "feedback")
        return replace(self, **{name: getattr(state, name) for name in shared})
