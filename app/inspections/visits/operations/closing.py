"""What is said of a visit as a whole, and its way from the first word to the signed biên bản."""

import hashlib
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db
from app.inspections.models import ChecklistContent
from app.inspections.validation import MAX_TEXT, check_lengths, check_past
from app.inspections.visits.models import (
    FileRole,
    InspectionVisit,
    VisitFile,
    VisitFinding,
    VisitMemberNote,
    VisitStatus,
)
from app.inspections.visits.operations.findings import CLOSED, begin, receipt, received

STILL_EMPTY = _l(
    "Còn nội dung chưa ghi: %(titles)s. Ghi nhận xét, nêu lý do không có nội dung, "
    "hoặc tải lên biên bản soạn sẵn bằng Word."
)
NOT_BEGUN = _l("Cuộc kiểm tra chưa ghi nội dung nào.")
NOT_RECORDED = _l("Cuộc kiểm tra chưa hoàn thành việc ghi.")
NOT_CLOSED = _l("Cuộc kiểm tra đang được ghi nên không cần mở lại.")
REOPEN_REASON = _l("Nêu lý do mở lại cuộc kiểm tra.")
MINUTES_NEEDED = _l("Tải lên biên bản đã ký và ghi ngày biên bản trước.")
BEFORE_VISIT = _l("Ngày biên bản không được trước ngày kiểm tra.")


@dataclass(frozen=True)
class Summed:
    """What is said of the visit as a whole."""

    unit_representatives: str = ""
    strengths: str = ""
    shortcomings_text: str = ""
    causes: str = ""
    unit_opinion: str = ""
    conclusion_text: str = ""
    minutes_number: str | None = None
    minutes_on: date | None = None

    @property
    def texts(self) -> list[tuple[str, str]]:
        names = ("unit_representatives", "strengths", "shortcomings_text", "causes", "unit_opinion", "conclusion_text")
        return [(name, getattr(self, name)) for name in names]


def sum_up(
    actor: Actor,
    visit: InspectionVisit,
    said: Summed,
    note: str | None,
    *,
    seen_version: int,
    seen: str = "",
    client_key: str = "",
) -> None:
    """Write what is said of the whole visit, and (unless None) one's own note as a member; once for each `client_key`.

    Who saw the very texts that stand (`seen`, as `seen_texts` gives it) overtakes nobody, whatever else the visit
    became. Number and day of the biên bản may still be given once the visit is closed; the rest not. Raises `Stale`,
    `Refused`.
    """
    if client_key and received(client_key, visit.id, None) is not None:
        return
    visit_id = visit.id
    seen_version = visit.version if seen == seen_texts(visit) else seen_version
    with change(actor, Permission.VISIT_RECORD, visit, seen_version=seen_version):
        check_lengths(said.texts, MAX_TEXT)
        check_lengths((("minutes_number", said.minutes_number), ("note", note)), MAX_TEXT)
        check_past("minutes_on", said.minutes_on)
        if said.minutes_on and visit.visit_on and said.minutes_on < visit.visit_on:
            raise Refused(BEFORE_VISIT, field="minutes_on")
        _write_texts(visit, said)
        visit.minutes_number, visit.minutes_on = said.minutes_number, said.minutes_on
        if note is not None:
            _write_note(actor, visit, note)
        if client_key:
            db.session.flush()
            db.session.add(receipt(actor, visit_id, None, client_key, visit.version))


def seen_texts(visit: InspectionVisit) -> str:
    """What stands for the texts of a visit as somebody saw them: recording a content meanwhile does not change it."""
    texts = [getattr(visit, name) for name, _text in Summed().texts]
    said = "\0".join([*texts, visit.minutes_number or "", str(visit.minutes_on or "")])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def finish_visit(actor: Actor, visit: InspectionVisit, *, seen_version: int) -> None:
    """Close the recording. Raises `Refused` while a content is empty without a reason, and no typed biên bản stands."""
    with change(actor, Permission.VISIT_RECORD, visit, seen_version=seen_version):
        begin(visit)
        empty = missing(visit)
        if empty and not _has_file(visit, FileRole.MINUTES_TYPED, FileRole.MINUTES_SIGNED):
            raise Refused(STILL_EMPTY % {"titles": "; ".join(content.title for content in empty)})
        visit.status, visit.recorded_on = VisitStatus.RECORDED, clock.today()


