"""The page to which an address belongs that only takes forms: where a reader goes who opens it, or signs in again."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from app.web.rendering import wants_fragment

OWN_PAGE: dict[str, Callable[..., str | None]] = {}
"""endpoint → the address of its page, where that is not the nearest page above the endpoint's own address.

Asked only for people who are signed in; None where there is no such thing for them.
"""


def page_address() -> str:
    """The address of the page that this request is about: its own, or of a form the page where the form stands."""
    if request.method in ("GET", "HEAD") and not wants_fragment():
        return request.full_path.rstrip("?")
    return page_of(request.path) or request.path


def page_of(path: str) -> str | None:
    """The page to which `path` belongs. The first page of the site is above everything, so it is nobody's."""
    if match_address(path, "GET"):
        return path
    posts = match_address(path, "POST")
    if posts is None:
        return None
    endpoint, arguments = posts
    if endpoint in OWN_PAGE:
        return OWN_PAGE[endpoint](**arguments) if current_user.is_authenticated else path
    above = path.rpartition("/")[0]
    while above and not match_address(above, "GET"):
        above = above.rpartition("/")[0]
    return above or None


def match_address(path: str, method: str) -> tuple[str, Mapping[str, Any]] | None:
    """The endpoint that answers `method` at `path` of this site, and its arguments; None where none does."""
    try:
        return current_app.url_map.bind("").match(path, method=method)
    except HTTPException:
        return None
