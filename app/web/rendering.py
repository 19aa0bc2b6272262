"""Templates: whole pages or one block of them, and how days, sizes and long texts are written there."""

from datetime import date, datetime
from typing import Any

from flask import Flask, render_template, request
from flask_babel import format_decimal
from flask_login import current_user
from jinja2_fragments.flask import render_block
from markupsafe import Markup

from app.core import clock
from app.core.days import about, day_typed, day_words
from app.core.policy import can
from app.extensions import htmx

_KILO, _MEGA = 1_000, 1_000_000


def init_app(app: Flask) -> None:
    """Give the templates of `app` their helpers."""
    app.jinja_env.globals.update(can=lambda permission, subject=None: can(current_user, permission, subject))
    app.jinja_env.globals.update(about=about)
    app.jinja_env.filters.update(day_typed=day_typed, day=day, moment=moment, filesize=filesize, short=short)


def wants_fragment() -> bool:
    """Whether htmx asks for a region; a boosted visit or one that restores history wants the page."""
    return bool(htmx) and request.headers.get("HX-Request-Type", "partial") == "partial"


def render(template: str, *, block: str | None = None, **context: Any) -> str:
    """The whole page for a visit, one block of that same page for an htmx swap."""
    if block is not None and wants_fragment():
        return str(render_block(template, block, **context))
    return render_template(template, **context)


def day(value: date | None) -> Markup:
    """A date as people read it in tables, marked up with its exact value."""
    if value is None:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), day_words(value))


def moment(value: datetime | None) -> Markup:
    """A moment on the wall clock of Việt Nam, the day and HH:MM."""
    if value is None:
        return Markup("")
    local = clock.local(value)
    exact = local.isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(exact, f"{day_words(local)} {local:%H:%M}")


def filesize(size: int) -> str:
    """Bytes in the unit people expect, with the decimal sign of the language: 38 kB, 1,2 MB."""
    if size < _KILO:
        return f"{size} B"
    if size < _MEGA:
        return f"{round(size / _KILO)} kB"
    return f"{format_decimal(size / _MEGA, '0.0')} MB"


def short(text: str, length: int) -> str:
    """`text` cut at a word to at most `length` letters, with an ellipsis; the whole stands elsewhere on the page."""
    return text if len(text) <= length else text[: length + 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
