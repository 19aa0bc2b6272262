"""Bảng BĐG: an official annual plan as a board of duties."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Config


def create_app(config: "Config | None" = None, **overrides: Any) -> "Flask":
    """The WSGI application of one installation; `overrides` are Flask settings (tests)."""
    from app.factory import build  # late, so that pure parts can be imported without the web

    return build(config, **overrides)
