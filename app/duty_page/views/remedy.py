"""Where a duty that an inspection asks comes from, as the duty page says it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_login import current_user

from app.board.views.card import tells
from app.cards.models import Card
from app.core.policy import Permission, can
from app.extensions import db
from app.inspections.models import ChecklistContent
from app.inspections.recommendations import queries
from app.inspections.recommendations.models import Conclusion
from app.inspections.recommendations.words import RECHECK_WORDS


@dataclass(frozen=True)
class RemedySource:
    """The conclusion for everybody; visit, content and shortcoming for the unit, the team, the office, the leaders."""

    conclusion: Conclusion
    may_open: bool
    visit_id: int | None = None
    inspected: str = ""
    visited_on: date | None = None
    content: str = ""
    shortcoming: str = ""
    recheck_on: date | None = None
    recheck_words: Any = ""
    recheck_note: str = ""


def remedy_source(card: Card) -> RemedySource | None:
    """The source of `card` for the person signed in; None for a duty of the plan."""
    found = queries.of_card(card.id) if card.is_remedy else None
    if found is None or found.recommendation is None:
        return None
    asked, visit = found.recommendation, found.visit
    may_open = queries.conclusion(current_user, found.conclusion.id) is not None
    reads = can(current_user, Permission.VISIT_READ, visit)
    if not (reads or tells(current_user, card)):
        return RemedySource(found.conclusion, may_open)
    content = db.session.get(ChecklistContent, asked.content_id) if asked.content_id else None
    return RemedySource(
        conclusion=found.conclusion,
        may_open=may_open,
        visit_id=visit.id if reads else None,
        inspected=visit.unit.name,
        visited_on=visit.visit_on,
        content=content.title if content else "",
        shortcoming=asked.shortcoming,
        recheck_on=asked.recheck_on,
        recheck_words=RECHECK_WORDS[asked.recheck_result] if asked.recheck_result else "",
        recheck_note=asked.recheck_note or "",
    )
