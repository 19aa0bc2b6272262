"""The page of a visit as an answer: shown, and shown again with what was typed."""

from flask import Response, make_response, render_template
from flask_login import current_user

from app.board import page_plan as shown
from app.core import clock
from app.core.days import day_words
from app.core.policy import Permission, can
from app.inspections import queries, words
from app.inspections.papers.views import papers_of
from app.inspections.recommendations.views.duties import levels, recommendations_of
from app.inspections.shared import new_key
from app.inspections.visits.models import InspectionVisit
from app.inspections.visits.operations import closing, self_reports, visits
from app.inspections.visits.operations.closing import Summed
from app.inspections.visits.operations.findings import barrier
from app.web.forms import Refusal
from app.web.responses import or_404


def visit_page(visit_id: int, refused: Refusal) -> Response:
    """The page of a visit; what the person may not read of it is left out."""
    visit = or_404(queries.visit(current_user, visit_id))
    shown.show(visit.round.plan_id)
    reads = can(current_user, Permission.VISIT_READ, visit)
    report = queries.self_report(visit_id)
    html = render_template(
        "inspections/visit.html",
        visit=visit,
        reads=reads,
        barred=barrier(visit) if visit.is_open and can(current_user, Permission.VISIT_RECORD, visit) else None,
        findings={f.content_id: f for f in visit.findings} if reads else {},
        files=[f for f in visit.files if f.withdrawn_at is None] if reads else [],
        notes=visit.notes if reads else [],
        missing=closing.missing(visit) if visit.is_open else [],
        own_note=next((n.text for n in visit.notes if n.person_id == current_user.id), ""),
        report=report if report and can(current_user, Permission.REPORT_READ, report) else None,
        report_due=self_reports.due_on(visit),
        today=clock.today(),
        clashes=visits.collisions(visit) if visit.visit_on and can(current_user, Permission.ROUND_PLAN) else [],
        words=words,
        papers=papers_of(visit.round, visit),
        asking=recommendations_of(visit) if reads else None,
        due_levels=levels(),
        client_key=new_key(),
        **refused.context,
    )
    return make_response(html, refused.status)


def kept_texts(visit: InspectionVisit) -> dict[str, str]:
    """The texts of a visit as its form shows them."""
    shown = {name: getattr(visit, name) for name, _text in Summed().texts}
    return shown | {"minutes_number": visit.minutes_number or "", "minutes_on": day_words(visit.minutes_on)}
