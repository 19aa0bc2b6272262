"""Answers that stand as they were are given before the application is entered.

A browser that asks again for the page it holds, an open board that asks whether anything changed: both need one
question to the database – is the session still open, and does the log end where it did? Everything else about such an
answer was decided when it was made, by a request that said the same in every respect that counts (`_ASKED`).
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from app.accounts.queries import as_of_session
from app.core import clock
from app.core.change import request_id
from app.core.database import DatabaseTrouble, reading
from app.core.lru import Lru
from app.lasting import ANSWER, Lasting
from app.web.headers import log_answer, new_request_id

BYTES = 6_000_000  # of kept answers in one process
LONGEST_QUESTION = 8_000  # letters of what a question is known by; longer ones are never asked by a page of ours
_WEIGHT = 1_500  # of an answer without its headers and its body
_ASKED = (
    "wsgi.url_scheme",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_HOST",
    "HTTP_COOKIE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_HX_REQUEST",
    "HTTP_HX_REQUEST_TYPE",
    "HTTP_HX_TARGET",
    "HTTP_HX_CURRENT_URL",
    "HTTP_HX_BOOSTED",
    "HTTP_HX_HISTORY_RESTORE_REQUEST",
    "HTTP_X_PAGE_OF",
)
_OF_ONE_ANSWER = frozenset({"x-request-id", "content-length"})
_OF_A_BODY = frozenset({"content-type", "content-encoding"})

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


@dataclass(frozen=True)
class Standing:
    """An answer as it left, and what it stands on. `body` is None where it is good for one answer only."""

    on: Lasting
    status: str
    headers: Headers
    body: bytes | None
    minute: str


class Front:
    """The WSGI application in front of `inner`."""

    def __init__(self, inner: Application, engine: Engine, cookie: str) -> None:
        self.inner, self.engine, self.signed_in = inner, engine, f"{cookie}="
        self.standing: Lru[bytes, Standing] = Lru(BYTES)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or self.signed_in not in environ.get("HTTP_COOKIE", ""):
            return self.inner(environ, start_response)
        began, asked = time.perf_counter(), _question(environ)
        if asked is None:
            return self.inner(environ, start_response)
        known = self.standing.get(asked)
        if known is not None and self._stands(known):
            unchanged = bool(known.on.tag) and known.on.tag in environ.get("HTTP_IF_NONE_MATCH", "")
            if unchanged or (known.body is not None and known.minute in ("", _minute())):
                return _answer(known, environ, start_response, began, unchanged=unchanged)
        return self._made(asked, environ, start_response)

    def _stands(self, known: Standing) -> bool:
        if known.on.day != clock.today():
            return False
        try:
            with reading(self.engine) as connection:
                return as_of_session(connection, known.on.session) == known.on.as_of
        except DatabaseTrouble:
            return False  # the application says what is wrong, in its own words

    def _made(self, asked: bytes, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        told: list[Any] = []
        minute = _minute()  # taken before, so that no minute is said longer than it lasts

        def start(status: str, headers: Headers, *more: Any) -> Any:
            told[:] = [status, headers]
            return start_response(status, headers, *more)

        parts = self.inner(environ, start)
        on = environ.get(ANSWER)
        if on is None or not told or any(name.lower() == "set-cookie" for name, _value in told[1]):
            return parts
        try:
            body = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        self._keep(asked, on, told[0], told[1], body, minute if on.dated else "")
        return [body]

    def _keep(self, asked: bytes, on: Lasting, status: str, headers: Headers, body: bytes, minute: str) -> None:
        """A 304 tells nothing of a body; it replaces no answer that does."""
        kept = [(name, value) for name, value in headers if name.lower() not in _OF_ONE_ANSWER]
        whole = None if on.single or status.startswith("304") else body
        before = self.standing.get(asked)
        if whole is None and before is not None and before.on.tag == on.tag:
            return
        weight = _WEIGHT + sum(len(name) + len(value) for name, value in kept) + len(whole or b"")
        self.standing.put(asked, Standing(on, status, kept, whole, minute), weight)


def _question(environ: dict[str, Any]) -> bytes | None:
    """What a question is known by, always of one length; None for one that is too long to be kept."""
    said = repr([environ.get(name) for name in _ASKED])
    if len(said) > LONGEST_QUESTION:
        return None
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _minute() -> str:
    return f"{clock.now():%H%M}"


def _answer(
    known: Standing, environ: dict[str, Any], start_response: StartResponse, began: float, *, unchanged: bool
) -> list[bytes]:
    request_id.set(new_request_id())
    headers = [*known.headers, ("X-Request-Id", request_id.get())]
    status, body = known.status, known.body or b""
    if unchanged:
        status, body = "304 NOT MODIFIED", b""
        headers = [pair for pair in headers if pair[0].lower() not in _OF_A_BODY]
    elif not status.startswith("204"):
        headers.append(("Content-Length", str(len(body))))
    start_response(status, headers)
    log_answer("GET", environ["PATH_INFO"], int(status[:3]), known.on.endpoint, known.on.person_id, began)
    return [body]
