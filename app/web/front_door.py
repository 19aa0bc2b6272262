"""Who is let in, and how much a request may bring: nothing is open but what is named here."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import IntegerConverter

from app.core.errors import StorageFull
from app.core.numbers import LARGEST_ID
from app.web.rendering import wants_fragment
from app.web.responses import go

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
_LIMIT = "upload_limit"  # the attribute of a view that takes files
_View = TypeVar("_View", bound=Callable[..., Any])


class BoundedId(IntegerConverter):
    """Ids that no database column can hold do not exist; one longer than any of them is not even read."""

    regex = "[0-9]{1,10}"

    def __init__(self, map: Any, *args: Any, **kwargs: Any) -> None:  # noqa: A002  the name is werkzeug's
        kwargs.setdefault("max", LARGEST_ID)
        super().__init__(map, *args, **kwargs)


def takes_files(limit: Callable[[], int]) -> Callable[[_View], _View]:
    """Mark a view that takes files, below its route: a request to it may have as many bytes as `limit` says then."""

    def mark(view: _View) -> _View:
        setattr(view, _LIMIT, limit)
        return view

    return mark


def upload_limit(app: Flask, endpoint: str | None) -> Callable[[], int] | None:
    """What says how many bytes a request to this view of `app` may have; None where it takes no files."""
    return getattr(app.view_functions.get(endpoint or ""), _LIMIT, None)


def init_app(app: Flask) -> None:
    """Lock every address of `app` and bound what is sent to it."""
    app.url_map.converters["int"] = BoundedId
    for step in (_bound, _turn_away, _deny_by_default, _widen):
        app.before_request(step)


def _bound() -> None:
    request.max_content_length = FORM_BYTES


def _turn_away() -> None:
    """Answer what the server did not take in, knowing its headers alone."""
    why = request.environ.get(TURNED_AWAY)
    if why is not None:
        raise StorageFull(FULL) if why == "disk full" else RequestEntityTooLarge


def _widen() -> None:
    """Once somebody is let in, an address that takes files takes as much as the office has set."""
    limit = upload_limit(current_app, request.endpoint)
    if limit:
        request.max_content_length = limit()


def _deny_by_default() -> Any:
    if request.endpoint in PUBLIC_ENDPOINTS or current_user.is_authenticated:
        return None
    if request.method not in ("GET", "HEAD") or wants_fragment():
        return abort(401)
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return go(url_for("accounts.sign_in", next=target if target != "/" else None))
