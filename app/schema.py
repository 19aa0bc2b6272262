"""Brings the database to the newest schema, in one locked step: two processes never do it at once."""

import logging
from datetime import date, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from app.core import database
from app.extensions import db

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(app: Flask) -> None:
    """Run the migrations that are still to be run. Safe to call at every start."""
    with app.app_context():
        if is_newest():
            return
        with database.upgrade_lock(db.engine, app.extensions["bdg"].data):
            logging.getLogger("alembic").setLevel(logging.WARNING)
            command.upgrade(alembic_config(), "head")


def alembic_config() -> AlembicConfig:
    """Alembic's settings; the environment takes the engine from the running application."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def is_newest() -> bool:
    """Whether the database has every migration of this program. Needs an application context."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def made_on() -> date:
    """The day of the newest migration: the program is no older, so no honest clock is behind it."""
    newest = max(path.name for path in (FOLDER / "versions").glob("[0-9]*.py"))
    return datetime.strptime(newest[:8], "%Y%m%d").date()
