"""The filters a person looked through last, kept in a signed cookie of their browser and used when none are named."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from app.board.filters import Filters

_YEAR = 366 * 24 * 3600


def kept() -> str:
    """The query string that this person left, or nothing: another person's cookie on the same machine is not read."""
    try:
        person_id, query = _signer().loads(request.cookies.get(_cookie(), ""))
    except (BadSignature, TypeError, ValueError):
        return ""
    return str(query) if person_id == current_user.id else ""


def keep(response: Response, filters: Filters) -> Response:
    """Let `response` keep `filters` for the next visit; where nothing is chosen, what was kept is forgotten."""
    if not _names_something():
        return response
    query = "" if filters.is_plain else urlencode(filters.query)
    if query == kept():
        return response
    if not query:
        response.delete_cookie(_cookie())
        return response
    response.set_cookie(
        _cookie(),
        _signer().dumps([current_user.id, query]),
        max_age=_YEAR,
        httponly=True,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        samesite="Lax",
    )
    return response


def _names_something() -> bool:
    return bool(request.args)


def _cookie() -> str:
    """A name of this installation's own: two on one machine share the cookies of a browser."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}_filters"


def _signer() -> Any:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="board filters")
