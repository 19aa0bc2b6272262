"""One connection: its requests are judged on their headers; it knows whether it is idle, slow or in hand."""

import socket
import time
from contextlib import suppress
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from app.serve.listening.door import Door, Turned
from app.web.front_door import TURNED_AWAY

HEADER_S = 10  # from the first byte of a request to the end of its headers
IDLE_S = 60  # a connection on which nothing is asked
SLOW_AFTER_S, SLOWEST_BYTES_S = 30, 500  # a body that comes slower than this, on the whole, is given up
UNREAD_S = 30  # an answer of which nothing is taken
_LINGER_S = 5


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress is untyped
    """A request whose body is not taken where the door says so: the application answers without it."""

    door: Door
    body_rcv: Any
    turned_away: Turned | None = None
    _limit: int | None = None

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.body_rcv is None or self.error is not None:
            return consumed
        if self._limit is None:
            self._limit = self.door.limit(self.command, self.path, self.headers.get("COOKIE", ""))
            self.turned_away = self.door.refusal(self.content_length, self._limit)
        elif self.body_bytes_received > self._limit:  # in pieces: no header told how many
            self.turned_away = Turned.TOO_LARGE
        if self.turned_away is None:
            return consumed
        self._drop_body()
        return len(data)  # what has come of the body already is no request

    def _drop_body(self) -> None:
        self.body_rcv.getbuf().close()
        self.body_rcv = None
        self.expect_continue = False
        self.completed = True


class Task(WSGITask):  # type: ignore[misc]
    """Tells the application of a request that was turned away, and ends its connection."""

    def execute(self) -> None:
        if self.request.turned_away is not None:
            self.set_close_on_finish()
        super().execute()

    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        if self.request.turned_away is not None:
            environ[TURNED_AWAY] = self.request.turned_away.value
            environ["CONTENT_LENGTH"] = "0"  # there is nothing to read
        return environ


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it waits for what."""

    task_class = Task
    parser_class: type[Parser]
    close_when_flushed: bool

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.turned_away = False
        self.begun_at: float | None = None  # the request that is coming in
        self.lingers_until: float | None = None
        super().__init__(*arguments, **named)
        self.free_since = time.monotonic()

    @property
    def in_hand(self) -> bool:
        """Whether a request is coming in, worked on or being answered."""
        return bool(self.requests or self.total_outbufs_len or self.begun_at is not None) and not self.turned_away

    @property
    def asks_nothing(self) -> bool:
        """Whether no request has come in whole: nobody works for it, and it may be closed for somebody else."""
        headers_wait = self.request is None or not self.request.headers_finished
        return not self.requests and not self.total_outbufs_len and headers_wait

    def is_slow(self, now: float) -> bool:
        """Whether its patience has run out: with headers, with a body, with an answer, with nothing at all."""
        if self.lingers_until is not None:
            return now > self.lingers_until
        if self.requests:
            return False
        if self.total_outbufs_len:
            return time.time() - self.last_activity > UNREAD_S
        if self.begun_at is None:
            return time.time() - self.last_activity > IDLE_S
        took = now - self.begun_at
        if self.request is None or not self.request.headers_finished:
            return took > HEADER_S
        return took > SLOW_AFTER_S and self.request.body_bytes_received < SLOWEST_BYTES_S * took

    def received(self, data: bytes) -> bool:
        if self.turned_away:
            return False  # read and forgotten, so that the answer is not lost with a broken connection
        if self.begun_at is None:
            self.begun_at = time.monotonic()
        taken: bool = super().received(data)
        if self.request is None:
            self.begun_at, self.free_since = None, time.monotonic()
        self.turned_away = any(request.turned_away is not None for request in self.requests)
        return taken

    def readable(self) -> bool:
        if self.turned_away:
            return bool(self.connected and not self.will_close)
        return bool(super().readable())

    def handle_write(self) -> None:
        lingers = self.close_when_flushed and self.turned_away
        if lingers:
            self.close_when_flushed = False
        super().handle_write()
        if lingers and self.connected:
            self._linger()

    def _linger(self) -> None:
        if self.total_outbufs_len:
            self.close_when_flushed = True
            return
        self.lingers_until = time.monotonic() + _LINGER_S
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
