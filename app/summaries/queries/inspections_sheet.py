"""PL5: what inspections found and asked, and how it stands on a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.board.views.card import Today
from app.cards.models import CardEvent
from app.cards.moves import words
from app.cards.queries.rows import Row
from app.cards.state import EventKind, Status
from app.cards.timeliness import Timeliness
from app.core.days import day_words
from app.extensions import db
from app.formats.progress_workbook import InspectionSection, RecommendationRow, RemedyState
from app.inspections.recommendations.models import Conclusion, Recommendation
from app.inspections.recommendations.queries import ConcludedRow, asked_by
from app.inspections.recommendations.words import RECHECK_WORDS
from app.organisation.queries import names_on
from app.summaries.queries.cell_text import remark_words

_STATES = {
    Status.TODO: RemedyState.TODO,
    Status.DOING: RemedyState.DOING,
    Status.WAITING: RemedyState.WAITING,
    Status.DONE: RemedyState.DONE,
    Status.PAUSED: RemedyState.TODO,
    Status.DROPPED: RemedyState.DROPPED,
}
_NO_SHORTCOMING = "Không có."
Documents = Mapping[int, Sequence[str]]


def inspections(
    plan_id: int, unit_id: int | None, rows: Iterable[Row], today: Today, documents: Documents
) -> list[InspectionSection]:
    """What conclusions of `today` and before ask (of one unit, or found there), round by round.

    `rows` are the remedies as they stood on that day; `documents` are the documents of a card in words.
    """
    by_card = {row.id: row for row in rows if row.is_remedy}
    reasons, names = _reasons(by_card, today.day), names_on(today.day)
    listed = [
        (asked.visit.round, _row(asked, _card(asked, by_card), today, documents, reasons, names))
        for asked in asked_by(plan_id, today.day)
        if unit_id in (None, asked.visit.unit_id) or (asked.recommendation and asked.recommendation.unit_id == unit_id)
    ]
    return [
        InspectionSection(around.name, tuple(row for _around, row in group))
        for around, group in groupby(listed, key=lambda pair: pair[0])
    ]


def _card(asked: ConcludedRow, by_card: Mapping[int, Row]) -> Row | None:
    return by_card.get(asked.recommendation.card_id or 0) if asked.recommendation is not None else None


def _row(
    asked: ConcludedRow,
    card: Row | None,
    today: Today,
    documents: Documents,
    reasons: Mapping[int, str],
    names: Mapping[int, str],
) -> RecommendationRow:
    inspected, conclusion = names[asked.visit.unit_id], _conclusion_words(asked.conclusion)
    if asked.recommendation is None or card is None:
        found = asked.visit.shortcomings_text or _NO_SHORTCOMING
        return RecommendationRow(inspected, found, asked.visit.visit_on, conclusion=conclusion)
    withdrawn = asked.is_withdrawn_on(today.day)
    state = RemedyState.WITHDRAWN if withdrawn else _STATES[card.status]
    return RecommendationRow(
        inspected=inspected,
        shortcoming=asked.recommendation.shortcoming,
        visited_on=asked.visit.visit_on,
        demand=asked.recommendation.demand,
        lead=card.unit.name,
        deadline=card.due_on,
        state=state,
        status=state.value if withdrawn else _status_words(card, today.timeliness(card)),
        remedied_on=card.finished_on if card.status is Status.DONE else None,
        evidence=tuple(documents.get(card.id, ())),
        conclusion=conclusion,
        note=_note(asked.recommendation, card, today, reasons),
    )


def _status_words(card: Row, stands: Timeliness) -> str:
    said = str(words(card, card.status))
    if stands is Timeliness.LATE:
        return f"{said}, {_('quá hạn')}"
    return f"{said}, {_('quá hạn')}" if stands is Timeliness.DONE_LATE else said


def _note(recommendation: Recommendation, card: Row, today: Today, reasons: Mapping[int, str]) -> str:
    said = [remark_words(card, today), reasons.get(card.id, "") if card.status is Status.DROPPED else ""]
    checked, result = recommendation.recheck_on, recommendation.recheck_result
    if checked is not None and result is not None and checked <= today.day:
        said.append(
            _("Phúc tra %(day)s: %(result)s", day=day_words(checked), result=str(RECHECK_WORDS[result]).lower())
        )
    return "; ".join(filter(None, said))


def _conclusion_words(conclusion: Conclusion) -> str:
    return f"{conclusion.number}, {conclusion.issued_on:%d/%m/%Y}"


def _reasons(card_ids: Iterable[int], day: date) -> dict[int, str]:
    """Card id → why it could not be put right, by which document."""
    query: Any = (
        select(CardEvent.card_id, CardEvent.reason, CardEvent.document_number)
        .where(CardEvent.card_id.in_(list(card_ids)), CardEvent.kind == EventKind.DROPPED)
        .where(CardEvent.effective_on <= day)
        .order_by(CardEvent.id)
    )
    return {
        card_id: " – ".join(filter(None, (reason, number))) for card_id, reason, number in db.session.execute(query)
    }
