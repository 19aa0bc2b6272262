"""In which language and with which theme a page is made: as the person chose, else as this browser did.

The choice is kept with the account; a cookie keeps it too, for the pages before the sign-in and for those that are
made while the database cannot be read.
"""

from typing import Any

from flask import Response, current_app, has_request_context, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

LANGUAGES: dict[str, Any] = {"vi": _l("Tiếng Việt"), "en": _l("English")}
THEMES: dict[str, Any] = {"light": _l("Sáng"), "dark": _l("Tối"), "system": _l("Theo hệ thống")}
DEFAULT_LANGUAGE, DEFAULT_THEME = "vi", "system"
_YEAR = 366 * 24 * 3600


def language() -> str:
    """The language that this answer speaks; Vietnamese outside of a request."""
    return _chosen("language", LANGUAGES) or DEFAULT_LANGUAGE


def theme() -> str:
    """`light`, `dark` or `system`, which leaves it to the browser."""
    return _chosen("theme", THEMES) or DEFAULT_THEME


def keep(response: Response, **chosen: str | None) -> Response:
    """Let the browser keep what was chosen; of `chosen` (language, theme), what is None stays as it was."""
    for name, value in chosen.items():
        if value is not None:
            response.set_cookie(
                f"bdg_{name}",
                value,
                max_age=_YEAR,
                httponly=True,
                secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
                samesite="Lax",
            )
    return response


def _chosen(name: str, known: dict[str, Any]) -> str | None:
    if not has_request_context():
        return None
    own = getattr(current_user, name, None) if current_user else None
    found = own or request.cookies.get(f"bdg_{name}")
    return found if found in known else None
