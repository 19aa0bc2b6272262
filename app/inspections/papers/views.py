"""The panel of papers on the page of a round or of a visit."""

from typing import Any

from flask_login import current_user

from app.core.policy import Permission, can
from app.inspections.models import InspectionRound
from app.inspections.papers import letter_data, operations
from app.inspections.recommendations.models import DocumentKind, DocumentState, RoundDocument
from app.inspections.visits.models import InspectionVisit


def papers_of(around: InspectionRound, visit: InspectionVisit | None = None) -> dict[str, Any]:
    """What the panel of papers shows: those that are there, what may be drafted, what may be noted here."""
    found = operations.documents(current_user, around, visit.id if visit is not None else None)
    whole = can(current_user, Permission.ROUND_READ, around)
    reads = visit is not None and can(current_user, Permission.VISIT_READ, visit)
    drafts = letter_data.ROUND_DRAFTS if visit is None else letter_data.VISIT_DRAFTS
    kinds = operations.OF_ROUND if visit is None else operations.OF_VISIT
    return {
        "issued": [paper for paper in found if paper.state is DocumentState.ISSUED],
        "submitted": [paper for paper in found if _is_here(paper, visit)],
        "drafts": [kind for kind in drafts if whole or (reads and kind is DocumentKind.MINUTES)],
        "choices": {
            "issue": [(kind.value, operations.PAPER_KIND_WORDS[kind]) for kind in kinds],
            "submit": [(kind.value, operations.PAPER_KIND_WORDS[kind]) for kind in (*kinds, DocumentKind.CONCLUSION)],
        },
        "words": operations.PAPER_KIND_WORDS,
    }


def _is_here(paper: RoundDocument, visit: InspectionVisit | None) -> bool:
    """Whether it waits to be signed on this page; a conclusion no longer does once one stands."""
    if paper.state is not DocumentState.SUBMITTED or paper.visit_id != (visit.id if visit is not None else None):
        return False
    concluded = (
        visit.is_concluded if visit is not None else any(c.withdrawn_on is None for c in paper.round.conclusions)
    )
    return paper.kind is not DocumentKind.CONCLUSION or not concluded
