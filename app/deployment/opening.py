"""Opens an installation for the server and the commands: nothing is written before folder and database fit together."""

import logging
import os

from flask import Flask

from app import create_app
from app.config import Config, ConfigError
from app.core import clock
from app.deployment import belonging, leftover, schema
from app.extensions import db

PRIVATE = 0o077
_log = logging.getLogger("bdg.deployment")


def keep_private() -> int:
    """Let every file made from now on be readable by this account alone; returns the mask there was before."""
    return os.umask(PRIVATE)


def open_installation(
    settings: Config, *, upgrade: bool = True, may_make: bool = True, or_empty: bool = False
) -> Flask:
    """The application of this data folder and database, with its schema.

    Raises `ConfigError` where the two do not belong together, where a write-ahead log is that of another file, and
    where there is no database yet and none may be made.
    """
    told = leftover.require_own(settings.data / "bdg.sqlite3", clock.now()) if settings.on_sqlite else None
    app = create_app(settings)
    if told:
        _log.warning("%s", told)
    try:
        _require(app, may_make=may_make, or_empty=or_empty)
        if upgrade:
            schema.upgrade(app)
    except BaseException:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        raise
    return app


def _require(app: Flask, *, may_make: bool, or_empty: bool) -> None:
    if not may_make and not belonging.has_database(app):
        place = app.extensions["bdg"].place
        raise ConfigError(
            f"Chưa có cơ sở dữ liệu ở {place}. Đặt BDG_DATA (và BDG_DATABASE_URL) đúng như của máy chủ; tạo "
            "mới thì khởi động máy chủ một lần, hoặc chạy «bdg db upgrade»."
        )
    belonging.require(app, or_empty=or_empty)
