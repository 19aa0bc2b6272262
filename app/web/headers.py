"""The headers of every answer, the number of every request, and its line in the log."""

import logging
import secrets
import time

from flask import Flask, Response, g, request
from flask_login import current_user

from app.core import clock
from app.core.change import request_id, written
from app.web import browser_cache

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


def init_app(app: Flask) -> None:
    """Number each request of `app`, finish each answer."""
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    g.began = time.perf_counter()
    request_id.set(new_request_id())
    written.set(False)


def _finish(response: Response) -> Response:
    response.headers.update({k: v for k, v in HEADERS.items() if k not in response.headers})
    response.headers["X-Request-Id"] = request_id.get()
    response.vary.add("HX-Request")
    browser_cache.say(response)
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
