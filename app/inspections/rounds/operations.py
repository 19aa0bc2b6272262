"""Rounds of inspection: planned, staffed, begun and put away."""

from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import Person
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import fold
from app.extensions import db
from app.inspections import queries
from app.inspections.models import (
    ChecklistVersion,
    InspectionMember,
    InspectionRound,
    InspectionType,
    MemberDuty,
    RoundStatus,
)
from app.inspections.validation import MAX_LINE, MAX_TEXT, check_lengths, check_past, raise_version
from app.inspections.visits.models import InspectionVisit, SelfReport, VisitStatus
from app.plans.models import Clause, ClauseKind, Plan

NAME_NEEDED = _l("Nhập tên đợt kiểm tra.")
PLAN_NEEDED = _l("Chọn kế hoạch được kiểm tra.")
FORM_NEEDED = _l("Chọn hình thức kiểm tra.")
PERIOD_NEEDED = _l("Nhập thời kỳ kiểm tra: từ ngày và đến ngày.")
PERIOD_TURNED = _l("Ngày cuối thời kỳ phải sau ngày đầu.")
DAYS_WRONG = _l("Số ngày nộp báo cáo trước cuộc kiểm tra phải từ 0 đến 60.")
CHECKLIST_NEEDED = _l("Chọn nội dung kiểm tra.")
MEMBER_NEEDED = _l("Chọn người có tài khoản, hoặc nhập họ tên.")
ALREADY_MEMBER = _l("%(name)s đã có trong đoàn.")
ONE_LEADER = _l("Đoàn đã có trưởng đoàn: %(name)s.")
LEADER_FIRST = _l("Đoàn chưa có trưởng đoàn.")
UNITS_FIRST = _l("Đợt kiểm tra chưa có đơn vị nào.")
NOT_FROM_HERE = _l("Đợt kiểm tra đang ở trạng thái khác; hãy tải lại trang.")
HAS_BEGUN = _l("Đợt đã bắt đầu: không sửa được thời kỳ về sau ngày của cuộc kiểm tra đã có lịch.")
_MOST_DAYS = 60


@dataclass(frozen=True)
class Planned:
    """What is said of a round. Days are calendar days; numbers and signers stay blank until văn thư gives them."""

    name: str
    form: InspectionType | None
    period_from: date | None
    period_to: date | None
    checklist_version_id: int
    basis: str = ""
    plan_number: str | None = None
    plan_on: date | None = None
    plan_signer: str | None = None
    decision_number: str | None = None
    decision_on: date | None = None
    report_due_days: int = 5


@dataclass(frozen=True)
class Joining:
    """Somebody who joins a team: with an account (`person_id`), or by name."""

    person_id: int | None
    name: str
    duty: MemberDuty
    position_words: str = ""
    unit_id: int | None = None


def plan_round(actor: Actor, plan: Plan | None, said: Planned) -> InspectionRound:
    """Begin a round that checks a plan as a draft. Raises `Forbidden`; `Refused` for what is missing or cannot be."""
    plan_id = plan.id if plan else None
    with change(actor, Permission.ROUND_PLAN):
        if plan_id is None:
            raise Refused(PLAN_NEEDED, field="plan")
        _check(said)
        made = InspectionRound(
            **asdict(said),
            plan_id=plan_id,
            clause_id=_clause_id(plan_id),
            status=RoundStatus.DRAFT,
            created_by_id=actor.id,
            created_at=clock.now(),
        )
        db.session.add(made)
    return made


def edit_round(actor: Actor, around: InspectionRound, said: Planned, *, seen_version: int) -> int:
    """Change what is said of a round; visits that have not begun follow a new checklist.

    Returns how many visits keep the checklist they began with. Raises as `plan_round`, and `Stale`.
    """
    with change(actor, Permission.ROUND_PLAN, around, seen_version=seen_version):
        _check(said)
        _check_visits_after(around, said)
        changes = around.checklist_version_id != said.checklist_version_id
        for name, value in asdict(said).items():
            setattr(around, name, value)
        return _follow(around) if changes else 0


def add_member(actor: Actor, around: InspectionRound, said: Joining, *, seen_version: int) -> None:
    """Let somebody join the team. Raises `Refused` for who is in it, a second trưởng đoàn, or nobody named."""
    with change(actor, Permission.ROUND_PLAN, around, seen_version=seen_version):
        person = db.session.get(Person, said.person_id) if said.person_id else None
        name = person.name if person else said.name
        if not name:
            raise Refused(MEMBER_NEEDED, field="person")
        check_lengths((("name", name), ("position_words", said.position_words)), MAX_LINE)
        _check_new(around, person, said, name)
        around.members.append(
            InspectionMember(
                person_id=person.id if person else None,
                name=name,
                position_words=said.position_words or (person.title if person else ""),
                unit_id=said.unit_id,
                duty=said.duty,
                position=max((m.position for m in around.members), default=0) + 1,
            )
        )
        raise_version(around)


