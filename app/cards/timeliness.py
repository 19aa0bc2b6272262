"""Timeliness is computed, never dragged: in time or late, and how the official count sees a duty."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from app.cards.state import Feedback, Status
from app.plans.models import ActionKind, DueLevel


class Timeliness(StrEnum):
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    IN_TIME = "in_time"
    SOON = "soon"
    LATE = "late"
    NO_DATE = "no_date"
    STANDING = "standing"
    NOT_YET = "not_yet"
    ASKED_LATE = "asked_late"  # past a date the office asked: an agreement missed, not a late duty


class Count(StrEnum):
    """The lines of the official count: total = done + open + no date + standing."""

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"
    NO_DATE = "no_date"
    STANDING = "standing"
    OUTSIDE = "outside"  # a request, a remedy that an inspection asks, or Không thực hiện: lines of their own


class Timed(Protocol):
    """What timeliness is computed from; the card and the board's light row both have it."""

    @property
    def status(self) -> Status: ...

    @property
    def resume_to(self) -> Status | None: ...

    @property
    def due_on(self) -> date | None: ...

    @property
    def due_level(self) -> DueLevel | None: ...

    @property
    def sent_on(self) -> date | None: ...

    @property
    def finished_on(self) -> date | None: ...

    @property
    def feedback(self) -> Feedback | None: ...

    @property
    def kind(self) -> ActionKind: ...

    @property
    def is_request(self) -> bool: ...

    @property
    def is_remedy(self) -> bool: ...

    @property
    def starts_on(self) -> date | None: ...


def last_day(due_on: date, due_day_counts: bool) -> date:
    """The last day in time. "Trước ngày D" strictly ends on D−1; one setting says whether D counts."""
    return due_on if due_day_counts else due_on - timedelta(days=1)


def timeliness(card: Timed, today: date, soon_days: int, due_day_counts: bool = True) -> Timeliness:
    """How `card` stands on `today`. Late begins after the last day has ended."""
    if card.is_request:
        return Timeliness.DONE_IN_TIME if card.status is Status.DONE else Timeliness.NO_DATE
    if card.kind is ActionKind.STANDING:
        return Timeliness.STANDING
    end = last_day(card.due_on, due_day_counts) if card.due_on else None
    if card.status is Status.DONE:
        return _finished(card, end)
    if card.status.on_board and _is_ahead(card, today):
        return Timeliness.NOT_YET
    if end is None:
        return Timeliness.NO_DATE
    if not card.status.on_board:  # Tạm dừng is never late; Không thực hiện is judged no more
        return Timeliness.IN_TIME
    return _running(card, end, today, soon_days)


def _is_ahead(card: Timed, today: date) -> bool:
    return card.starts_on is not None and today < card.starts_on and card.sent_on is None


def _finished(card: Timed, end: date | None) -> Timeliness:
    judged = card.sent_on or card.finished_on
    official = card.due_level is DueLevel.UBND
    if end is None or judged is None or judged <= end or not official:
        return Timeliness.DONE_IN_TIME
    return Timeliness.DONE_LATE


def _running(card: Timed, end: date, today: date, soon_days: int) -> Timeliness:
    official = card.due_level is DueLevel.UBND
    if card.sent_on is not None:  # waiting, or asked for more: judged by the day it was sent
        if card.sent_on <= end:
            return Timeliness.IN_TIME
        return Timeliness.LATE if official else Timeliness.ASKED_LATE
    if today > end:
        return Timeliness.LATE if official else Timeliness.ASKED_LATE
    return Timeliness.SOON if (end - today).days <= soon_days else Timeliness.IN_TIME


def misses_agreement(card: Timed, today: date, due_day_counts: bool = True) -> bool:
    """Whether a date that the office asked was missed: a remark (chậm so với đề nghị), done or not, and never late."""
    agreed = card.due_level is DueLevel.OFFICE and card.due_on is not None and card.kind is not ActionKind.STANDING
    if not agreed or card.is_request or not card.status.on_board:
        return False
    if card.status is not Status.DONE and _is_ahead(card, today):
        return False
    judged = card.sent_on or (card.finished_on if card.status is Status.DONE else None) or today
    assert card.due_on is not None
    return judged > last_day(card.due_on, due_day_counts)


_COUNTED = {
    Timeliness.DONE_IN_TIME: Count.DONE_IN_TIME,
    Timeliness.DONE_LATE: Count.DONE_LATE,
    Timeliness.IN_TIME: Count.OPEN_IN_TIME,
    Timeliness.SOON: Count.OPEN_IN_TIME,
    Timeliness.NOT_YET: Count.OPEN_IN_TIME,
    Timeliness.LATE: Count.OPEN_LATE,
    Timeliness.NO_DATE: Count.NO_DATE,
    Timeliness.ASKED_LATE: Count.NO_DATE,
    Timeliness.STANDING: Count.STANDING,
}


def counted(card: Timed, today: date, due_day_counts: bool = True) -> Count:
    """The line of the official count that `card` stands on. A date of the office leaves the kind trong năm.

    Thường xuyên is counted as such whatever happened to the duty, and Chưa đến kỳ goes before a date of the office.
    """
    if card.is_request or card.is_remedy or card.status is Status.DROPPED:
        return Count.OUTSIDE
    if card.status is Status.PAUSED and card.kind is not ActionKind.STANDING:
        return Count.OPEN_IN_TIME
    stands = timeliness(card, today, 0, due_day_counts)
    asked_only = card.due_level is DueLevel.OFFICE and stands in (Timeliness.IN_TIME, Timeliness.SOON)
    if asked_only:
        return Count.NO_DATE
    return _COUNTED[stands]
