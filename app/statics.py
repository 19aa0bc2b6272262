"""Static files under an address that changes with their content, so that browsers may keep them for good."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

FOLDER = Path(__file__).resolve().parent / "static"
_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Serve `app/static` at /static/<fingerprint>/ and give templates `static()` and `icon()`."""
    prefix = f"static/{_fingerprint()}/"
    served = WhiteNoise(app.wsgi_app, root=str(FOLDER), prefix=prefix, max_age=_YEAR, add_headers_function=_harden)
    app.wsgi_app = served  # type: ignore[method-assign]

    @cache
    def icon(name: str) -> Markup:
        return Markup('<svg class="i" aria-hidden="true"><use href="/{}icons.svg#{}"/></svg>').format(prefix, name)

    app.jinja_env.globals.update(static=lambda path: f"/{prefix}{path}", icon=icon)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(FOLDER).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _harden(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"
