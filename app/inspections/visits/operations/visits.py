"""Visits of a round: which units, when, and whether anything stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.days import BAD_HOUR, day_words
from app.core.errors import Refused
from app.core.policy import Permission
from app.extensions import db
from app.inspections import queries
from app.inspections.models import InspectionRound, RoundStatus
from app.inspections.rounds.operations import earliest
from app.inspections.validation import MAX_LINE, check_lengths, check_standing, raise_version
from app.inspections.visits.models import InspectionVisit, VisitStatus
from app.organisation.models import Unit

UNIT_NEEDED = _l("Chọn ít nhất một đơn vị.")
UNIT_TWICE = _l("%(unit)s đã có trong đợt kiểm tra này.")
ROUND_CLOSED = _l("Đợt kiểm tra đã khép lại nên không sửa lịch được nữa.")
VISIT_BEGUN = _l("Cuộc kiểm tra đã bắt đầu ghi nên không đổi lịch được nữa.")
DAY_NEEDED = _l("Nhập ngày kiểm tra.")
TIME_WRONG = BAD_HOUR
TIME_TURNED = _l("Giờ kết thúc phải sau giờ bắt đầu.")
TOO_EARLY = _l("Ngày kiểm tra không được trước %(day)s: ngày đầu thời kỳ, ngày kế hoạch hoặc ngày quyết định của đợt.")
SAME_VISIT = _l("%(unit)s đã có cuộc kiểm tra vào đúng ngày, giờ này (%(round)s).")
SAME_DAY = _l("Lưu ý: %(unit)s còn cuộc kiểm tra khác trong ngày %(day)s (%(round)s%(time)s).")
SAME_PEOPLE = _l("Lưu ý: %(names)s cùng lúc có tên ở cuộc kiểm tra %(unit)s ngày %(day)s%(time)s.")
REASON_NEEDED = _l("Nêu lý do.")
_USUAL = timedelta(hours=3)  # how long a visit takes where nobody says until when


@dataclass(frozen=True)
class Schedule:
    """When and where. Hours as "08:30" on the clock of the place, or blank."""

    visit_on: date | None
    visit_time: str = ""
    visit_until: str = ""
    place: str = ""


def add_visits(actor: Actor, around: InspectionRound, unit_ids: Sequence[int], *, seen_version: int) -> int:
    """Take units into a round, each with a visit that has no day yet; returns how many.

    Raises `Refused` for a unit that is in it already, named twice, or no longer stands (naming its heir).
    """
    with change(actor, Permission.ROUND_PLAN, around, seen_version=seen_version):
        _check_open(around)
        if not unit_ids:
            raise Refused(UNIT_NEEDED, field="units")
        taken = {v.unit_id for v in queries.visits([around.id]) if v.status is not VisitStatus.CANCELLED}
        for unit_id in unit_ids:
            unit = db.session.get_one(Unit, unit_id)
            if unit_id in taken:
                raise Refused(UNIT_TWICE % {"unit": unit.name}, field="units")
            check_standing(unit, clock.today(), "units")
            taken.add(unit_id)
            db.session.add(_new_visit(around, unit_id))
        raise_version(around)
    return len(unit_ids)


def schedule_visit(actor: Actor, visit: InspectionVisit, said: Schedule, *, seen_version: int) -> list[Any]:
    """Set a visit's day, hours and place; returns the sentences to warn with, of people or units double-booked.

    Raises `Refused` for a day before the round's period, plan or decision, and for the same unit at the same time.
    """
    with change(actor, Permission.ROUND_PLAN, visit, seen_version=seen_version):
        _check_open(visit.round)
        if visit.status is not VisitStatus.PLANNED:
            raise Refused(VISIT_BEGUN)
        check_lengths((("place", said.place),), MAX_LINE)
        _check_time(said)
        _check_day(visit, said)
        visit.visit_on, visit.place = said.visit_on, said.place
        visit.visit_time, visit.visit_until = said.visit_time or None, said.visit_until or None
        same_day = _same_day(visit)
        _check_same(visit, same_day)
        return collisions(visit, same_day)


def cancel_visit(actor: Actor, visit: InspectionVisit, reason: str, *, seen_version: int) -> None:
    """Take a unit out of the round, with a reason; what was recorded stays. Raises `Refused` without one."""
    with change(actor, Permission.ROUND_PLAN, visit, seen_version=seen_version):
        if not visit.is_open:
            raise Refused(VISIT_BEGUN)
        if not reason:
            raise Refused(REASON_NEEDED, field="reason")
        visit.status, visit.cancelled_reason = VisitStatus.CANCELLED, reason


def collisions(visit: InspectionVisit, others: Sequence[InspectionVisit] | None = None) -> list[Any]:
    """The sentences about visits of the same day: of the same unit, or with the same people at the same time."""
    said = []
    for other in others if others is not None else _same_day(visit):
        time_words = f", {other.visit_time}" if other.visit_time else ""
        words = {"day": day_words(other.visit_on), "time": time_words, "round": other.round.name}
        if other.unit_id == visit.unit_id:
            said.append(SAME_DAY % (words | {"unit": visit.unit.name}))
        names = _shared_names(visit, other)
        if names and _overlap(visit, other):
            said.append(SAME_PEOPLE % (words | {"unit": other.unit.name, "names": ", ".join(names)}))
    return said


def clashes(visits: Sequence[InspectionVisit]) -> dict[int, list[Any]]:
    """Visit id → what is wrong with it in a calendar: its collisions among `visits`, a unit that is no more."""
    planned = [v for v in visits if v.visit_on is not None and v.status is not VisitStatus.CANCELLED]
    found: dict[int, list[Any]] = {v.id: [said] for v in visits if v.is_open and (said := _closed(v))}
    for visit in planned:
        others = [o for o in planned if o.id != visit.id and o.visit_on == visit.visit_on]
        if others and (said := collisions(visit, others)):
            found.setdefault(visit.id, []).extend(said)
    return found


def _closed(visit: InspectionVisit) -> Any:
    """The sentence about a unit that will not stand on the day of its visit."""
    try:
        check_standing(visit.unit, visit.visit_on or clock.today(), "visit_on")
    except Refused as refusal:
        return refusal.sentence
    return None


def _new_visit(around: InspectionRound, unit_id: int) -> InspectionVisit:
    return InspectionVisit(
        round_id=around.id,
        unit_id=unit_id,
        checklist_version_id=around.checklist_version_id,
        status=VisitStatus.PLANNED,
    )


def _check_open(around: InspectionRound) -> None:
    if around.status not in (RoundStatus.DRAFT, RoundStatus.RUNNING):
        raise Refused(ROUND_CLOSED)


def _check_time(said: Schedule) -> None:
    try:
        begins = time.fromisoformat(said.visit_time) if said.visit_time else None
    except ValueError as error:
        raise Refused(TIME_WRONG, field="visit_time") from error
    try:
        ends = time.fromisoformat(said.visit_until) if said.visit_until else None
    except ValueError as error:
        raise Refused(TIME_WRONG, field="visit_until") from error
    if ends and (begins is None or ends <= begins):
        raise Refused(TIME_TURNED, field="visit_until")


def _check_day(visit: InspectionVisit, said: Schedule) -> None:
    if said.visit_on is None:
        raise Refused(DAY_NEEDED, field="visit_on")
    first = earliest(visit.round.period_from, visit.round.plan_on, visit.round.decision_on)
    if first is not None and said.visit_on < first:
        raise Refused(TOO_EARLY % {"day": day_words(first)}, field="visit_on")
    check_standing(visit.unit, said.visit_on, "visit_on")


def _same_day(visit: InspectionVisit) -> list[InspectionVisit]:
    query = select(InspectionVisit).where(
        InspectionVisit.visit_on == visit.visit_on,
        InspectionVisit.id != visit.id,
        InspectionVisit.status != VisitStatus.CANCELLED,
    )
    return list(db.session.scalars(query.order_by(InspectionVisit.id)))


def _check_same(visit: InspectionVisit, others: Sequence[InspectionVisit]) -> None:
    for other in others:
        if other.unit_id == visit.unit_id and other.visit_time == visit.visit_time:
            words = {"unit": visit.unit.name, "round": other.round.name}
            raise Refused(SAME_VISIT % words, field="visit_on")


def _shared_names(visit: InspectionVisit, other: InspectionVisit) -> list[str]:
    theirs = {(m.person_id, m.person_id or m.name) for m in other.round.members}
    return [m.name for m in visit.round.members if (m.person_id, m.person_id or m.name) in theirs]


def _overlap(one: InspectionVisit, other: InspectionVisit) -> bool:
    """Whether the hours meet; a visit without an hour takes the whole day."""
    first, second = _hours(one), _hours(other)
    return first is None or second is None or (first[0] < second[1] and second[0] < first[1])


def _hours(visit: InspectionVisit) -> tuple[timedelta, timedelta] | None:
    if not visit.visit_time:
        return None
    begins = _since_midnight(visit.visit_time)
    return begins, _since_midnight(visit.visit_until) if visit.visit_until else begins + _USUAL


def _since_midnight(text: str) -> timedelta:
    at = time.fromisoformat(text)
    return timedelta(hours=at.hour, minutes=at.minute)
