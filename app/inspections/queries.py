"""Reads of inspections. What a person may not see is None."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.core.actor import Actor
from app.core.policy import Permission, can
from app.extensions import db
from app.inspections.models import (
    Checklist,
    ChecklistContent,
    ChecklistVersion,
    InspectionMember,
    InspectionRound,
    RoundStatus,
)
from app.inspections.visits.models import InspectionVisit, SelfReport, VisitFile, VisitStatus
from app.organisation.models import Unit


def _whole() -> Any:
    """Late: to name a relationship configures every mapper."""
    return (
        selectinload(InspectionVisit.checklist_version),
        selectinload(InspectionVisit.findings),
        selectinload(InspectionVisit.notes),
        selectinload(InspectionVisit.files),
    )


def rounds(actor: Actor) -> list[InspectionRound]:
    """The rounds that `actor` sees whole, the newest first."""
    query = select(InspectionRound).order_by(InspectionRound.period_to.desc(), InspectionRound.id.desc())
    if not can(actor, Permission.ROUNDS_READ_ALL):
        mine = select(InspectionMember.round_id).where(InspectionMember.person_id == actor.id)
        query = query.where(InspectionRound.id.in_(mine))
    return list(db.session.scalars(query))


def inspection_round(actor: Actor, round_id: int) -> InspectionRound | None:
    """One round with its checklist's version."""
    query = select(InspectionRound).where(InspectionRound.id == round_id)
    found = db.session.scalar(query.options(selectinload(InspectionRound.checklist_version)))
    return found if found is not None and can(actor, Permission.ROUND_READ, found) else None


def visits(round_ids: Collection[int]) -> list[InspectionVisit]:
    """The visits of rounds, by day and hour, those without a day last."""
    query = select(InspectionVisit).join(Unit, Unit.id == InspectionVisit.unit_id)
    found = db.session.scalars(query.where(InspectionVisit.round_id.in_(round_ids)).order_by(Unit.sort_order, Unit.id))
    return sorted(found, key=lambda v: (v.visit_on is None, str(v.visit_on), v.visit_time or ""))


def visits_to(actor: Actor, unit_ids: Collection[int], plan_id: int | None = None) -> list[InspectionVisit]:
    """The visits to units that `actor` sees, the newest first."""
    if not can(actor, Permission.INSPECTIONS):
        return []
    query = select(InspectionVisit).where(InspectionVisit.unit_id.in_(unit_ids))
    if plan_id is not None:
        rounds_of = select(InspectionRound.id).where(InspectionRound.plan_id == plan_id)
        query = query.where(InspectionVisit.round_id.in_(rounds_of))
    found = db.session.scalars(query.order_by(InspectionVisit.visit_on.desc(), InspectionVisit.id.desc()))
    return [visit for visit in found if can(actor, Permission.VISIT_SEE, visit)]


def visit(actor: Actor, visit_id: int) -> InspectionVisit | None:
    """One visit with all that was recorded, its checklist, notes and files."""
    found = db.session.scalar(select(InspectionVisit).where(InspectionVisit.id == visit_id).options(*_whole()))
    return found if found is not None and can(actor, Permission.VISIT_SEE, found) else None


def content(version_id: int, content_id: int) -> ChecklistContent | None:
    """A content of this version of a checklist."""
    found = db.session.get(ChecklistContent, content_id)
    return found if found is not None and found.version_id == version_id else None


def visit_file(actor: Actor, file_id: int) -> tuple[VisitFile, InspectionVisit] | None:
    """A file with its visit, for whom the findings may be read."""
    file = db.session.get(VisitFile, file_id)
    around = visit(actor, file.visit_id) if file is not None else None
    if file is None or around is None or not can(actor, Permission.VISIT_READ, around):
        return None
    return file, around


def self_report(visit_id: int) -> SelfReport | None:
    """The self-report that the unit has begun for a visit."""
    return db.session.scalar(select(SelfReport).where(SelfReport.visit_id == visit_id))


def own_report(actor: Actor, report_id: int) -> SelfReport | None:
    """A self-report whose visit `actor` sees."""
    found = db.session.get(SelfReport, report_id)
    return found if found is not None and can(actor, Permission.VISIT_SEE, found.visit) else None


def checklists() -> list[Checklist]:
    """Every checklist with its versions, archived ones last."""
    query = select(Checklist).options(selectinload(Checklist.versions)).order_by(Checklist.archived, Checklist.id)
    return list(db.session.scalars(query))


def checklist(checklist_id: int) -> Checklist | None:
    query = select(Checklist).where(Checklist.id == checklist_id)
    return db.session.scalar(query.options(selectinload(Checklist.versions)))


def newest_version(checklist_id: int) -> ChecklistVersion | None:
    """The version of a checklist that is in force."""
    query = select(ChecklistVersion).where(ChecklistVersion.checklist_id == checklist_id)
    return db.session.scalar(query.order_by(ChecklistVersion.number.desc()).limit(1))


def rounds_with(checklist_id: int) -> list[InspectionRound]:
    """The rounds under way or in preparation that follow a version of a checklist."""
    versions = select(ChecklistVersion.id).where(ChecklistVersion.checklist_id == checklist_id)
    running = or_(InspectionRound.status == RoundStatus.RUNNING, InspectionRound.status == RoundStatus.DRAFT)
    query = select(InspectionRound).where(InspectionRound.checklist_version_id.in_(versions), running)
    return list(db.session.scalars(query.order_by(InspectionRound.id)))


def inspected_units() -> frozenset[int]:
    """The units that some visit, not cancelled, stands for in any round."""
    query = select(InspectionVisit.unit_id).where(InspectionVisit.status != VisitStatus.CANCELLED)
    return frozenset(db.session.scalars(query))
