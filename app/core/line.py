"""How many threads may wait for the write lock at once: the rest of the server goes on reading meanwhile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

PLACES = 5  # of the server's threads; the others read
STANDSTILL_S = 0.1


class Full(Exception):
    """So many wait already, and none of them comes nearer."""


class WaitingLine:
    """A line before the lock. Who finds it full waits only while others leave it, one after the other."""

    def __init__(self, places: int = PLACES, standstill_s: float = STANDSTILL_S) -> None:
        self._free, self._standstill_s = places, standstill_s
        self._changed = Condition()

    @contextmanager
    def place(self, seconds: float) -> Iterator[None]:
        """A place to wait in, for who is ready to wait so many `seconds`. Raises `Full`."""
        last = time.monotonic() + seconds
        with self._changed:
            while self._free <= 0:
                moved = self._changed.wait(self._standstill_s)
                if not moved or time.monotonic() > last:
                    raise Full
            self._free -= 1
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()
