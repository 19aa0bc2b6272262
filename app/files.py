"""The installation's file store, as routes and commands reach it."""

from flask import current_app

from app.evidence.storage import FileStore, Storage


def store() -> Storage:
    """The store in the data folder of the running application."""
    return FileStore(current_app.extensions["bdg"].files)
