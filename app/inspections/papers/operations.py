"""The papers of a round on their way: dự thảo → trình ký → đã ban hành, with number, day, signer and the signed file.

Biên bản and thông báo kết luận have their own ways (`closing`, and the conclusion); here they are only drafted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.change import change, record
from app.core.errors import Refused
from app.core.policy import Permission, can, require
from app.evidence.operations import Kept, keep_file
from app.extensions import db
from app.files.pending import pending
from app.files.store import Incoming, Storage
from app.inspections.models import InspectionRound, RoundStatus
from app.inspections.policy import Paper
from app.inspections.recommendations.models import Conclusion, DocumentKind, DocumentState, RoundDocument
from app.inspections.validation import MAX_LINE, check_lengths, check_past
from app.inspections.visits.models import InspectionVisit, VisitStatus

PAPER_KIND_WORDS: dict[DocumentKind, Any] = {
    DocumentKind.PLAN: _l("Kế hoạch kiểm tra"),
    DocumentKind.DECISION: _l("Quyết định thành lập đoàn"),
    DocumentKind.NOTICE: _l("Thông báo lịch kiểm tra"),
    DocumentKind.OUTLINE: _l("Đề cương báo cáo tự kiểm tra"),
    DocumentKind.MINUTES: _l("Biên bản kiểm tra"),
    DocumentKind.RESULT_REPORT: _l("Báo cáo kết quả kiểm tra"),
    DocumentKind.CONCLUSION: _l("Thông báo kết luận kiểm tra"),
    DocumentKind.REMEDY_REPORT: _l("Báo cáo kết quả khắc phục"),
    DocumentKind.OUTSIDE: _l("Văn bản của cơ quan khác"),
}
OF_ROUND = (DocumentKind.PLAN, DocumentKind.DECISION, DocumentKind.NOTICE, DocumentKind.RESULT_REPORT)
OF_VISIT = (DocumentKind.NOTICE, DocumentKind.RESULT_REPORT, DocumentKind.REMEDY_REPORT)
SHOWN_TO_UNITS = frozenset({DocumentKind.PLAN, DocumentKind.DECISION, DocumentKind.NOTICE, DocumentKind.REMEDY_REPORT})
"""Papers that an inspected unit reads once they are issued."""

NOT_THIS_KIND = _l("Văn bản này không ghi ở đây.")
NUMBER_NEEDED = _l("Nhập số, ký hiệu do văn thư cấp.")
DAY_NEEDED = _l("Nhập ngày ban hành.")
SIGNER_NEEDED = _l("Nhập người ký.")
FILE_NEEDED = _l("Chọn tệp đã ký.")
ISSUER_NEEDED = _l("Nhập cơ quan ban hành.")
TITLE_NEEDED = _l("Nhập tên văn bản.")
NOT_SUBMITTED = _l("Văn bản không ở trạng thái trình ký.")
ALREADY_SUBMITTED = _l("Văn bản đã được trình ký.")


@dataclass(frozen=True)
class SignedPaper:
    """What the signed paper says; `issuer` and `title` of a paper of others alone."""

    number: str
    issued_on: date | None
    signer: str
    file: Incoming | None
    issuer: str = ""
    title: str = ""


def submit(actor: Actor, around: InspectionRound, visit: InspectionVisit | None, kind: DocumentKind) -> None:
    """Note that a draft went to be signed. Raises `Forbidden`; `Refused` where it has, or for a kind of another way."""
    visit_id = visit.id if visit is not None else None
    with change(actor, Permission.ROUND_DOCUMENTS, around):
        _check_kind(kind, visit_id)
        if _under_way(around.id, visit_id, kind) is not None:
            raise Refused(ALREADY_SUBMITTED)
        db.session.add(_new(actor, around.id, visit_id, kind))


def take_back(actor: Actor, around: InspectionRound, document_id: int) -> None:
    """Note that what went to be signed is a draft again. Raises `Forbidden`, `Refused`."""
    with change(actor, Permission.ROUND_DOCUMENTS, around):
        found = db.session.get(RoundDocument, document_id)
        if found is None or found.round_id != around.id or found.state is not DocumentState.SUBMITTED:
            raise Refused(NOT_SUBMITTED)
        found.state = DocumentState.DRAFT


def issue(
    actor: Actor,
    around: InspectionRound,
    visit: InspectionVisit | None,
    kind: DocumentKind,
    said: SignedPaper,
    *,
    store: Storage,
    limit_bytes: int,
) -> None:
    """Note an issued paper with number, day, signer and the signed file, which is never altered.

    A paper that takes the place of another is noted beside it; the same one sent again, because no answer came, is
    there already. Raises `Forbidden`; `Refused`, with its field, for what
    is missing or cannot be; `TooLarge`, `StorageFull`.
    """
    require(actor, Permission.ROUND_DOCUMENTS, around)
    visit_id = visit.id if visit is not None else None
    _check_kind(kind, visit_id, outside=True)
    kept = keep_file(_checked(kind, said), store, limit_bytes)
    with pending(store, kept.stored.key) as file, change(actor, Permission.ROUND_DOCUMENTS, around):
        known = _noted(actor, around.id, visit_id, kind, said, kept)
        if not known:
            found = _under_way(around.id, visit_id, kind) or _new(actor, around.id, visit_id, kind)
            _fill(found, said, kept)
            db.session.add(found)
            _note_on_round(around, kind, said)
        file.placed(spare=[kept.stored.key] if known else [])


def record_download(actor: Actor, found: RoundDocument) -> None:
    """Log that a signed paper is handed out. Raises `Forbidden`."""
    paper = _paper(found, _units(found.round))
    record(actor, Permission.DOCUMENT_READ, paper, {}, of=("RoundDocument", found.id))


def record_draft(actor: Actor, around: InspectionRound, visit: InspectionVisit | None, kind: DocumentKind) -> None:
    """Log that the draft of a paper is handed out. Raises `Forbidden`."""
    if visit is None:
        record(actor, Permission.ROUND_READ, around, {"draft": kind.value})
    else:
        permission = Permission.VISIT_READ if kind is DocumentKind.MINUTES else Permission.VISIT_SEE
        record(actor, permission, visit, {"draft": kind.value})


def record_conclusion(actor: Actor, found: Conclusion, units: frozenset[int]) -> None:
    """Log that the file of a conclusion is handed out; `units` are those it was said to. Raises `Forbidden`."""
    record(actor, Permission.DOCUMENT_READ, Paper(found.round, units), {}, of=("Conclusion", found.id))


def document(actor: Actor, document_id: int) -> RoundDocument | None:
    """A paper that the person may read."""
    found = db.session.get(RoundDocument, document_id)
    if found is None or not can(actor, Permission.DOCUMENT_READ, _paper(found, _units(found.round))):
        return None
    return found


def documents(actor: Actor, around: InspectionRound, visit_id: int | None = None) -> list[RoundDocument]:
    """The papers of a round, or of one of its visits with those of the round that its unit reads."""
    query = select(RoundDocument).where(RoundDocument.round_id == around.id).order_by(RoundDocument.id)
    if visit_id is not None:
        query = query.where((RoundDocument.visit_id == visit_id) | RoundDocument.visit_id.is_(None))
    units = _units(around)
    return [found for found in db.session.scalars(query) if can(actor, Permission.DOCUMENT_READ, _paper(found, units))]


def _units(around: InspectionRound) -> dict[int | None, frozenset[int]]:
    """Visit → the unit that it inspects; None → all of them. None is told before the round is."""
    if around.status is RoundStatus.DRAFT:
        return {}
    query = select(InspectionVisit.id, InspectionVisit.unit_id).where(InspectionVisit.round_id == around.id)
    query = query.where(InspectionVisit.status != VisitStatus.CANCELLED)
    found: dict[int | None, frozenset[int]] = {row.id: frozenset({row.unit_id}) for row in db.session.execute(query)}
    return {**found, None: frozenset().union(*found.values())}


def _paper(found: RoundDocument, units: dict[int | None, frozenset[int]]) -> Paper:
    shown = found.state is DocumentState.ISSUED and found.kind in SHOWN_TO_UNITS
    return Paper(found.round, units.get(found.visit_id, frozenset()) if shown else frozenset())


def _check_kind(kind: DocumentKind, visit_id: int | None, *, outside: bool = False) -> None:
    taken = (*(OF_VISIT if visit_id else OF_ROUND), *([DocumentKind.OUTSIDE] if outside else [DocumentKind.CONCLUSION]))
    if kind not in taken:
        raise Refused(NOT_THIS_KIND)


def _checked(kind: DocumentKind, said: SignedPaper) -> Incoming:
    needed = [("number", said.number, NUMBER_NEEDED), ("issued_on", said.issued_on, DAY_NEEDED)]
    needed += [("signer", said.signer, SIGNER_NEEDED)]
    if kind is DocumentKind.OUTSIDE:
        needed = [("title", said.title, TITLE_NEEDED), ("issuer", said.issuer, ISSUER_NEEDED), *needed[:2]]
    for field, value, sentence in needed:
        if not value:
            raise Refused(sentence, field=field)
    check_past("issued_on", said.issued_on)
    fields = ("number", "signer", "issuer", "title")
    check_lengths([(field, getattr(said, field)) for field in fields], MAX_LINE)
    if said.file is None:
        raise Refused(FILE_NEEDED, field="files")
    return said.file


def _under_way(round_id: int, visit_id: int | None, kind: DocumentKind) -> RoundDocument | None:
    query = select(RoundDocument).where(RoundDocument.round_id == round_id, RoundDocument.kind == kind)
    query = query.where(RoundDocument.visit_id.is_(None) if visit_id is None else RoundDocument.visit_id == visit_id)
    return db.session.scalars(query.where(RoundDocument.state == DocumentState.SUBMITTED)).first()


def _noted(
    actor: Actor, round_id: int, visit_id: int | None, kind: DocumentKind, said: SignedPaper, kept: Kept
) -> bool:
    """Whether this very paper is noted by this person."""
    query = select(RoundDocument.id).filter_by(
        round_id=round_id,
        visit_id=visit_id,
        kind=kind,
        state=DocumentState.ISSUED,
        number=said.number,
        issued_on=said.issued_on,
        signer=said.signer or None,
        issuer=said.issuer or None,
        title=said.title,
        sha256=kept.stored.sha256,
        entered_by_id=actor.id,
    )
    return db.session.scalar(query.limit(1)) is not None


def _new(actor: Actor, round_id: int, visit_id: int | None, kind: DocumentKind) -> RoundDocument:
    return RoundDocument(
        round_id=round_id,
        visit_id=visit_id,
        kind=kind,
        state=DocumentState.SUBMITTED,
        entered_by_id=actor.id,
        entered_at=clock.now(),
    )


def _fill(found: RoundDocument, said: SignedPaper, kept: Kept) -> None:
    found.state = DocumentState.ISSUED
    found.number, found.issued_on, found.signer = said.number, said.issued_on, said.signer or None
    found.issuer, found.title = said.issuer or None, said.title
    found.name, found.media_type = kept.name, kept.media_type
    found.storage_key, found.size, found.sha256 = kept.stored.key, kept.stored.size, kept.stored.sha256


def _note_on_round(around: InspectionRound, kind: DocumentKind, said: SignedPaper) -> None:
    """The round names its own plan and decision."""
    if kind is DocumentKind.PLAN:
        around.plan_number, around.plan_on, around.plan_signer = said.number, said.issued_on, said.signer
    elif kind is DocumentKind.DECISION:
        around.decision_number, around.decision_on = said.number, said.issued_on
