"""Two clocks: the domain's day (a sample pretends it, tests replace it) and the real moment.

Deadlines are judged by `today`; undo, sessions, throttles and the log run on `now`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_pretended: date | None = None
_at: ContextVar[date | None] = ContextVar("bdg_day", default=None)


def now() -> datetime:
    """The real moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day the product lives in: pretended if a sample says so, else the real one in Việt Nam."""
    return _at.get() or _pretended or now().astimezone(ZONE).date()


def pretend(day: date | None) -> None:
    """Make `today` answer `day` in this process; None gives back the real calendar."""
    global _pretended
    _pretended = day


def pretended() -> date | None:
    """The pretended day, or None where the calendar is real."""
    return _pretended


@contextmanager
def at(day: date) -> Iterator[None]:
    """Let what happens inside happen on `day`."""
    token = _at.set(day)
    try:
        yield
    finally:
        _at.reset(token)


def local(moment: datetime) -> datetime:
    """`moment` (aware) on the wall clock of Việt Nam."""
    return moment.astimezone(ZONE)


def on_day(day: date, moment: datetime) -> datetime:
    """`moment` as people read it: its hour in Việt Nam, on the domain's day on which it was entered."""
    return datetime.combine(day, local(moment).timetz())
