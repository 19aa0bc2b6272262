"""The installation's file store, as routes and commands reach it; and whether rows and files agree."""

import logging

from flask import current_app
from sqlalchemy import select

from app.evidence import queries
from app.evidence.models import EvidenceFile
from app.evidence.storage import FileStore, Storage
from app.extensions import db
from app.plans.models import PlanDraft

_log = logging.getLogger("bdg.files")


def store() -> Storage:
    """The store in the data folder of the running application."""
    return FileStore(current_app.extensions["bdg"].files)


def sweep() -> list[str]:
    """Take away files older than an hour that no row names: what a crash left behind. Returns their keys."""
    known = queries.storage_keys() | frozenset(db.session.scalars(select(PlanDraft.storage_key)))
    swept = store().sweep(known)
    for key in swept:
        _log.warning("swept a file without a row: %s", key)
    return swept


def damaged() -> list[str]:
    """The names of evidence files that are missing or not as they were stored, by their SHA-256."""
    kept = store()
    files = db.session.scalars(select(EvidenceFile).order_by(EvidenceFile.id))
    return [f"{file.id} {file.name}" for file in files if not kept.verify(file.storage_key, file.sha256)]
