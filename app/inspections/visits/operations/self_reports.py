"""Báo cáo tự kiểm tra: what the unit itself says to each content, pre-filled from its duties, sent before the visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.cards.moves import words as status_words
from app.cards.notes.models import CardNote, NoteKind
from app.cards.queries import rows as board
from app.core import clock
from app.core.actor import Actor
from app.core.change import STALE, change, record
from app.core.days import day_words
from app.core.errors import Refused, Stale
from app.core.policy import Permission, require
from app.evidence.models import Evidence, Review
from app.evidence.operations import Kept, keep_file
from app.extensions import db
from app.files.pending import pending
from app.files.store import Incoming, Storage
from app.inspections import queries
from app.inspections.models import ChecklistContent, RoundStatus
from app.inspections.validation import MAX_LINE, MAX_TEXT, check_lengths, check_past
from app.inspections.visits.models import InspectionVisit, ReportStatus, SelfReport
from app.inspections.visits.operations.findings import parsed

NUMBER_NEEDED = _l("Nhập số, ký hiệu của báo cáo đã ký.")
DAY_NEEDED = _l("Nhập ngày của báo cáo.")
SENT_NEEDED = _l("Nhập ngày gửi báo cáo.")
FILE_NEEDED = _l("Chọn tệp báo cáo đã ký.")
SENT_BEFORE = _l("Ngày gửi không được trước ngày của báo cáo.")
EMPTY = _l("Báo cáo chưa có nội dung nào.")
ALREADY_SENT = _l("Báo cáo tự kiểm tra đã gửi nên không sửa được nữa.")
TOO_LATE = _l("Cuộc kiểm tra đã khép lại hoặc không còn trong đợt nên không gửi báo cáo tự kiểm tra được nữa.")

Answers = dict[int, tuple[str, dict[str, dict[str, str]]]]  # content id → text, figures as typed


@dataclass(frozen=True)
class SignedReport:
    """The report as a signed document."""

    number: str = ""
    issued_on: date | None = None
    sent_on: date | None = None
    signer: str = ""
    file: Incoming | None = None


def due_on(visit: InspectionVisit) -> date | None:
    """The last day for the report: so many days before the visit; None while it has no day."""
    return visit.visit_on - timedelta(days=visit.round.report_due_days) if visit.visit_on else None


def write_report(actor: Actor, visit: InspectionVisit, answers: Answers, *, seen_version: int) -> SelfReport:
    """Keep the unit's report as a draft. `seen_version` is 0 where none was there.

    Raises `Forbidden` for other units, `Stale`, `Refused` once it was sent.
    """
    with change(actor, Permission.REPORT_WRITE, visit):
        return _write(actor, visit, answers, seen_version)


def send_report(
    actor: Actor, visit: InspectionVisit, answers: Answers, letter: SignedReport, *, seen_version: int, store: Storage,
    limit_bytes: int,
) -> SelfReport:  # fmt: skip
    """Send the report with its signed file. Raises as `write_report`, and `Refused` for what the document lacks."""
    require(actor, Permission.REPORT_SEND, visit)
    _check_letter(letter)
    assert letter.file is not None
    kept = keep_file(letter.file, store, limit_bytes)
    with pending(store, kept.stored.key) as stored, change(actor, Permission.REPORT_SEND, visit):
        report = _write(actor, visit, answers, seen_version)
        if not any(said["text"] or said["figures"] for said in report.answers.values()):
            raise Refused(EMPTY)
        _send(report, letter, kept)
        stored.placed()
    return report


def record_download(actor: Actor, report: SelfReport) -> None:
    """Log that the signed report is handed out. Raises `Forbidden`."""
    record(actor, Permission.REPORT_READ, report, {})


def suggested(visit: InspectionVisit) -> dict[int, str]:
    """Content id → what the unit's duties, their documents (none that lacks something) and open difficulties say."""
    contents = visit.checklist_version.contents
    if not contents:
        return {}
    found = {contents[0].id: "\n".join(_duties(visit))}
    last = contents[-1]
    if last.is_situation:
        found[last.id] = "\n".join(_difficulties(visit))
    return {content_id: text for content_id, text in found.items() if text}


