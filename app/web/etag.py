"""`ETag` and 304: a browser that asks again for the page it holds is told that the page has not changed.

A page is a function of its address, the session, the person, the day, the language, the theme, the cookies, what htmx
says in its headers, and the log: whatever may change on it is audited, so the hash of the log's newest entry stands for
all of it. A hash of these is the page's validator, and is known before the page is made. It is weak (RFC 9110, 8.8.1):
two answers that have it mean the same, though the minute in the footer and the key of a form differ. The token of a
form does not: it is one for a session.

A page with a form's key (`document_key`) comes back by 304 as the copy that the browser holds, with the key of that
copy. A key is used by a deed that is logged, and with the log the validator changes: so no page comes back with a key
that was used. Two windows may hold one that was not; what they send is told apart by what it says, as with one window
that sends twice (`evidence/operations.py`).
What is true for a moment only – an undo that runs out while the log stands still – has no validator: `without_etag`.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec

from flask import Flask, Response, current_app, g, make_response, request, session
from flask_login import current_user
from werkzeug.http import parse_etags

from app.core import clock
from app.web import preferences
from app.web.browser_cache import is_kept_nowhere

P = ParamSpec("P")
BASIS = "bdg.basis"  # where the middleware finds it, in the request's environment
_BOOT = secrets.token_hex(4)  # another start may have other templates
_HTMX = ("HX-Request", "HX-Request-Type", "HX-Target", "HX-Current-URL")
_OWN_IN_SESSION = frozenset({"_user_id", "_fresh", "_id", "csrf_token", "_permanent"})


@dataclass(frozen=True)
class Basis:
    """What an answer was made from: as long as it is so, the same question has the same answer."""

    session_id: int | None
    as_of: str
    day: date
    endpoint: str | None
    person_id: int
    etag: str = ""  # of a page; "" for an answer that has no body


def init_app(app: Flask) -> None:
    """Take the day before anything else is done: what is finished after midnight is still of the day before."""

    @app.before_request
    def _note_day() -> None:
        g.etag_day = clock.today()


def conditional(view: Callable[P, Any]) -> Callable[P, Any]:
    """Give the page of `view` an `ETag`, and answer 304 without making it where the browser has it as it is."""

    @wraps(view)
    def answer(*args: P.args, **named: P.kwargs) -> Any:
        if not _may_have_etag():
            return view(*args, **named)
        etag = _etag()
        if is_named(etag, request.headers.get("If-None-Match")):
            return _tagged(Response(status=HTTPStatus.NOT_MODIFIED), etag)
        response = make_response(view(*args, **named))
        return _tagged(response, etag) if _is_lasting(response) else response

    return answer


def without_etag() -> None:
    """Say that the page in the making is true for a moment only, whatever the log says."""
    g.without_etag = True


def note_basis(etag: str = "") -> None:
    """Say that the same question has this answer until the log, the day or the session changes."""
    who = current_user
    request.environ[BASIS] = Basis(who.session_id, who.as_of, g.etag_day, request.endpoint, who.id, etag)


def is_named(etag: str, if_none_match: str | None) -> bool:
    """Whether the header names this validator; "*" names none, as it says of no page that the browser has it."""
    return bool(if_none_match) and parse_etags(if_none_match).is_weak(etag)


def _may_have_etag() -> bool:
    """A page that says what was just done, kept in the session, says it once."""
    return current_user.is_authenticated and not set(session) - _OWN_IN_SESSION


def _is_lasting(response: Response) -> bool:
    passes = g.get("without_etag") or is_kept_nowhere() or "Set-Cookie" in response.headers
    return response.status_code == HTTPStatus.OK and not passes


def _tagged(response: Response, etag: str) -> Response:
    response.set_etag(etag, weak=True)
    note_basis(etag)
    return response


def _etag() -> str:
    own = current_app.config["SESSION_COOKIE_NAME"]
    cookies = [f"{name}={value}" for name, value in request.cookies.items() if name != own]
    said = (
        _BOOT,
        request.full_path,
        current_user.session_id,
        session.get("csrf_token"),
        current_user.id,
        current_user.as_of,
        g.etag_day.isoformat(),
        preferences.language(),
        preferences.theme(),
        *(request.headers.get(name) for name in _HTMX),
        *sorted(cookies),
    )
    # repr, since an address may hold any letter, the one that joins them too
    return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()
