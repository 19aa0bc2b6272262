"""The rows of a round or a visit as its letters say them. Letters speak Vietnamese, whatever the reader's language."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core import clock
from app.extensions import db
from app.formats.letters import data
from app.formats.paper_head import SignatureBlock
from app.inspections import words
from app.inspections.models import ChecklistContent, ChecklistVersion, InspectionRound
from app.inspections.recommendations.models import DocumentKind, Recommendation
from app.inspections.visits.models import InspectionVisit, VisitFinding, VisitStatus
from app.organisation.operations import profiles
from app.organisation.profile_defaults import PaperTemplate, of_unit
from app.plans.models import Clause

ROUND_DRAFTS = (DocumentKind.PLAN, DocumentKind.NOTICE, DocumentKind.OUTLINE, DocumentKind.CONCLUSION)
VISIT_DRAFTS = (DocumentKind.NOTICE, DocumentKind.MINUTES, DocumentKind.CONCLUSION)

_RECORDED = frozenset({VisitStatus.RECORDED, VisitStatus.SIGNED})


def round_letter(around: InspectionRound, kind: DocumentKind) -> bytes:
    """The .docx draft of a letter of a round, for one of `ROUND_DRAFTS`; number and day blank."""
    return _letter(around, _visits(around.id), kind)


def visit_letter(visit: InspectionVisit, kind: DocumentKind) -> bytes:
    """The .docx draft of a letter of one visit, for one of `VISIT_DRAFTS`."""
    return _letter(visit.round, [_whole(visit.id)], kind)


def _letter(around: InspectionRound, visits: Sequence[InspectionVisit], kind: DocumentKind) -> bytes:
    from app.formats.letters import naming, planning, results  # late: they load what writes .docx files

    with force_locale("vi"):
        said, head = _round(around, visits), _head()
        if kind is DocumentKind.PLAN:
            return planning.inspection_plan(naming.of_office(head, "KH"), said)
        if kind is DocumentKind.NOTICE:
            return planning.schedule_notice(naming.of_office(head, "TB"), said)
        if kind is DocumentKind.OUTLINE:
            return planning.self_report_outline(naming.of_office(head, "TB"), said)
        if kind is DocumentKind.CONCLUSION:
            found = [visit for visit in visits if visit.status in _RECORDED] or visits
            return results.conclusion_notice(naming.of_office(head, "TB"), said, [_outcome(visit) for visit in found])
        (visit,) = visits
        team = naming.of_team(head, around.name, visit.unit.name, of_unit(visit.unit).place)
        return results.minutes(team, said, _outcome(visit))


def _head() -> data.LetterHead:
    profile = profiles.load(PaperTemplate.CITY)
    return data.LetterHead(
        superior_body=profile.superior_body,
        issuing_body=tuple(profile.issuing_body.split("\n")),
        issuer=profile.issuer,
        symbol=profile.symbol,
        place=profile.place,
        signer=SignatureBlock(tuple(profile.signer.split("\n")), profile.signer_name),
        recipients=tuple(line for line in profile.recipients.split("\n") if line),
        sample=clock.pretended() is not None,
    )


def _round(around: InspectionRound, visits: Sequence[InspectionVisit]) -> data.RoundData:
    from app.formats.letters.naming import source

    clause = db.session.get(Clause, around.clause_id) if around.clause_id else None
    version = db.session.get_one(ChecklistVersion, around.checklist_version_id)
    return data.RoundData(
        name=around.name,
        form=str(words.FORMS[around.form]),
        basis=around.basis or around.plan.title,
        period_from=around.period_from,
        period_to=around.period_to,
        plan=data.LegalBasis(around.plan_number or "", around.plan_on),
        decision=data.LegalBasis(around.decision_number or "", around.decision_on),
        report_due_days=around.report_due_days,
        members=tuple(
            data.Member(m.name, m.position_words, m.unit.name if m.unit else "", str(words.DUTIES[m.duty]))
            for m in around.members
        ),
        topics=tuple(_topic(content) for content in version.contents),
        slots=tuple(_slot(visit) for visit in visits),
        source=source(clause.address if clause else ""),
    )


def _topic(content: ChecklistContent) -> data.Topic:
    asked = tuple(data.AskedFigure(figure.label, figure.unit, figure.by_sex) for figure in content.figures)
    return data.Topic(content.title, content.wording, asked, content.numbers_only)


def _slot(visit: InspectionVisit) -> data.Slot:
    due = visit.visit_on - timedelta(days=visit.round.report_due_days) if visit.visit_on else None
    return data.Slot(visit.unit.name, visit.visit_on, visit.visit_time or "", visit.place, due)


def _outcome(visit: InspectionVisit) -> data.VisitOutcome:
    found = {finding.content_id: finding for finding in visit.findings}
    return data.VisitOutcome(
        slot=_slot(visit),
        representatives=visit.unit_representatives,
        findings=tuple(_finding(content, found.get(content.id)) for content in visit.checklist_version.contents),
        strengths=visit.strengths,
        shortcomings=visit.shortcomings_text,
        causes=visit.causes,
        notes=tuple((note.person_name, note.text) for note in visit.notes if note.text),
        unit_opinion=visit.unit_opinion,
        conclusion=visit.conclusion_text,
        demands=tuple(_demand(asked) for asked in _recommendations(visit.id)),
        minutes=data.LegalBasis(visit.minutes_number or "", visit.minutes_on),
    )


def _finding(content: ChecklistContent, found: VisitFinding | None) -> data.Finding:
    if found is None:
        return data.Finding(content.title)
    counted = [(figure, found.figures.get(figure.key) or {}) for figure in content.figures]
    return data.Finding(
        topic=content.title,
        remark=found.remark,
        figures=tuple(
            data.FigureFound(figure.label, figure.unit, told.get("total"), told.get("male"), told.get("female"))
            for figure, told in counted
            if any(value is not None for value in told.values())
        ),
        documents=found.documents_seen,
        rating=str(words.RATINGS[found.rating]) if found.rating and content.rates else "",
        empty_reason=found.empty_reason,
    )


def _demand(asked: Recommendation) -> data.Demand:
    return data.Demand(asked.demand, asked.unit.name, asked.shortcoming, asked.due_on)


def _recommendations(visit_id: int) -> list[Recommendation]:
    query = select(Recommendation).where(Recommendation.visit_id == visit_id, Recommendation.withdrawn_at.is_(None))
    return list(db.session.scalars(query.order_by(Recommendation.position, Recommendation.id)))


def _visits(round_id: int) -> list[InspectionVisit]:
    query = select(InspectionVisit).where(InspectionVisit.round_id == round_id).options(*_parts())
    standing = query.where(InspectionVisit.status != VisitStatus.CANCELLED)
    return sorted(db.session.scalars(standing), key=lambda v: (v.visit_on is None, str(v.visit_on), v.id))


def _whole(visit_id: int) -> InspectionVisit:
    query = select(InspectionVisit).where(InspectionVisit.id == visit_id).options(*_parts())
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _parts() -> Any:
    """Late: to name a relationship configures every mapper."""
    return (
        selectinload(InspectionVisit.checklist_version),
        selectinload(InspectionVisit.findings),
        selectinload(InspectionVisit.notes),
    )