def _duties(visit: InspectionVisit) -> Iterator[str]:
    rows = board.rows(visit.round.plan_id, visit.unit_id)
    ids = [row.id for row in rows]
    proved: dict[int, list[str]] = {}
    query = select(Evidence).where(Evidence.card_id.in_(ids), Evidence.review != Review.LACKING)
    for evidence in db.session.scalars(query.order_by(Evidence.id)):
        if evidence.number:
            day = _(" ngày %(day)s", day=day_words(evidence.issued_on)) if evidence.issued_on else ""
            proved.setdefault(evidence.card_id, []).append(evidence.number + day)
    for row in rows:
        documents = f" ({'; '.join(proved[row.id])})" if row.id in proved else ""
        duty = (row.duty or row.text).strip(" -.;")
        yield f"- {row.code}. {duty}: {status_words(row, row.status)}{documents}."


def _difficulties(visit: InspectionVisit) -> Iterator[str]:
    ids = [row.id for row in board.rows(visit.round.plan_id, visit.unit_id)]
    query = select(CardNote.text).where(
        CardNote.card_id.in_(ids),
        CardNote.unit_id == visit.unit_id,
        CardNote.kind == NoteKind.DIFFICULTY,
        CardNote.resolved_on.is_(None),
        CardNote.id.not_in(select(CardNote.corrects_id).where(CardNote.corrects_id.is_not(None))),
    )
    for text in db.session.scalars(query.order_by(CardNote.id)):
        yield f"- {text}"


def _write(actor: Actor, visit: InspectionVisit, answers: Answers, seen_version: int) -> SelfReport:
    _check_open(visit)
    read = dict(_read(visit, answers))
    report = queries.self_report(visit.id)
    if report is None:
        report = SelfReport(visit_id=visit.id, status=ReportStatus.DRAFT, written_by_id=actor.id)
        db.session.add(report)
    elif report.status is ReportStatus.SENT:
        raise Refused(ALREADY_SENT)
    elif report.version != seen_version:
        raise Stale(STALE)
    report.answers = read
    report.written_by_id, report.written_at = actor.id, clock.now()
    return report


def _read(visit: InspectionVisit, answers: Answers) -> Iterator[tuple[str, Any]]:
    query = select(ChecklistContent).where(ChecklistContent.version_id == visit.checklist_version_id)
    for content in db.session.scalars(query.order_by(ChecklistContent.position)):
        text, figures = answers.get(content.id, ("", {}))
        check_lengths(((f"text-{content.id}", text),), MAX_TEXT)
        numbers = parsed(tuple(content.figures), figures)
        given = {key: value for key, value in numbers.items() if any(n is not None for n in value.values())}
        yield str(content.id), {"text": text, "figures": given}


def barrier(visit: InspectionVisit) -> Any:
    """The sentence why the unit can write no report now; None where it can."""
    return None if visit.is_open and visit.round.status is RoundStatus.RUNNING else TOO_LATE


def _check_open(visit: InspectionVisit) -> None:
    if (sentence := barrier(visit)) is not None:
        raise Refused(sentence)


def _check_letter(letter: SignedReport) -> None:
    if not letter.number:
        raise Refused(NUMBER_NEEDED, field="number")
    if letter.issued_on is None:
        raise Refused(DAY_NEEDED, field="issued_on")
    if letter.sent_on is None:
        raise Refused(SENT_NEEDED, field="sent_on")
    check_past("issued_on", letter.issued_on)
    check_past("sent_on", letter.sent_on)
    if letter.sent_on < letter.issued_on:
        raise Refused(SENT_BEFORE, field="sent_on")
    check_lengths((("number", letter.number), ("signer", letter.signer)), MAX_LINE)
    if letter.file is None:
        raise Refused(FILE_NEEDED, field="files")


def _send(report: SelfReport, letter: SignedReport, kept: Kept) -> None:
    report.number, report.issued_on, report.sent_on = letter.number, letter.issued_on, letter.sent_on
    report.signer, report.status = letter.signer or None, ReportStatus.SENT
    stored = kept.stored
    report.storage_key, report.size, report.sha256 = stored.key, stored.size, stored.sha256
    report.name, report.media_type = kept.name, kept.media_type
