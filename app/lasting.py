"""Whole pages kept as text, and the 304 of a page that has not changed.

A page is a function of its address, the person, the day, the language, the theme and the log: whatever may change
on it is audited, so the hash of the log's newest entry stands for all of it. What belongs to one answer alone (the
session's token, the key of a form, the minute in the footer) is a mark in the kept text and is put in as the answer
leaves. Every answer of HTML is looked through for marks, whoever made it: no view has to remember.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

from flask import Flask, Response, current_app, g, make_response, request, session
from flask_login import current_user

from app.accounts.page_owner import form_token
from app.accounts.queries import token_hash
from app.core import clock
from app.core.lru import Lru
from app.web import preferences
from app.web.browser_cache import is_kept_nowhere
from app.web.rendering import moment

P = ParamSpec("P")
BYTES = 24_000_000  # of kept pages in one process
_BOOT = secrets.token_hex(4)  # another start may have other templates
_MARKS = {name: f"[{name}:{secrets.token_hex(12)}]" for name in ("token", "key", "moment")}
OK = 200
_HTMX = ("HX-Request", "HX-Request-Type", "HX-Target", "HX-Current-URL")
_OWN_IN_SESSION = frozenset({"_user_id", "_fresh", "_id", "csrf_token", "_permanent"})


@dataclass(frozen=True)
class Lasting:
    """What an answer stands on: as long as all of this is so, the same question has the same answer.

    `dated` says that the present moment stands in it, `single` that something in it may be given out only once.
    """

    session: str
    as_of: str
    day: date
    endpoint: str | None
    person_id: int
    tag: str = ""
    dated: bool = False
    single: bool = False


ANSWER = "bdg.lasting"  # where the front finds it, in the request's environment
pages: Lru[str, tuple[bytes, ...]] = Lru(BYTES)  # a page cut at its marks, the marks in between


def lasting(view: Callable[P, Any]) -> Callable[P, Any]:
    """Answer `view` from what is kept, or with 304; a page that waits for a moment (`momentary`) is made each time."""

    @wraps(view)
    def answer(*args: P.args, **named: P.kwargs) -> Any:
        if not _is_lasting():
            return view(*args, **named)
        key = _key()
        if key in request.headers.get("If-None-Match", ""):
            return _tagged(Response(status=304), key, ())
        parts = pages.get(key)
        if parts is not None:
            return _tagged(Response(_filled(parts)), key, parts)
        return _kept(key, lambda: view(*args, **named))

    return answer


def momentary() -> None:
    """Say that the page in the making is true for a moment only (an undo that runs out)."""
    g.momentary = True


def form_key() -> str:
    """A key for one form of one answer, by which files that are sent twice are known."""
    return _MARKS["key"] if g.get("keeping") else secrets.token_hex(12)


def init_app(app: Flask) -> None:
    """Let templates write the session's token and the present moment so that their text can be kept."""
    app.before_request(_note_day)
    app.context_processor(lambda: {"csrf_token": _token})
    app.after_request(_finish)


def now_words() -> Any:
    """The present moment, as the footer says it."""
    return _MARKS["moment"] if g.get("keeping") else _moment()


def answer_lasts(*, tag: str = "", dated: bool = False, single: bool = False) -> None:
    """Say that the same question has this answer until the log, the day or the session says otherwise."""
    stands = (token_hash(current_user.session_token), current_user.as_of, g.lasting_day)
    request.environ[ANSWER] = Lasting(*stands, request.endpoint, current_user.id, tag, dated, single)


def _note_day() -> None:
    """Take the day before anything is made: what is finished after midnight is still of the day before."""
    g.lasting_day = clock.today()


def _token() -> str:
    return _MARKS["token"] if g.get("keeping") else form_token()


def _moment() -> Any:
    return moment(clock.on_day(clock.today(), clock.now()))


def _is_lasting() -> bool:
    return current_user.is_authenticated and not set(session) - _OWN_IN_SESSION


@contextmanager
def lastingly() -> Iterator[None]:
    """Let what is rendered inside carry marks in the place of what belongs to one answer; `_finish` fills them."""
    before = g.get("keeping", False)
    g.keeping = True
    try:
        yield
    finally:
        g.keeping = before  # the page of an error is of one answer alone


def _kept(key: str, make: Callable[[], Any]) -> Response:
    with lastingly():
        response = make_response(make())
    lasts = not g.get("momentary") and not is_kept_nowhere() and "Set-Cookie" not in response.headers
    stays = response.status_code == OK and lasts
    if not stays:
        return response
    page = response.get_data()
    parts = _cut(page)
    pages.put(key, parts, len(page))
    return _tagged(response, key, parts)


def _finish(response: Response) -> Response:
    if response.mimetype == "text/html" and not response.is_streamed:
        made = response.get_data()
        if any(mark in made for mark in _FILLS):
            response.set_data(_filled(_cut(made)))
    return response


def _cut(page: bytes) -> tuple[bytes, ...]:
    return tuple(_CUT.split(page))


def _filled(parts: tuple[bytes, ...]) -> bytes:
    said = {mark: fill().encode() for mark, fill in _FILLS.items() if mark in parts}
    return b"".join([said.get(part, part) for part in parts]) if said else b"".join(parts)


_KEY, _MOMENT = _MARKS["key"].encode(), _MARKS["moment"].encode()
_FILLS: dict[bytes, Callable[[], str]] = {
    _MARKS["token"].encode(): form_token,
    _KEY: lambda: secrets.token_hex(12),
    _MOMENT: lambda: str(_moment()),
}
_CUT = re.compile(b"(" + b"|".join(map(re.escape, _FILLS)) + b")")


def _tagged(response: Response, key: str, parts: tuple[bytes, ...]) -> Response:
    response.set_etag(key)
    answer_lasts(tag=key, dated=_MOMENT in parts, single=_KEY in parts)
    return response


def _key() -> str:
    own = current_app.config["SESSION_COOKIE_NAME"]
    cookies = [f"{name}={value}" for name, value in request.cookies.items() if name != own]
    said = (
        _BOOT,
        request.full_path,
        current_user.session_id,
        current_user.id,
        current_user.as_of,
        g.lasting_day.isoformat(),
        preferences.language(),
        preferences.theme(),
        *(request.headers.get(name) for name in _HTMX),
        *sorted(cookies),
    )
    # repr, since an address may hold any letter, the one that joins them too
    return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()