def show_draft(actor: Actor, visit: InspectionVisit, *, seen_version: int) -> None:
    """Let the unit read the draft biên bản from now on. Raises `Refused` before anything was recorded."""
    with change(actor, Permission.VISIT_RECORD, visit, seen_version=seen_version):
        if visit.status not in (VisitStatus.RECORDED, VisitStatus.SIGNED):
            raise Refused(NOT_RECORDED)
        visit.draft_seen_at = clock.now()


def note_signed(actor: Actor, visit: InspectionVisit, *, seen_version: int) -> None:
    """Note that the biên bản was signed. Raises `Refused` without its scan and its day."""
    with change(actor, Permission.VISIT_RECORD, visit, seen_version=seen_version):
        if visit.status is not VisitStatus.RECORDED:
            raise Refused(NOT_RECORDED)
        if visit.minutes_on is None or not _has_file(visit, FileRole.MINUTES_SIGNED):
            raise Refused(MINUTES_NEEDED, field="minutes_on")
        visit.status = VisitStatus.SIGNED


def reopen_visit(actor: Actor, visit: InspectionVisit, reason: str, *, seen_version: int) -> None:
    """Let a closed visit be recorded again. The unit sees the draft no more until it is shown again."""
    with change(actor, Permission.VISIT_REOPEN, visit, seen_version=seen_version):
        if visit.status not in (VisitStatus.RECORDED, VisitStatus.SIGNED):
            raise Refused(NOT_CLOSED)
        if not reason:
            raise Refused(REOPEN_REASON, field="reason")
        check_lengths((("reason", reason),), MAX_TEXT)
        visit.status, visit.draft_seen_at, visit.recorded_on = VisitStatus.IN_PROGRESS, None, None
        visit.reopened_reason, visit.reopened_on = reason, clock.today()


def missing(visit: InspectionVisit) -> list[ChecklistContent]:
    """The contents that hold nothing, and no reason why."""
    query = select(VisitFinding).where(VisitFinding.visit_id == visit.id)
    done = {f.content_id for f in db.session.scalars(query) if f.empty_reason or not f.is_empty}
    contents = select(ChecklistContent).where(ChecklistContent.version_id == visit.checklist_version_id)
    return [c for c in db.session.scalars(contents.order_by(ChecklistContent.position)) if c.id not in done]


def _has_file(visit: InspectionVisit, *roles: FileRole) -> bool:
    query = select(VisitFile.id).where(
        VisitFile.visit_id == visit.id, VisitFile.role.in_(roles), VisitFile.withdrawn_at.is_(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def _write_texts(visit: InspectionVisit, said: Summed) -> None:
    if all(getattr(visit, name) == text for name, text in said.texts):
        return
    if not visit.is_open:
        raise Refused(CLOSED)
    begin(visit)
    for name, text in said.texts:
        setattr(visit, name, text)


def _write_note(actor: Actor, visit: InspectionVisit, text: str) -> None:
    query = select(VisitMemberNote).where(VisitMemberNote.visit_id == visit.id, VisitMemberNote.person_id == actor.id)
    note = db.session.scalar(query)
    if (note.text if note else "") == text:
        return
    if not visit.is_open:
        raise Refused(CLOSED)
    begin(visit)
    if note is None:
        note = VisitMemberNote(visit_id=visit.id, person_id=actor.id, person_name=actor.name, text=text)
        db.session.add(note)
    note.text, note.person_name = text, actor.name
