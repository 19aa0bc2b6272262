"""Puts the parts of the application together: config → extensions → web → features; nothing else."""

from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config as configuration
from app import error_pages, etag, features, hosts, logs, preferences, statics, web, whose
from app.accounts.queries import as_of_session
from app.core import anchor, clock, database
from app.etag_middleware import WithoutBody
from app.extensions import babel, compress, csrf, db, htmx, login

ROOT = Path(__file__).resolve().parent.parent


def build(config: configuration.Config | None = None, **overrides: Any) -> Flask:
    """See `app.create_app`."""
    config = config or configuration.from_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(_flask_settings(config), **overrides)
    app.extensions["bdg"] = config
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logs.start(config.data / "log")
    clock.pretend(features.sample_day(config))
    etag.init_app(app)
    web.init_app(app)  # the front door stands before every extension's own hooks
    for extension in (db, login, whose, csrf, htmx, compress):  # whose form it is goes before the check of its token
        extension.init_app(app)
    whose.init_templates(app)
    babel.init_app(app, locale_selector=preferences.language)
    error_pages.init_app(app)
    statics.init_app(app)
    features.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
        app.wsgi_app = WithoutBody(app.wsgi_app, db.engine, config.cookie, as_of_session)  # type: ignore[method-assign]
    anchor.init(config.data)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    app.wsgi_app = hosts.Gate(app.wsgi_app, config)  # type: ignore[method-assign]
    return app


def _flask_settings(config: configuration.Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SESSION_COOKIE_NAME": config.cookie,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.https,
        "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the session
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "COMPRESS_REGISTER": True,
        "COMPRESS_ALGORITHM": ["zstd", "gzip"],
        "COMPRESS_ZSTD_LEVEL": 1,  # measured: higher levels cost more time than the bytes they save
        "COMPRESS_LEVEL": 1,
    }