def remove_member(actor: Actor, around: InspectionRound, member_id: int, *, seen_version: int) -> None:
    """Take somebody out of the team; what they wrote stays. The rights end with it."""
    with change(actor, Permission.ROUND_PLAN, around, seen_version=seen_version):
        for member in [m for m in around.members if m.id == member_id]:
            db.session.delete(member)
        raise_version(around)


def set_status(actor: Actor, around: InspectionRound, to: RoundStatus, *, seen_version: int) -> None:
    """Begin a round (its units are told), put it away, or bring it back. Raises `Refused` where it is not ready."""
    with change(actor, Permission.ROUND_PLAN, around, seen_version=seen_version):
        if (around.status, to) not in _ARROWS:
            raise Refused(NOT_FROM_HERE)
        if around.status is RoundStatus.DRAFT:
            _check_ready(around)
        around.status = to


_ARROWS = frozenset(
    {
        (RoundStatus.DRAFT, RoundStatus.RUNNING),
        (RoundStatus.RUNNING, RoundStatus.ARCHIVED),
        (RoundStatus.CONCLUDED, RoundStatus.ARCHIVED),
        (RoundStatus.ARCHIVED, RoundStatus.RUNNING),
    }
)


def arrows(around: InspectionRound) -> list[RoundStatus]:
    """The states that a round may be put into by hand."""
    return [to for origin, to in sorted(_ARROWS) if origin is around.status]


def _check(said: Planned) -> None:
    if not said.name:
        raise Refused(NAME_NEEDED, field="name")
    if said.form is None:
        raise Refused(FORM_NEEDED, field="form")
    if said.period_from is None or said.period_to is None:
        raise Refused(PERIOD_NEEDED, field="period_from")
    if said.period_to < said.period_from:
        raise Refused(PERIOD_TURNED, field="period_to")
    if not 0 <= said.report_due_days <= _MOST_DAYS:
        raise Refused(DAYS_WRONG, field="report_due_days")
    if db.session.get(ChecklistVersion, said.checklist_version_id) is None:
        raise Refused(CHECKLIST_NEEDED, field="checklist")
    lines = ("name", "plan_number", "plan_signer", "decision_number")
    check_lengths(((line, getattr(said, line)) for line in lines), MAX_LINE)
    check_lengths((("basis", said.basis),), MAX_TEXT)
    check_past("plan_on", said.plan_on)
    check_past("decision_on", said.decision_on)


def _check_visits_after(around: InspectionRound, said: Planned) -> None:
    days = [v.visit_on for v in queries.visits([around.id]) if v.visit_on and v.status is not VisitStatus.CANCELLED]
    first = earliest(said.period_from, said.plan_on, said.decision_on)
    if days and first and min(days) < first:
        raise Refused(HAS_BEGUN, field="period_from")


def earliest(period_from: date | None, plan_on: date | None, decision_on: date | None) -> date | None:
    """The first day on which a visit may be: not before the period, the plan of the round or its decision."""
    return max((day for day in (period_from, plan_on, decision_on) if day is not None), default=None)


def _check_new(around: InspectionRound, person: Person | None, said: Joining, name: str) -> None:
    for member in around.members:
        same = member.person_id == person.id if person else fold(member.name) == fold(name)
        if same:
            raise Refused(ALREADY_MEMBER % {"name": name}, field="person")
        if member.duty is MemberDuty.LEADER and said.duty is MemberDuty.LEADER:
            raise Refused(ONE_LEADER % {"name": member.name}, field="duty")


def _check_ready(around: InspectionRound) -> None:
    if not any(member.duty is MemberDuty.LEADER for member in around.members):
        raise Refused(LEADER_FIRST)
    if all(visit.status is VisitStatus.CANCELLED for visit in queries.visits([around.id])):
        raise Refused(UNITS_FIRST)


def _follow(around: InspectionRound) -> int:
    """Give the round's checklist to the visits that have not begun; returns how many keep theirs."""
    reported = select(SelfReport.visit_id)
    begun = 0
    with_report = set(db.session.scalars(reported))
    for visit in db.session.scalars(select(InspectionVisit).where(InspectionVisit.round_id == around.id)).all():
        if visit.status is VisitStatus.PLANNED and visit.id not in with_report:
            visit.checklist_version_id = around.checklist_version_id
        elif visit.status is not VisitStatus.CANCELLED:
            begun += 1
    return begun


def _clause_id(plan_id: int) -> int | None:
    """The heading of the plan's contents that asks for inspections: "Công tác thanh tra, kiểm tra" in part II."""
    query = select(Clause).where(Clause.plan_id == plan_id, Clause.kind == ClauseKind.HEADING)
    headings = db.session.scalars(query.order_by(Clause.position))
    found = (c for c in headings if c.address.startswith("II.") and "kiem tra" in fold(c.text))
    return next((clause.id for clause in found), None)
