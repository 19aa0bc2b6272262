"""The plans on the board: their names, and their figures, counted in the database."""

from typing import Any

from sqlalchemy import and_, case, exists, func, not_, or_, select

from app.cards.models import Card
from app.cards.state import Status
from app.core import clock
from app.extensions import db
from app.plans.models import Action, DueLevel, Plan
from app.plans.naming import PlanName, named

_OPEN = tuple(status for status in Status if status not in (Status.DONE, Status.DROPPED))


def plans_on_board() -> list[PlanName]:
    """Every plan on the board by its names, the newest first. There is no plan that is everybody's current one.

    Followed are those of this year and later, and earlier ones on which something is still open.
    """
    is_open = exists().where(Card.plan_id == Plan.id, Card.status.in_(_OPEN))
    followed = or_(Plan.year >= clock.today().year, is_open).label("followed")
    columns = (Plan.id, Plan.title, Plan.year, Plan.number, Plan.number_suffix, followed)
    return named(db.session.execute(select(*columns).order_by(Plan.year.desc(), Plan.id.desc())))


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
