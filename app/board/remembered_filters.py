"""Remembers a person's last filters in a signed cookie; used when an address names none."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, current_app, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from app.board.filters import Filters

_YEAR = 366 * 24 * 3600
_PLANS = 8  # of which filters are kept
_LETTERS = 3_000  # of a cookie; browsers take 4 096 with its name and marks


def kept(plan_id: int) -> dict[str, str]:
    """The filters that this person left on the plan, as an address carries them; nothing where there are none.

    They are kept by plan: units and clauses of one plan say nothing in another. Another person's cookie on the same
    machine is not read.
    """
    return dict(parse_qsl(_kept().get(str(plan_id), ""), keep_blank_values=True))


def names_filters() -> bool:
    """Whether the address says anything beside the plan."""
    return bool(request.args.keys() - {"plan"})


def keep(response: Response, filters: Filters) -> Response:
    """Let `response` keep `filters` for the next visit; where nothing is chosen, what was kept is forgotten."""
    if not names_filters():
        return response
    before, plan = _kept(), str(filters.plan)
    query = "" if filters.is_plain else urlencode(filters.query)
    if query == before.get(plan, ""):
        return response
    others = [(other, said) for other, said in before.items() if other != plan]
    now = dict([*others[-_PLANS + 1 :], *([(plan, query)] if query else [])])
    if not now:
        response.delete_cookie(_cookie())
        return response
    response.set_cookie(
        _cookie(),
        _signed(now),
        max_age=_YEAR,
        httponly=True,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        samesite="Lax",
    )
    return response


def _kept() -> dict[str, str]:
    """Plan → the query string left on it, the last one last."""
    try:
        person_id, queries = _signer().loads(request.cookies.get(_cookie(), ""))
        return dict(queries) if person_id == current_user.id else {}
    except (BadSignature, TypeError, ValueError):
        return {}


def _signed(queries: dict[str, str]) -> str:
    """The cookie's value: what was left longest ago is dropped until a browser takes it."""
    signed = str(_signer().dumps([current_user.id, queries]))
    fits = len(signed) <= _LETTERS or not queries
    return signed if fits else _signed(dict([*queries.items()][1:]))


def _cookie() -> str:
    """A name of this installation's own: two on one machine share the cookies of a browser."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}_filters"


def _signer() -> Any:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="board filters")
