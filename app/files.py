"""The installation's file store, as routes and commands reach it; and whether rows and files agree."""

from flask import current_app
from sqlalchemy import select

from app.core import stored
from app.core.database import table_names
from app.evidence.storage import FileStore, Storage
from app.extensions import db


def store() -> Storage:
    """The store in the data folder of the running application."""
    return FileStore(current_app.extensions["bdg"].files)


def named_keys() -> frozenset[str]:
    """The keys of every file that a row names. A database whose schema is older has some of the tables only."""
    there = table_names(db.engine)
    queries = [select(table.c[key]).where(table.c[key].is_not(None)) for table, (key, *_) in stored.tables()
               if table.name in there]  # fmt: skip
    return frozenset(key for query in queries for key in db.session.scalars(query))


def damaged() -> list[str]:
    """The names of files that are missing or not as they were stored, by the SHA-256 that their rows hold."""
    kept = store()
    return [
        f"{row_id} {name}"
        for table, columns in stored.tables()
        for row_id, key, name, sha256 in db.session.execute(
            select(table.c.id, *(table.c[column] for column in columns))
            .where(table.c[columns[0]].is_not(None))  # of a document that is not yet issued
            .order_by(table.c.id)
        )
        if not kept.verify(key, sha256)
    ]
