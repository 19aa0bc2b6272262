"""The plans on the board in figures, counted in the database."""

from typing import Any

from sqlalchemy import and_, case, func, not_, select

from app.board.models import Card
from app.board.state import Status
from app.extensions import db
from app.plans.models import Action, DueLevel, Plan


def overview() -> list[dict[str, Any]]:
    """Per plan, the newest first: id, title, year, cards, requests among them, leading units, the plan's dates; beside
    them what is not carried out.

    What inspections ask is none of the plan's duties.
    """
    dropped = and_(Card.status == Status.DROPPED, Action.is_request.is_(False))
    counts = not_(dropped)
    requests = func.count().filter(Action.is_request)
    official = (Card.due_on.is_not(None), Card.due_level == DueLevel.UBND, Action.due_on.is_not(None))
    dated = func.count().filter(counts, *official)
    units = func.count(case((counts, Card.unit_id)).distinct())
    given = (func.count().filter(counts), requests, units, dated, func.count().filter(dropped))
    query = (
        select(Plan.id, Plan.title, Plan.year, *given)
        .join(Card, Card.plan_id == Plan.id)
        .join(Action, Action.id == Card.action_id)
        .where(Action.is_remedy.is_(False))
        .group_by(Plan.id, Plan.title, Plan.year)
        .order_by(Plan.year.desc(), Plan.id.desc())
    )
    names = ("id", "title", "year", "cards", "requests", "units", "plan_deadlines", "dropped")
    return [dict(zip(names, row, strict=True)) for row in db.session.execute(query)]
