"""Rounds and visits set up by the program's own operations."""

import io
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.actor import system
from app.core.change import change
from app.core.policy import Permission
from app.extensions import db
from app.files.store import FileStore, Incoming
from app.inspections import queries
from app.inspections.models import ChecklistVersion, InspectionRound, InspectionType, MemberDuty, RoundStatus
from app.inspections.recommendations.models import Conclusion
from app.inspections.rounds import operations as rounds
from app.inspections.rounds.operations import Joining, Planned
from app.inspections.visits.models import InspectionVisit, SelfReport
from app.inspections.visits.operations import visits
from app.inspections.visits.operations.findings import Sending, record_content
from app.inspections.visits.operations.self_reports import Answers, SignedReport, send_report
from app.inspections.visits.operations.visits import Schedule
from tests.world import PDF, TODAY, World, person

SAID: dict[str, Any] = {
    "name": "Kiểm tra 6 tháng đầu năm",
    "form": InspectionType.PLANNED,
    "period_from": date(2024, 1, 1),
    "period_to": date(2024, 6, 30),
}


def planned(**said: Any) -> Planned:
    """The words of a round; the checklist shipped with the program."""
    version = db.session.scalars(select(ChecklistVersion.id).order_by(ChecklistVersion.id)).first()
    return Planned(**SAID | {"checklist_version_id": version} | said)


def a_round(*members: str, status: RoundStatus = RoundStatus.DRAFT, **said: Any) -> InspectionRound:
    """A round with its team: the first is trưởng đoàn. One that runs has P. Ea Tam in it."""
    made = rounds.plan_round(person("chi"), World().plan, planned(**said))
    for place, name in enumerate(members):
        duty = MemberDuty.MEMBER if place else MemberDuty.LEADER
        rounds.add_member(person("chi"), made, Joining(person(name).id, "", duty), seen_version=made.version)
    if status is not RoundStatus.DRAFT:
        units = [World().unit("P. Ea Tam").id]
        visits.add_visits(person("chi"), made, units, seen_version=made.version)
        rounds.set_status(person("chi"), made, status, seen_version=made.version)
    return made


def a_visit(*members: str, day: date | None = TODAY, **said: Any) -> InspectionVisit:
    """The visit to P. Ea Tam in a round that runs, on a day."""
    made = a_round(*(members or ("binh",)), status=RoundStatus.RUNNING, **said)
    (visit,) = queries.visits([made.id])
    if day is not None:
        visits.schedule_visit(person("chi"), visit, Schedule(day, "08:30"), seen_version=visit.version)
    return seen(visit.id)


def seen(visit_id: int, who: str = "chi") -> InspectionVisit:
    """The visit as it stands now."""
    db.session.rollback()
    found = queries.visit(person(who), visit_id)
    assert found is not None
    return found


def contents(visit: InspectionVisit) -> list[int]:
    """The ids of its contents."""
    return [content.id for content in seen(visit.id).checklist_version.contents]


def record(visit: InspectionVisit, place: int = 0, who: str = "binh", **said: Any) -> Any:
    """Let a member write one content, as new."""
    key = said.pop("client_key", f"{visit.id}-{place}-{said.get('seen_version', 0)}")
    sending = Sending(key, **{"seen_version": 0, "remark": "Đã ban hành kế hoạch"} | said)
    return record_content(person(who), visit, contents(visit)[place], sending)


def record_all(visit: InspectionVisit, who: str = "binh") -> None:
    """Every content has its remark."""
    for place in range(len(contents(visit))):
        record(visit, place, who)


def a_report(visit: InspectionVisit, store: FileStore, seen_version: int = 0) -> SelfReport:
    """What yen sends for P. Ea Tam, signed."""
    answers: Answers = {contents(visit)[0]: ("Đã ban hành kế hoạch số 38/KH-UBND.", {})}
    letter = SignedReport("12/BC-UBND", TODAY, TODAY, "Phó Chủ tịch", Incoming("bao-cao.pdf", io.BytesIO(PDF)))
    return send_report(
        person("yen"), visit, answers, letter, seen_version=seen_version, store=store, limit_bytes=1_000_000
    )  # fmt: skip


def conclude(visit: InspectionVisit) -> None:
    """A conclusion stands for the visit."""
    with change(system(), Permission.ROUND_PLAN):
        db.session.add(
            Conclusion(
                round_id=visit.round_id, visit_id=visit.id, number="15/TB-UBND", issued_on=TODAY, signer="Chủ tịch",
                issuer="UBND", entered_by_id=1, entered_at=clock.now(),
            )
        )  # fmt: skip
