"""Who may ask for a remedy, conclude, and look again at what was remedied."""

from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission
from app.inspections.policy import CONCLUDED, VisitLike, records


class AskedLike(Protocol):
    """What the rules read of a recommendation."""

    @property
    def visit(self) -> VisitLike: ...

    @property
    def conclusion_id(self) -> int | None: ...


LEADERS_CONCLUDE = _l("Chỉ Lãnh đạo UBND kết luận; cơ quan thường trực nhập thông báo kết luận theo văn bản đã ký.")
TEAM_RECHECKS = _l("Chỉ thành viên đoàn của đợt này hoặc cơ quan thường trực được ghi kết quả phúc tra.")
OFFICE_SEES_ALL = _l("Chỉ cơ quan thường trực và Lãnh đạo UBND xem được tổng hợp kiểm tra của tất cả đơn vị.")


def asks(actor: Actor, asked: AskedLike) -> Any:
    """Drafts are written by the team; what was concluded stands."""
    refusal = records(actor, asked.visit)
    return refusal if refusal is not None or asked.conclusion_id is None else CONCLUDED


def concludes(actor: Actor, _subject: Any) -> Any:
    return None if actor.presides or actor.coordinates else LEADERS_CONCLUDE


def rechecks(actor: Actor, asked: AskedLike) -> Any:
    return None if actor.coordinates or actor.id in asked.visit.round.member_ids else TEAM_RECHECKS


def surveys(actor: Actor, _subject: Any) -> Any:
    """Faults of one ward are not shown to its peers."""
    return None if actor.coordinates or actor.presides else OFFICE_SEES_ALL


RULES.update(
    {
        Permission.RECOMMENDATION_ASK: records,
        Permission.RECOMMENDATION_EDIT: asks,
        Permission.CONCLUSION_ISSUE: concludes,
        Permission.CONCLUSION_WITHDRAW: concludes,
        Permission.REMEDY_RECHECK: rechecks,
        Permission.INSPECTIONS_SURVEY: surveys,
    }
)
