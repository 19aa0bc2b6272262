"""What is decided of a request on its headers, before a byte of its body is taken: nothing here asks the database."""

import shutil
import tempfile
from enum import StrEnum

from flask import Flask
from itsdangerous import BadData
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie
from werkzeug.routing import RequestRedirect

from app.organisation import settings
from app.web import front_door

MOST_BYTES = 1_200_000_000  # of one body, whatever an office has set
STRANGER_BYTES = 64_000  # a form to sign in, to redeem a code, to choose a language
KEPT_FREE_BYTES = 200_000_000  # of the disk on which bodies wait: the database may lie on it


class Turned(StrEnum):
    """Why a request is turned away."""

    TOO_LARGE = "too large"
    DISK_FULL = "disk full"


class Door:
    """Knows how much each address takes, and from whom."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._cookie = str(app.config["SESSION_COOKIE_NAME"])
        self._addresses = app.url_map.bind("localhost")
        self._seal = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of Flask's own
        self._lifetime_s = int(app.permanent_session_lifetime.total_seconds())

    def limit(self, method: str, path: str, cookies: str) -> int:
        """The bytes that the body of this request may have."""
        if not self._is_signed_in(cookies):
            return STRANGER_BYTES
        limit = front_door.upload_limit(self._app, self._endpoint(method, path))
        if limit is None:
            return front_door.FORM_BYTES
        with settings.remembered():
            return min(limit(), MOST_BYTES)

    def refusal(self, size: int, limit: int) -> Turned | None:
        """Why a body of `size` bytes is not taken; None where it is."""
        if size > limit:
            return Turned.TOO_LARGE
        if size > front_door.FORM_BYTES and shutil.disk_usage(tempfile.gettempdir()).free - size < KEPT_FREE_BYTES:
            return Turned.DISK_FULL
        return None

    def _is_signed_in(self, cookies: str) -> bool:
        """Whether the cookie bears our seal and a person; whether the session still stands is asked later."""
        sealed = parse_cookie(cookies).get(self._cookie)
        try:
            return bool(sealed) and "_user_id" in self._seal.loads(sealed, max_age=self._lifetime_s)
        except BadData:
            return False

    def _endpoint(self, method: str, path: str) -> str:
        try:
            endpoint, _values = self._addresses.match(path.encode("latin-1").decode("utf-8", "replace"), method)
        except (HTTPException, RequestRedirect):
            return ""
        return str(endpoint)
