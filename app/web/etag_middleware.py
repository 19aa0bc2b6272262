"""304 and 204 for one question to the database, before the application is entered.

A browser that asks again for the page it holds, an open board that asks whether anything changed: both get an answer
without a body. What such an answer stands on was said when the application gave it to a request that said the same in
every respect that counts (`_ASKED`); left to ask is whether the session is still open and the log ends where it did.
No body is kept.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Engine

from app.core import clock
from app.core.change import request_id
from app.core.database import DatabaseTrouble, reading
from app.core.lru import Lru
from app.web.etag import BASIS, Basis, is_named
from app.web.headers import log_answer, new_request_id

MOST = 2_000  # answers known in one process, about 2 kB each
_ASKED = (
    "wsgi.url_scheme",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_HOST",
    "HTTP_COOKIE",
    "HTTP_HX_REQUEST",
    "HTTP_HX_REQUEST_TYPE",
    "HTTP_HX_TARGET",
    "HTTP_HX_CURRENT_URL",
    "HTTP_X_PAGE_OF",
)
_OF_ONE_ANSWER = frozenset({"x-request-id", "content-length", "content-type", "content-encoding"})

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
AsOfSession = Callable[[Connection, int | None], str | None]


@dataclass(frozen=True)
class Known:
    """What an answer stands on, and the headers that it has without its body."""

    basis: Basis
    headers: Headers

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.NOT_MODIFIED if self.basis.etag else HTTPStatus.NO_CONTENT


class WithoutBody:
    """The WSGI application in front of `inner` that answers what needs no body.

    `as_of_session` says the state of the log where the session with this id is open, None where it is not.
    """

    def __init__(self, inner: Application, engine: Engine, cookie: str, as_of_session: AsOfSession) -> None:
        self.inner, self.engine, self.signed_in, self.as_of_session = inner, engine, f"{cookie}=", as_of_session
        self.known: Lru[bytes, Known] = Lru(MOST)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or self.signed_in not in environ.get("HTTP_COOKIE", ""):
            return self.inner(environ, start_response)
        began, asked = time.perf_counter(), _question(environ)
        known = self.known.get(asked)
        if known is not None and _needs_no_body(known, environ) and self._stands(known.basis):
            return _answer(known, environ, start_response, began)
        return self._passed_on(asked, environ, start_response)

    def _stands(self, basis: Basis) -> bool:
        if basis.day != clock.today():
            return False
        try:
            with reading(self.engine) as connection:
                return self.as_of_session(connection, basis.session_id) == basis.as_of
        except DatabaseTrouble:
            return False  # the application says what is wrong, in its own words

    def _passed_on(self, asked: bytes, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        told: Headers = []

        def start(status: str, headers: Headers, *more: Any) -> Any:
            told[:] = headers
            return start_response(status, headers, *more)

        parts = self.inner(environ, start)
        basis = environ.get(BASIS)
        if basis is not None and told and not any(name.lower() == "set-cookie" for name, _value in told):
            kept = [(name, value) for name, value in told if name.lower() not in _OF_ONE_ANSWER]
            self.known.put(asked, Known(basis, kept))
        return parts


def _question(environ: dict[str, Any]) -> bytes:
    """What a question is known by, always of one length."""
    said = repr([environ.get(name) for name in _ASKED])
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _needs_no_body(known: Known, environ: dict[str, Any]) -> bool:
    etag = known.basis.etag
    return not etag or is_named(etag, environ.get("HTTP_IF_NONE_MATCH"))


def _answer(known: Known, environ: dict[str, Any], start_response: StartResponse, began: float) -> list[bytes]:
    request_id.set(new_request_id())
    start_response(f"{known.status.value} {known.status.phrase}", [*known.headers, ("X-Request-Id", request_id.get())])
    log_answer("GET", environ["PATH_INFO"], known.status, known.basis.endpoint, known.basis.person_id, began)
    return [b""]
