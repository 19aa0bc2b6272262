"""The plans on the board in figures, counted in the database."""

from typing import Any

from sqlalchemy import func, select

from app.board.models import Card
from app.extensions import db
from app.plans.models import Action, DueLevel, Plan


def overview() -> list[dict[str, Any]]:
    """Per plan, the newest first: id, title, year, cards, requests among them, leading units, the plan's dates.

    What inspections ask is none of the plan's duties.
    """
    requests = func.count().filter(Action.is_request)
    dated = func.count().filter(Card.due_on.is_not(None), Card.due_level == DueLevel.UBND, Action.due_on.is_not(None))
    query = (
        select(Plan.id, Plan.title, Plan.year, func.count(), requests, func.count(Card.unit_id.distinct()), dated)
        .join(Card, Card.plan_id == Plan.id)
        .join(Action, Action.id == Card.action_id)
        .where(Action.is_remedy.is_(False))
        .group_by(Plan.id, Plan.title, Plan.year)
        .order_by(Plan.year.desc(), Plan.id.desc())
    )
    names = ("id", "title", "year", "cards", "requests", "units", "plan_deadlines")
    return [dict(zip(names, row, strict=True)) for row in db.session.execute(query)]
