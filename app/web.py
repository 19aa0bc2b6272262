"""The seam between the domain and HTTP: rendering, the locked front door, the headers of every answer."""

import logging
import secrets
import string
import time
import unicodedata
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, g, render_template, request, url_for
from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from jinja2_fragments.flask import render_block
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import IntegerConverter

from app import keeping
from app.core import clock
from app.core.change import request_id, written
from app.core.days import about, day_typed, day_words
from app.core.errors import StorageFull
from app.core.numbers import LARGEST_ID
from app.core.policy import can
from app.extensions import htmx

PUBLIC_ENDPOINTS = frozenset(
    {
        "accounts.sign_in",
        "accounts.open_session",
        "accounts.first_admin",
        "accounts.make_first_admin",
        "accounts.one_time",
        "accounts.redeem",
        "health.show",
        "preferences.choose",
    }
)
FORM_BYTES = 1_000_000
TURNED_AWAY = "bdg.turned_away"  # in the environment of a request whose body the server did not take
FULL = _l("Máy chủ đã hết dung lượng lưu trữ; chưa có gì được ghi. Hãy báo quản trị rồi thử lại.")
UPLOAD_LIMITS: dict[str, Any] = {}  # endpoint → a function that gives its limit in bytes
_FIT = frozenset(string.ascii_letters + string.digits + " -_.,()+")
_KILO, _MEGA = 1_000, 1_000_000
_log = logging.getLogger("bdg.web")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class BoundedId(IntegerConverter):
    """Ids that no database column can hold do not exist; one longer than any of them is not even read."""

    regex = "[0-9]{1,10}"

    def __init__(self, map: Any, *args: Any, **kwargs: Any) -> None:  # noqa: A002  the name is werkzeug's
        kwargs.setdefault("max", LARGEST_ID)
        super().__init__(map, *args, **kwargs)


def wants_fragment() -> bool:
    """Whether htmx asks for a region; a boosted visit or one that restores history wants the page."""
    return bool(htmx) and request.headers.get("HX-Request-Type", "partial") == "partial"


def render(template: str, *, block: str | None = None, **context: Any) -> str:
    """The whole page for a visit, one block of that same page for an htmx swap."""
    if block is not None and wants_fragment():
        return str(render_block(template, block, **context))
    return render_template(template, **context)


def or_404(found: Any) -> Any:
    """What a person may not see does not exist for them."""
    return found if found is not None else abort(404)


def see_other(location: str) -> Response:
    """The answer to a form that was carried out: go and look (303), and for a script the same; 201 where files came in,
    because the script that sends them takes nothing else for a receipt (`static/js/receipt.js`).
    """
    if wants_fragment():
        status = 201 if any(file.filename for file in request.files.values()) else 204
        return Response(status=status, headers={"HX-Redirect": location})
    return go(location)


def go(location: str) -> Response:
    """A redirect (303) without words of its own."""
    return Response(status=303, headers={"Location": location})


def attachment(name: str, size: int, media_type: str = "application/octet-stream") -> Response:
    """The head of a file that is handed out, to be filled with its `size` bytes.

    Never shown inside this site: `script-src 'self'` together with users' files would be their script.
    """
    response = Response(mimetype=media_type)
    response.content_length = size
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str) -> str:
    """The header that names an attachment: in plain ASCII for programs that read no more, then as it is."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    stem, dot, ending = " ".join("".join(filter(_FIT.__contains__, plain)).split()).rpartition(".")
    fit = f"{stem.strip(' .') or 'tep'}.{ending}" if dot else ending or "tep"
    return f"attachment; filename=\"{fit}\"; filename*=UTF-8''{quote(name, safe='')}"


def init_app(app: Flask) -> None:
    """Hang the front door, the request's number, the headers and the template helpers on `app`."""
    app.url_map.converters["int"] = BoundedId
    for step in (_begin, _turn_away, _deny_by_default, _widen):
        app.before_request(step)
    app.after_request(_finish)
    app.jinja_env.globals.update(can=lambda permission, subject=None: can(current_user, permission, subject))
    app.jinja_env.globals.update(about=about)
    app.jinja_env.filters.update(day_typed=day_typed, day=day, moment=moment, filesize=filesize, short=short)


def _begin() -> None:
    g.began = time.perf_counter()
    request_id.set(new_request_id())
    written.set(False)
    request.max_content_length = FORM_BYTES


def _turn_away() -> None:
    """Answer what the server did not take in, knowing its headers alone."""
    why = request.environ.get(TURNED_AWAY)
    if why is not None:
        raise StorageFull(FULL) if why == "disk full" else RequestEntityTooLarge


def _widen() -> None:
    """Once somebody is let in, an address that takes files takes as much as the office has set."""
    limit = UPLOAD_LIMITS.get(request.endpoint or "")
    if limit:
        request.max_content_length = limit()


def _deny_by_default() -> Any:
    if request.endpoint in PUBLIC_ENDPOINTS or current_user.is_authenticated:
        return None
    if request.method not in ("GET", "HEAD") or wants_fragment():
        return abort(401)
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return go(url_for("accounts.sign_in", next=target if target != "/" else None))


def _finish(response: Response) -> Response:
    response.headers.update({k: v for k, v in HEADERS.items() if k not in response.headers})
    response.headers["X-Request-Id"] = request_id.get()
    response.vary.add("HX-Request")
    keeping.say(response)
    if response.mimetype == "text/html" and current_user.is_authenticated:
        response.headers["X-Person"] = str(current_user.id)  # whose page it is, for what keeps pages on a device
    if request.endpoint != "health.show":
        person_id, began = getattr(current_user, "id", None), g.get("began", time.perf_counter())
        log_answer(request.method, request.path, response.status_code, request.endpoint, person_id, began)
    return response


def new_request_id() -> str:
    """The reference number of a request, as error pages show it and the logs carry it."""
    moment = clock.local(clock.now())
    return f"BDG-{moment:%y%m%d-%H%M}-{secrets.token_hex(3).upper()}"


def log_answer(method: str, path: str, status: int, endpoint: str | None, person_id: int | None, began: float) -> None:
    """One line of the structured log for one answer; `began` is of `time.perf_counter`."""
    took_ms = round((time.perf_counter() - began) * 1000, 1)
    said = {"method": method, "path": path, "status": status, "endpoint": endpoint, "person_id": person_id}
    _log.info("answered", extra=said | {"took_ms": took_ms})


def day(value: date | None) -> Markup:
    """A date as people read it in tables, marked up with its exact value."""
    if value is None:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), day_words(value))


def moment(value: datetime | None) -> Markup:
    """A moment on the wall clock of Việt Nam, the day and HH:MM."""
    if value is None:
        return Markup("")
    local = clock.local(value)
    exact = local.isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(exact, f"{day_words(local)} {local:%H:%M}")


def filesize(size: int) -> str:
    """Bytes in the unit people expect, with the decimal sign of the language: 38 kB, 1,2 MB."""
    if size < _KILO:
        return f"{size} B"
    if size < _MEGA:
        return f"{round(size / _KILO)} kB"
    return f"{format_decimal(size / _MEGA, '0.0')} MB"


def short(text: str, length: int) -> str:
    """`text` cut at a word to at most `length` letters, with an ellipsis; the whole stands elsewhere on the page."""
    return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
