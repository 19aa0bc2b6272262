"""Photos and documents of a visit: kept as they came, once for each key; taken out by a note, never destroyed."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.change import change, record
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.evidence.operations import Kept, keep_file
from app.extensions import db
from app.files.pending import pending
from app.files.store import Incoming, Storage
from app.inspections import queries
from app.inspections.visits.models import FileRole, InspectionVisit, VisitFile, VisitStatus
from app.inspections.visits.operations.findings import CLOSED, KEY_TAKEN, NO_SUCH_CONTENT, begin

FILE_NEEDED = _l("Chọn tệp.")
NOT_A_PHOTO = _l("Tệp này không phải ảnh hoặc video.")
_AFTER_THE_END = frozenset({FileRole.MINUTES_SIGNED, FileRole.LETTER})


@dataclass(frozen=True)
class Sent:
    """One file on its way: what it is, of which content, and the key of this sending."""

    file: Incoming
    role: FileRole
    content_id: int | None = None
    client_key: str | None = None


def add_file(actor: Actor, visit: InspectionVisit, sent: Sent, *, store: Storage, limit_bytes: int) -> VisitFile:
    """Keep a file of a visit; a key that was received before gives the file it brought then.

    Raises `Forbidden`; `Refused` for a file that is not taken, a visit that is closed, or a key used elsewhere;
    `TooLarge`, `StorageFull`.
    """
    require(actor, Permission.VISIT_RECORD, visit)
    if (known := _received(sent, visit.id)) is not None:
        return known
    kept = keep_file(sent.file, store, limit_bytes)
    with pending(store, kept.stored.key) as stored, change(actor, Permission.VISIT_RECORD, visit):
        known = _received(sent, visit.id)
        file = known or _place(actor, visit, sent, kept)
        stored.placed(spare=[kept.stored.key] if known is not None else [])
    return file


def withdraw_file(actor: Actor, file: VisitFile, visit: InspectionVisit) -> None:
    """Take a file out of an open visit; its bytes and its row stay. Raises `Forbidden`, `Refused`."""
    file_id = file.id
    with change(actor, Permission.VISIT_RECORD, visit):
        found = db.session.get_one(VisitFile, file_id)
        if not visit.is_open and found.role not in _AFTER_THE_END:
            raise Refused(CLOSED)
        if visit.status is VisitStatus.SIGNED:
            raise Refused(CLOSED)
        found.withdrawn_at = clock.now()


def record_download(actor: Actor, file: VisitFile, visit: InspectionVisit) -> None:
    """Log that a file is handed out. Raises `Forbidden` for whom the visit's findings are closed to."""
    record(actor, Permission.VISIT_READ, visit, {"visit_id": visit.id}, of=("VisitFile", file.id))


def _received(sent: Sent, visit_id: int) -> VisitFile | None:
    if not sent.client_key:
        return None
    known = db.session.scalar(select(VisitFile).where(VisitFile.client_key == sent.client_key))
    if known is not None and (known.visit_id, known.content_id) != (visit_id, sent.content_id):
        raise Refused(KEY_TAKEN)
    return known


def _place(actor: Actor, visit: InspectionVisit, sent: Sent, kept: Kept) -> VisitFile:
    if sent.content_id is not None and queries.content(visit.checklist_version_id, sent.content_id) is None:
        raise Refused(NO_SUCH_CONTENT)
    if sent.role is FileRole.PHOTO and not kept.media_type.startswith(("image/", "video/")):
        raise Refused(NOT_A_PHOTO, field="files")
    if sent.role not in _AFTER_THE_END or visit.is_open:
        begin(visit)
    stored = kept.stored
    file = VisitFile(
        visit_id=visit.id,
        content_id=sent.content_id,
        role=sent.role,
        storage_key=stored.key,
        name=kept.name,
        size=stored.size,
        media_type=kept.media_type,
        sha256=stored.sha256,
        uploaded_by_id=actor.id,
        uploaded_at=clock.now(),
        client_key=sent.client_key,
    )
    db.session.add(file)
    db.session.flush()
    return file
