"""The installation's file store, as routes and commands reach it; and whether rows and files agree."""

import logging

from flask import current_app
from sqlalchemy import Table, select

from app.evidence.storage import FileStore, Storage
from app.extensions import Base, db

_log = logging.getLogger("bdg.files")


def store() -> Storage:
    """The store in the data folder of the running application."""
    return FileStore(current_app.extensions["bdg"].files)


def sweep() -> list[str]:
    """Take away files older than an hour that no row names: what a crash left behind. Returns their keys."""
    named = [select(table.c.storage_key) for table in _tables("storage_key")]
    swept = store().sweep(frozenset(key for query in named for key in db.session.scalars(query)))
    for key in swept:
        _log.warning("swept a file without a row: %s", key)
    return swept


def damaged() -> list[str]:
    """The names of files that are missing or not as they were stored, by the SHA-256 that their rows hold."""
    kept = store()
    return [
        f"{row_id} {name}"
        for table in _tables("name", "storage_key", "sha256")
        for row_id, name, key, sha256 in db.session.execute(
            select(table.c.id, table.c.name, table.c.storage_key, table.c.sha256)
            .where(table.c.storage_key.is_not(None))  # of a document that is not yet issued
            .order_by(table.c.id)
        )
        if not kept.verify(key, sha256)
    ]


def _tables(*columns: str) -> list[Table]:
    """Every table that names files so, whichever feature it belongs to."""
    return [table for table in Base.metadata.sorted_tables if set(columns) <= set(table.c.keys())]
