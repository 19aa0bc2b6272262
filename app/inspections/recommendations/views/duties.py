"""What a visit asks to be put right, as one viewer sees it: drafts for the team, what was concluded for the unit."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user

from app.board.request_filters import this_day
from app.board.views.card import CardView, face
from app.cards.queries import rows as board
from app.core.policy import Permission, can
from app.inspections.recommendations import queries
from app.inspections.recommendations.models import Conclusion, Recommendation
from app.inspections.recommendations.words import RECHECK_WORDS
from app.inspections.shared import new_key
from app.inspections.visits.models import InspectionVisit, VisitStatus
from app.organisation.models import UnitKind
from app.organisation.queries import units
from app.plans.models import DueLevel


@dataclass(frozen=True)
class RecommendationLine:
    """One recommendation; `card` once it is a duty."""

    asked: Recommendation
    content: str
    card: CardView | None
    withdrawn: bool

    @property
    def recheck_words(self) -> Any:
        return RECHECK_WORDS[self.asked.recheck_result] if self.asked.recheck_result else ""


@dataclass(frozen=True)
class RemedyPart:
    """The part of a visit's page about remedies."""

    conclusions: list[Conclusion]
    concluded: list[RecommendationLine]
    drafts: list[RecommendationLine]
    may_ask: bool
    may_conclude: bool
    units: list[tuple[int, str]]
    contents: list[tuple[int, str]]
    client_key: str

    @property
    def rechecks(self) -> list[tuple[str, Any]]:
        return [(result.value, words) for result, words in RECHECK_WORDS.items()]


def recommendations_of(visit: InspectionVisit) -> RemedyPart:
    """What the person signed in sees of it, and may do."""
    watches = can(current_user, Permission.ROUND_READ, visit.round)
    every = queries.of_visit(visit.id)
    conclusions = queries.conclusions_of(visit) if watches or visit.is_concluded else []
    titles = {content.id: content.title for content in queries.contents_of(visit)}
    shown = [r for r in every if r.conclusion_id is not None and r.conclusion_id in {c.id for c in conclusions}]
    may_ask = can(current_user, Permission.RECOMMENDATION_ASK, visit)
    ended = visit.status in (VisitStatus.RECORDED, VisitStatus.SIGNED)
    return RemedyPart(
        conclusions=conclusions,
        concluded=_lines(shown, titles, conclusions),
        drafts=_lines([r for r in every if r.conclusion_id is None], titles, []) if watches else [],
        may_ask=may_ask,
        may_conclude=ended and not visit.is_concluded and can(current_user, Permission.CONCLUSION_ISSUE, visit.round),
        units=_units() if may_ask else [],
        contents=list(titles.items()) if may_ask else [],
        client_key=new_key(),
    )


def levels() -> list[tuple[str, Any]]:
    """Who sets the dates of a conclusion."""
    return [
        (DueLevel.UBND.value, _("Thời hạn do UBND hoặc Ban Vì sự tiến bộ của phụ nữ thành phố đặt")),
        (DueLevel.OFFICE.value, _("Thời hạn do cơ quan thường trực đề nghị")),
    ]


def _lines(
    found: list[Recommendation], titles: dict[int, str], conclusions: list[Conclusion]
) -> list[RecommendationLine]:
    rows = {row.id: row for row in board.some(r.card_id for r in found if r.card_id is not None)}
    gone = {c.id for c in conclusions if c.withdrawn_on is not None}
    actor = current_user._get_current_object()
    return [
        RecommendationLine(
            asked,
            titles.get(asked.content_id or 0, ""),
            face(actor, rows[asked.card_id], this_day()) if asked.card_id in rows else None,
            asked.conclusion_id in gone,
        )
        for asked in found
    ]


def _units() -> list[tuple[int, str]]:
    day = this_day().day
    return [(unit.id, unit.name) for unit in units() if unit.kind is not UnitKind.BODY and unit.stands_on(day)]
