"""On which devices people signed in lately, kept in a signed cookie of the browser: person → the device's own name.

It opens nothing. Wrong tries on such a device count for it alone (`throttle.keys_of`).
"""

import secrets
import time
from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

LATELY = 90 * 24 * 3600  # seconds since the last sign-in
_COOKIE = "bdg_device"
_MOST = 8  # people on one device


def known() -> dict[int, str]:
    """Person → the name of this device, for those who signed in on it lately."""
    return {person_id: name for person_id, name, _at in _entries()}


def keep(response: Response, person_id: int) -> Response:
    """Let the browser keep that the person signed in on it now."""
    name = known().get(person_id) or secrets.token_hex(16)
    others = [entry for entry in _entries() if entry[0] != person_id]
    kept = [[person_id, name, int(time.time())], *others][:_MOST]
    response.set_cookie(
        _COOKIE,
        _signer().dumps(kept),
        max_age=LATELY,
        httponly=True,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        samesite="Lax",
    )
    return response


def _entries() -> list[list[Any]]:
    try:
        said = _signer().loads(request.cookies.get(_COOKIE, ""))
    except BadSignature:
        return []
    return [entry for entry in said if time.time() - entry[2] < LATELY]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known devices")
