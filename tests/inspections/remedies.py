"""What a conclusion would put on the board, without its inspection: for tests of the board."""

from datetime import date, timedelta
from typing import Any

from app.cards.models import Card
from app.cards.operations.creation import agree, deal
from app.core import actor
from app.core.change import change
from app.core.policy import Permission
from app.extensions import db
from app.plans.models import Action, ActionKind, DueLevel
from tests.world import TODAY, World

SOURCE = "Thông báo kết luận số 05/TB-UBND ngày 02/5/2024"


def remedy(
    world: World,
    unit: str = "P. Ea Tam",
    demand: str = "kiện toàn Ban Vì sự tiến bộ của phụ nữ phường",
    *,
    due_on: date = TODAY + timedelta(days=20),
    level: DueLevel = DueLevel.UBND,
) -> Card:
    """A recommendation on the board of `unit`, under the clause of the plan that asks for inspections."""
    plan, unit_id = world.plan, world.unit(unit).id
    clause_id = world.clause("II.5").id
    official = level is DueLevel.UBND
    with change(actor.system(), Permission.PLAN_INTAKE):
        action = Action(
            plan_id=plan.id,
            clause_id=clause_id,
            position=900,
            duty=demand,
            kind=ActionKind.DATED,
            is_remedy=True,
            due_on=due_on if official else None,
            due_wording=SOURCE,
        )
        db.session.add(action)
        db.session.flush()
        deal(plan, action, [unit_id])
        if not official:
            agree(actor.system(), action, due_on, SOURCE)
        action_id = action.id
    found: Any = db.session.scalars(db.select(Card).where(Card.action_id == action_id)).one()
    return found
