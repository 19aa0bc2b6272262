"""The gate before everything that takes longer than a page: exports, reading documents, LibreOffice, pictures.

Each takes a thread of the server, a processor and some hundred megabytes; together they must fit the machine and leave
the pages of everybody else alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Event

from flask_babel import lazy_gettext as _l

from app.core.errors import Busy

PLACES = 2  # at once; times the bounds of one work they fit the machine named in docs/van-hanh.md
WAITING = 1  # how many may wait for a place, each with a thread
PATIENCE_S = 10.0
OWN = _l("Một việc lâu trước đó của chính tài khoản này chưa xong. Hãy đợi việc ấy xong rồi làm lại.")
FULL = _l("Máy chủ đang làm đủ số việc lâu cùng lúc; chưa có gì được ghi. Hãy thử lại sau ít phút.")


class Gate:
    """So many works at once, one for each person; those that nobody waits for (pictures) step back for people."""

    def __init__(self, places: int = PLACES, waiting: int = WAITING, patience_s: float = PATIENCE_S) -> None:
        self._free, self._waiting, self._patience_s = places, waiting, patience_s
        self._in_line = 0
        self._people: set[int] = set()
        self._behind: list[Event] = []
        self._changed = Condition()

    @contextmanager
    def place(self, person_id: int) -> Iterator[None]:
        """A place for one work of a person. Raises `Busy` where the person has one already, or none becomes free."""
        with self._changed:
            if person_id in self._people:
                raise Busy(OWN)
            self._people.add(person_id)
            try:
                self._take()
            except BaseException:
                self._people.discard(person_id)
                raise
        try:
            yield
        finally:
            with self._changed:
                self._people.discard(person_id)
                self._give_back()

    @contextmanager
    def place_behind(self) -> Iterator[Event]:
        """A place, waited for as long as it takes, for what nobody waits for; to be left once the event is set."""
        asked_back = Event()
        with self._changed:
            self._changed.wait_for(lambda: self._free > self._in_line)
            self._free -= 1
            self._behind.append(asked_back)
        try:
            yield asked_back
        finally:
            with self._changed:
                self._behind.remove(asked_back)
                self._give_back()

    def _take(self) -> None:
        if self._free <= self._in_line:
            if self._in_line >= self._waiting:
                raise Busy(FULL)
            self._wait()
        self._free -= 1

    def _wait(self) -> None:
        self._ask_back()
        self._in_line += 1
        came = self._changed.wait_for(lambda: self._free > 0, self._patience_s)
        self._in_line -= 1
        if not came:
            self._changed.notify_all()  # what stood behind may go on
            raise Busy(FULL)

    def _ask_back(self) -> None:
        waiting = next((event for event in self._behind if not event.is_set()), None)
        if waiting is not None:
            waiting.set()

    def _give_back(self) -> None:
        self._free += 1
        self._changed.notify_all()


gate = Gate()
