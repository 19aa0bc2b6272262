"""Puts the parts of the application together: config → extensions → web → features; nothing else."""

from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import blueprints
from app import config as configuration
from app.accounts import page_owner
from app.accounts.queries.sessions import as_of_session
from app.core import anchor, clock, database, logging_setup
from app.extensions import babel, compress, csrf, db, htmx, login
from app.layout import errors
from app.web import assets, etag, front_door, headers, hosts, preferences, rendering
from app.web.etag_middleware import WithoutBody

ROOT = Path(__file__).resolve().parent.parent


def build(config: configuration.Config | None = None, **overrides: Any) -> Flask:
    """See `app.create_app`."""
    config = config or configuration.from_environment()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(_flask_settings(config), **overrides)
    app.extensions["bdg"] = config
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logging_setup.start(config.data / "log")
    clock.pretend(config.sample_day)
    for part in (etag, headers, front_door, rendering):  # the front door stands before every extension's own hooks
        part.init_app(app)
    # Whose form it is goes before the check of its token.
    for extension in (db, login, page_owner, csrf, htmx, compress):
        extension.init_app(app)
    page_owner.init_templates(app)
    babel.init_app(app, locale_selector=preferences.language)
    errors.init_app(app)
    assets.init_app(app)
    blueprints.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
        app.wsgi_app = WithoutBody(app.wsgi_app, db.engine, config.cookie, as_of_session)  # type: ignore[method-assign]
    anchor.init(config.data)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    app.wsgi_app = hosts.HostGate(app.wsgi_app, config)  # type: ignore[method-assign]
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
