"""Plans, their clauses and drafts."""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import bindparam, literal, select
from sqlalchemy.orm import aliased

from app.core.vietnamese import fold
from app.extensions import db
from app.plans.models import Action, Clause, Plan, PlanDraft


def plans() -> list[Plan]:
    """Every plan on the board, the newest first."""
    return list(db.session.scalars(select(Plan).order_by(Plan.year.desc(), Plan.id.desc())))


def plan(plan_id: int) -> Plan | None:
    return db.session.get(Plan, plan_id)


def drafts() -> list[PlanDraft]:
    """Documents that were read and wait to be put on the board, the newest first."""
    waiting = select(PlanDraft).where(PlanDraft.plan_id.is_(None)).order_by(PlanDraft.id.desc())
    return list(db.session.scalars(waiting))


def draft(draft_id: int) -> PlanDraft | None:
    return db.session.get(PlanDraft, draft_id)


def clauses(plan_id: int) -> list[Clause]:
    """The clauses of a plan in the order of the document."""
    return list(db.session.scalars(select(Clause).where(Clause.plan_id == plan_id).order_by(Clause.position)))


def above(clause: Clause) -> list[tuple[str, str]]:
    """Address and text of what stands above a clause, the part of the plan first."""
    return [(address, text) for address, text in db.session.execute(_above(), {"parent": clause.parent_id})]


@cache
def _above() -> Any:
    columns = (Clause.id, Clause.parent_id, Clause.address, Clause.text)
    step = select(*columns, literal(0).label("height"))
    walk = step.where(Clause.id == bindparam("parent")).cte("above", recursive=True)
    walk = walk.union_all(select(*columns, walk.c.height + 1).join(walk, walk.c.parent_id == Clause.id))
    return select(walk.c.address, walk.c.text).order_by(walk.c.height.desc())


def parts(plan_id: int) -> dict[str, str]:
    """The parts of a plan that ask for something, in the document's order: address → heading."""
    asked, heading = aliased(Clause), aliased(Clause)
    query = (
        select(heading.address, heading.text)
        .join(asked, asked.parent_id == heading.id)
        .join(Action, Action.clause_id == asked.id)
        .where(Action.plan_id == plan_id)
        .group_by(heading.id, heading.address, heading.text, heading.position)
        .order_by(heading.position)
    )
    return dict(db.session.execute(query).all())


def products(plan_id: int) -> dict[int, str]:
    """Action id → the product the plan asks for, where it names one."""
    query = select(Action.id, Action.product).where(Action.plan_id == plan_id, Action.product.is_not(None))
    return {action_id: product for action_id, product in db.session.execute(query) if product}


def same_content(key: str) -> Plan | None:
    """The plan on the board that says the same, clause by clause."""
    return db.session.scalar(select(Plan).where(Plan.content_key == key).limit(1))


def content_key(texts: Iterable[str]) -> str:
    """A key over the folded texts of a plan's clauses: the same plan read from another file has the same."""
    return hashlib.sha256("\n".join(map(fold, texts)).encode()).hexdigest()
