"""Static files under an address that changes with their content, so that browsers may keep them for good.

They are answered from memory, before anything of the application runs: one bundle of styles, one of scripts, and text
compressed once. Nothing is written to disk.
"""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from markupsafe import Markup
from werkzeug.http import parse_accept_header

from app.web import bundler

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOLDER = Path(__file__).resolve().parents[1] / "static"
BUNDLES = {"css/app.css": bundler.style, "js/app.js": bundler.script, "js/visits.js": bundler.script}
_YEAR = 365 * 24 * 3600
_KINDS = {  # named here: on Windows the registry says what a .js is, and may say anything
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
}
_PACKED_ALREADY = frozenset({".woff2", ".webp"})
_HEADERS = [
    ("Cache-Control", f"max-age={_YEAR}, public, immutable"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Vary", "Accept-Encoding"),
]


@dataclass(frozen=True)
class Static:
    """What one address answers; `packed` is None where compression gains nothing."""

    kind: str
    plain: bytes
    packed: bytes | None


def init_app(app: Flask) -> None:
    """Serve `app/static` at /static/<fingerprint>/ and give templates `static()` and `icon()`."""
    prefix = f"/static/{_fingerprint()}/"
    app.wsgi_app = Statics(app.wsgi_app, prefix).answer  # type: ignore[method-assign]

    @cache
    def icon(name: str) -> Markup:
        return Markup('<svg class="i" aria-hidden="true"><use href="{}icons.svg#{}"/></svg>').format(prefix, name)

    app.jinja_env.globals.update(static=lambda path: f"{prefix}{path}", icon=icon)


class Statics:
    """Answers what lies under `prefix`; everything else, and an unknown file, is the application's."""

    def __init__(self, inner: "WSGIApplication", prefix: str) -> None:
        self.inner, self.prefix = inner, prefix
        self.names = frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        name = path[len(self.prefix) :] if path.startswith(self.prefix) else ""
        if name not in self.names or method not in ("GET", "HEAD"):
            return self.inner(environ, start_response)
        file = load(name)
        packed = file.packed if parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING", ""))["gzip"] > 0 else None
        body = file.plain if packed is None else packed
        encoding = [] if packed is None else [("Content-Encoding", "gzip")]
        start_response(
            "200 OK", [("Content-Type", file.kind), ("Content-Length", str(len(body))), *encoding, *_HEADERS]
        )
        return [body] if method == "GET" else []


@cache
def load(name: str) -> Static:
    """The file or bundle at `name`, made the first time it is asked for."""
    ending = Path(name).suffix
    bundle = BUNDLES.get(name)
    plain = bundle(name, _text).encode() if bundle else (FOLDER / name).read_bytes()
    packed = None if ending in _PACKED_ALREADY else gzip.compress(plain, mtime=0)
    return Static(_KINDS[ending], plain, packed if packed and len(packed) < len(plain) else None)


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(FOLDER).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
