"""Brings the database to the newest schema, in one locked step: two processes never do it at once.

Alembic is imported when there is something to do; that the schema is the newest is told without it, at every start.
"""

import logging
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from app.core import database
from app.extensions import db

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
_REVISION = re.compile(r"""^(down_)?revision\b[^=\n]*= *["'](\w+)["']""", re.MULTILINE)


def upgrade(app: Flask) -> None:
    """Run the migrations that are still to be run. Safe to call at every start."""
    with app.app_context():
        if is_newest():
            return
        from alembic import command

        with database.upgrade_lock(db.engine, app.extensions["bdg"].data):
            logging.getLogger("alembic").setLevel(logging.WARNING)
            command.upgrade(alembic_config(), "head")


def alembic_config() -> "AlembicConfig":
    """Alembic's settings; the environment takes the engine from the running application."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def is_newest() -> bool:
    """Whether the database has every migration of this program. Needs an application context."""
    return database.schema_versions(db.engine) == heads()


def made_on() -> date:
    """The day of the newest migration: the program is no older, so no honest clock is behind it."""
    newest = max(path.name for path in (FOLDER / "versions").glob("[0-9]*.py"))
    return datetime.strptime(newest[:8], "%Y%m%d").date()


def heads() -> set[str]:
    """The migrations on which no other one rests, as their files say: one, unless two were written side by side."""
    made: set[str] = set()
    below: set[str] = set()
    for path in (FOLDER / "versions").glob("*.py"):
        for is_below, name in _REVISION.findall(path.read_text(encoding="utf-8")):
            (below if is_below else made).add(name)
    return made - below
