"""Who may do what in an inspection. A thành viên đoàn has rights in the rounds of that team only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.cards.policy import LedBy
from app.core.actor import Actor
from app.core.policy import RULES, Permission
from app.inspections.models import RoundStatus
from app.inspections.visits.models import ReportStatus, VisitStatus


class RoundLike(Protocol):
    """What the rules read of a round."""

    @property
    def status(self) -> RoundStatus: ...

    @property
    def member_ids(self) -> frozenset[int]: ...

    @property
    def chair_ids(self) -> frozenset[int]: ...


class VisitLike(Protocol):
    """What the rules read of a visit."""

    @property
    def round(self) -> RoundLike: ...

    @property
    def unit_id(self) -> int: ...

    @property
    def unit(self) -> LedBy: ...

    @property
    def status(self) -> VisitStatus: ...

    @property
    def draft_seen_at(self) -> datetime | None: ...

    @property
    def is_concluded(self) -> bool: ...


class ReportLike(Protocol):
    """What the rules read of a self-report."""

    @property
    def visit(self) -> VisitLike: ...

    @property
    def status(self) -> ReportStatus: ...


@dataclass(frozen=True)
class Paper:
    """A paper of a round, and the units that read it as far as it has come."""

    round: RoundLike
    unit_ids: frozenset[int]


NOT_ADMIN = _l("Quản trị hệ thống không xem nội dung kiểm tra.")
TEAM_READS = _l("Chỉ đoàn kiểm tra, cơ quan thường trực và Lãnh đạo UBND xem được đợt kiểm tra này.")
OFFICE_PLANS = _l("Chỉ cơ quan thường trực lập và sửa đợt kiểm tra, lịch và nội dung kiểm tra.")
NOT_BEFORE_CONCLUSION = _l("Đơn vị xem được nội dung cuộc kiểm tra sau khi có thông báo kết luận.")
MEMBERS_RECORD = _l("Chỉ thành viên đoàn của đợt này được ghi kết quả kiểm tra.")
CHAIRS_REOPEN = _l("Chỉ trưởng đoàn, thư ký đoàn hoặc cơ quan thường trực được mở lại cuộc kiểm tra.")
CHAIRS_ISSUE = _l("Chỉ cơ quan thường trực, trưởng đoàn hoặc thư ký đoàn được ghi văn bản của đợt kiểm tra.")
CONCLUDED = _l("Đã có thông báo kết luận: nội dung cuộc kiểm tra không sửa được nữa.")
UNIT_REPORTS = _l("Báo cáo tự kiểm tra do đơn vị được kiểm tra lập và gửi.")
HEADS_SEND_REPORT = _l("Đơn vị này chỉ thủ trưởng hoặc cấp phó phụ trách được gửi báo cáo tự kiểm tra.")
NOT_SENT_YET = _l("Đơn vị chưa gửi báo cáo tự kiểm tra.")


def lists(actor: Actor, _subject: Any) -> Any:
    return None if actor.unit_ids or actor.presides else NOT_ADMIN


def watches(actor: Actor, around: RoundLike) -> bool:
    """Whether `actor` sees a round whole: the team, the coordinating office, Lãnh đạo UBND."""
    return actor.coordinates or actor.presides or actor.id in around.member_ids


def reads_round(actor: Actor, around: RoundLike) -> Any:
    return None if watches(actor, around) else TEAM_READS


def reads_all_rounds(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates or actor.presides else TEAM_READS


def plans(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates else OFFICE_PLANS


def notes_documents(actor: Actor, around: RoundLike) -> Any:
    """What became of the papers: the office that plans, and who leads the team."""
    return None if actor.coordinates or actor.id in around.chair_ids else CHAIRS_ISSUE


def reads_document(actor: Actor, paper: Paper) -> Any:
    if watches(actor, paper.round) or any(actor.works_in(unit_id) for unit_id in paper.unit_ids):
        return None
    return TEAM_READS


def sees_visit(actor: Actor, visit: VisitLike) -> Any:
    """The inspected unit knows of its visit once the round is no draft any more."""
    if watches(actor, visit.round):
        return None
    announced = visit.round.status is not RoundStatus.DRAFT and visit.status is not VisitStatus.CANCELLED
    return None if announced and actor.works_in(visit.unit_id) else TEAM_READS


def reads_visit(actor: Actor, visit: VisitLike) -> Any:
    """What was found: the unit reads it after the conclusion, or once the team has shown it the draft biên bản."""
    if watches(actor, visit.round):
        return None
    if not actor.works_in(visit.unit_id):
        return TEAM_READS
    return None if visit.is_concluded or visit.draft_seen_at is not None else NOT_BEFORE_CONCLUSION


def records(actor: Actor, visit: VisitLike) -> Any:
    if actor.id not in visit.round.member_ids:
        return MEMBERS_RECORD
    return CONCLUDED if visit.is_concluded else None


def reopens(actor: Actor, visit: VisitLike) -> Any:
    if not actor.coordinates and actor.id not in visit.round.chair_ids:
        return CHAIRS_REOPEN
    return CONCLUDED if visit.is_concluded else None


def reads_report(actor: Actor, report: ReportLike) -> Any:
    """The unit always; the team once it was sent."""
    if actor.works_in(report.visit.unit_id):
        return sees_visit(actor, report.visit)
    if not watches(actor, report.visit.round):
        return TEAM_READS
    return None if report.status is ReportStatus.SENT else NOT_SENT_YET


def writes_report(actor: Actor, visit: VisitLike) -> Any:
    return None if actor.works_in(visit.unit_id) else UNIT_REPORTS


def sends_report(actor: Actor, visit: VisitLike) -> Any:
    if not actor.works_in(visit.unit_id):
        return UNIT_REPORTS
    return None if actor.heads(visit.unit_id) or visit.unit.staff_may_send else HEADS_SEND_REPORT


RULES.update(
    {
        Permission.INSPECTIONS: lists,
        Permission.ROUNDS_READ_ALL: reads_all_rounds,
        Permission.ROUND_READ: reads_round,
        Permission.ROUND_PLAN: plans,
        Permission.ROUND_DOCUMENTS: notes_documents,
        Permission.DOCUMENT_READ: reads_document,
        Permission.CHECKLIST_EDIT: plans,
        Permission.VISIT_SEE: sees_visit,
        Permission.VISIT_READ: reads_visit,
        Permission.VISIT_RECORD: records,
        Permission.VISIT_REOPEN: reopens,
        Permission.REPORT_READ: reads_report,
        Permission.REPORT_WRITE: writes_report,
        Permission.REPORT_SEND: sends_report,
    }
)
