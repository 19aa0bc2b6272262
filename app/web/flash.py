"""What was just done, said on the next page."""

from typing import Any

from flask import session

_TOLD = "told"


def tell(text: Any, *, tone: str = "done", icon: str = "circle-check", undo: dict[str, int] | None = None) -> None:
    """Say on the next page what was done, with its undo while there is time."""
    session[_TOLD] = {"text": str(text), "tone": tone, "icon": icon, "undo": undo}


def take() -> list[dict[str, Any]]:
    """What the request before this one has just done, once."""
    return [session.pop(_TOLD)] if _TOLD in session else []  # a pop of nothing would write the cookie again
