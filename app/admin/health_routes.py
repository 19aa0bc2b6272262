"""GET /healthz: 200 when the database and the file store can be written."""

import logging
import os
import secrets
from typing import Any

from flask import Blueprint, current_app
from flask_babel import gettext as _

from app.core import database
from app.core.errors import Refused
from app.extensions import db

bp = Blueprint("health", __name__)
_log = logging.getLogger("bdg.health")


@bp.get("/healthz", endpoint="show")
def show() -> Any:
    try:
        database.can_write(db.engine)
        _try_files()
    except (Refused, OSError, database.DatabaseTrouble) as error:
        _log.error("health: %s", error)
        return {"status": "unwell", "message": _("Chưa ghi được cơ sở dữ liệu hoặc kho tệp.")}, 503
    return {"status": "ok"}


def _try_files() -> None:
    folder = current_app.extensions["bdg"].files
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".health-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        path.write_bytes(b"ok")
    finally:
        path.unlink(missing_ok=True)
