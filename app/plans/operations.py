"""Which of several plans a person had open last: a memory of pages, no act, so the log does not hold it."""

from sqlalchemy import select

from app.core.database import independent_write, put
from app.extensions import db
from app.plans.models import PlanChoice


def remembered(person_id: int) -> int | None:
    """The plan that this person chose last; None for who never chose one."""
    return db.session.scalar(select(PlanChoice.plan_id).where(PlanChoice.person_id == person_id))


def remember(person_id: int, plan_id: int) -> None:
    """Let pages that name no plan open this person on `plan_id` from now on; nobody else's choice is touched."""
    with independent_write(db.engine) as session:
        put(session, PlanChoice, {"person_id": person_id, "plan_id": plan_id}, key="person_id")
    db.session.rollback()
