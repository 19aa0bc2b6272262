"""What conclusions ask: recommendations with their conclusion, as papers and pages read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core.actor import Actor
from app.core.policy import Permission, can
from app.extensions import db
from app.inspections.models import ChecklistContent, InspectionRound
from app.inspections.recommendations.models import Conclusion, Recommendation
from app.inspections.visits.models import InspectionVisit, VisitStatus


@dataclass(frozen=True)
class ConcludedRow:
    """One recommendation of a conclusion. A visit of which nothing is asked has none."""

    conclusion: Conclusion
    visit: InspectionVisit
    recommendation: Recommendation | None

    def is_withdrawn_on(self, day: date) -> bool:
        """Whether the conclusion was no longer in force at the end of `day`."""
        return self.conclusion.withdrawn_on is not None and self.conclusion.withdrawn_on <= day


def asked_by(plan_id: int, day: date) -> list[ConcludedRow]:
    """What the conclusions that were issued by `day` ask, by round, day of the visit and official order of units.

    A visit whose conclusion asks nothing stands in its place without a recommendation.
    """
    issued = {conclusion.id: conclusion for conclusion in _conclusions(plan_id, day)}
    asking = [r for r in _recommendations(plan_id) if r.conclusion_id in issued]
    found = [ConcludedRow(issued[r.conclusion_id or 0], r.visit, r) for r in asking]
    asked_of = {r.visit_id for r in asking}
    in_force = [c for c in issued.values() if c.withdrawn_on is None or c.withdrawn_on > day]
    for visit in _visits(plan_id):
        covering = next((c for c in in_force if c.round_id == visit.round_id and c.visit_id in (None, visit.id)), None)
        if visit.id not in asked_of and covering is not None:
            found.append(ConcludedRow(covering, visit, None))
    return sorted(found, key=_order)


def of_card(card_id: int) -> ConcludedRow | None:
    """The recommendation that a remedy answers, with its conclusion."""
    found = db.session.scalar(select(Recommendation).where(Recommendation.card_id == card_id))
    if found is None or found.conclusion_id is None:
        return None
    return ConcludedRow(db.session.get_one(Conclusion, found.conclusion_id), found.visit, found)


def _order(asked: ConcludedRow) -> tuple[object, ...]:
    visit, recommendation = asked.visit, asked.recommendation
    return (
        visit.round.period_from,
        visit.round_id,
        visit.visit_on or date.max,
        (visit.unit.sort_order, visit.unit.sort_key),
        visit.id,
        recommendation.position if recommendation is not None else 0,
        recommendation.id if recommendation is not None else 0,
    )


def _conclusions(plan_id: int, day: date) -> Iterable[Conclusion]:
    query = (
        select(Conclusion)
        .join(InspectionRound, InspectionRound.id == Conclusion.round_id)
        .where(InspectionRound.plan_id == plan_id, Conclusion.issued_on <= day)
        .order_by(Conclusion.id)
    )
    return db.session.scalars(query)


def _recommendations(plan_id: int) -> Iterable[Recommendation]:
    query = (
        select(Recommendation)
        .join(InspectionRound, InspectionRound.id == Recommendation.round_id)
        .where(InspectionRound.plan_id == plan_id, Recommendation.conclusion_id.is_not(None))
    )
    return db.session.scalars(query)


def _visits(plan_id: int) -> Iterable[InspectionVisit]:
    query = (
        select(InspectionVisit)
        .join(InspectionRound, InspectionRound.id == InspectionVisit.round_id)
        .where(InspectionRound.plan_id == plan_id, InspectionVisit.status != VisitStatus.CANCELLED)
    )
    return db.session.scalars(query)


def of_visit(visit_id: int) -> list[Recommendation]:
    """What a visit asks, drafts and concluded, without what was taken back, in its order."""
    query = select(Recommendation).where(Recommendation.visit_id == visit_id, Recommendation.withdrawn_at.is_(None))
    return list(db.session.scalars(query.order_by(Recommendation.position, Recommendation.id)))


def conclusions_of(visit: InspectionVisit) -> list[Conclusion]:
    """The conclusions of a visit or of its whole round, the newest first; withdrawn ones too."""
    query = select(Conclusion).where(Conclusion.round_id == visit.round_id).order_by(Conclusion.id.desc())
    return [c for c in db.session.scalars(query) if c.visit_id in (None, visit.id)]


def contents_of(visit: InspectionVisit) -> list[ChecklistContent]:
    """The contents of the checklist that a visit keeps."""
    query = select(ChecklistContent).where(ChecklistContent.version_id == visit.checklist_version_id)
    return list(db.session.scalars(query.order_by(ChecklistContent.position)))


def recommendation(actor: Actor, asked_id: int) -> Recommendation | None:
    """A recommendation for whom its visit is open; drafts only for the team, the office and the leaders."""
    found = db.session.get(Recommendation, asked_id)
    if found is None:
        return None
    if can(actor, Permission.ROUND_READ, found.visit.round):
        return found
    concluded = found.conclusion_id is not None and can(actor, Permission.VISIT_READ, found.visit)
    return found if concluded else None


def conclusion(actor: Actor, conclusion_id: int) -> Conclusion | None:
    """A conclusion for the team, the office, the leaders and the units that were inspected."""
    found = db.session.get(Conclusion, conclusion_id)
    if found is None:
        return None
    if can(actor, Permission.ROUND_READ, found.round):
        return found
    return found if any(map(actor.works_in, units_told(found))) else None


def units_told(found: Conclusion) -> frozenset[int]:
    """The inspected units that a conclusion is about."""
    visits = select(InspectionVisit).where(InspectionVisit.round_id == found.round_id)
    return frozenset(v.unit_id for v in db.session.scalars(visits) if found.visit_id in (None, v.id))
