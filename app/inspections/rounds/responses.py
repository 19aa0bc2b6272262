"""The page of a round as an answer: shown, and shown again with what was typed."""

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.queries.directory import workers
from app.board import page_plan
from app.core.policy import Permission, can
from app.inspections import queries, words
from app.inspections.models import InspectionRound
from app.inspections.papers.views import papers_of
from app.inspections.recommendations.views.duties import levels
from app.inspections.rounds import operations as rounds
from app.inspections.visits.operations import visits
from app.organisation.queries import units
from app.web.forms import Refusal
from app.web.responses import or_404


def round_page(round_id: int, refused: Refusal) -> Response:
    """The page of a round, with the form that came back where one did."""
    around = or_404(queries.inspection_round(current_user, round_id))
    page_plan.show(around.plan_id)
    found = queries.visits([round_id])
    html = render_template(
        "inspections/round.html",
        round=around,
        visits=found,
        clashes=visits.clashes(found),
        words=words,
        arrows=rounds.arrows(around),
        papers=papers_of(around),
        due_levels=levels(),
        **round_choices(around),
        **refused.context,
    )
    return make_response(html, refused.status)


def round_choices(around: InspectionRound | None = None) -> dict[str, Any]:
    """What the forms of a round choose from; nothing for who cannot plan."""
    if not can(current_user, Permission.ROUND_PLAN):
        return {"checklists": [], "people": [], "units": [], "forms": [], "duties": []}
    return {
        "checklists": _versions(around),
        "people": [(p.id, f"{p.name}{', ' if p.title else ''}{p.title}") for p in workers()],
        "units": units(),
        "forms": [(f.value, w) for f, w in words.FORMS.items()],
        "duties": [(d.value, w) for d, w in words.DUTIES.items()],
    }


def _versions(around: InspectionRound | None) -> list[tuple[int, str]]:
    """The newest version of each checklist in use, and the one that the round follows."""
    offered = []
    for checklist in queries.checklists():
        for version in checklist.versions:
            follows = around is not None and version.id == around.checklist_version_id
            if follows or not (version.closed or checklist.archived):
                offered.append((version.id, _("%(name)s, bản %(n)s", name=checklist.name, n=version.number)))
    return offered
