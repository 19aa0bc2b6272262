"""An action is dealt: one card for each leading unit."""

from app.board.models import Card
from app.extensions import db
from app.plans.models import Action, DueLevel, Plan


def deal(plan: Plan, action: Action, unit_ids: list[int]) -> None:
    """Give `action` to its leading units, inside the change that puts the plan on the board."""
    for unit_id in unit_ids:
        db.session.add(
            Card(
                plan_id=plan.id,
                action_id=action.id,
                unit_id=unit_id,
                origin_unit_id=unit_id,
                due_on=action.due_on,
                due_level=DueLevel.UBND if action.due_on else None,
                due_basis=action.due_wording,
            )
        )
    db.session.flush()
