"""Reads of drafts: duties in order, what is still to be dealt with, and the steps that people took."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.intake.models import DraftDuty, DraftLeftover, DraftName, DraftStep, StepDeed
from app.plans.models import PlanDraft

SHOWN_STEPS = 8


def duties(draft_id: int) -> list[DraftDuty]:
    """The duties of a draft as they stand, in their order."""
    query = select(DraftDuty).where(DraftDuty.draft_id == draft_id, DraftDuty.gone.is_(False))
    return list(db.session.scalars(query.order_by(DraftDuty.position, DraftDuty.id)))


def duty(draft_id: int, duty_id: int) -> DraftDuty | None:
    """One duty of this draft, unless an edit took it away."""
    found = db.session.get(DraftDuty, duty_id)
    return found if found is not None and found.draft_id == draft_id and not found.gone else None


def leftovers(draft_id: int) -> list[DraftLeftover]:
    """Everything that was not understood, dealt with or not, in the order of the document."""
    query = select(DraftLeftover).where(DraftLeftover.draft_id == draft_id)
    return list(db.session.scalars(query.order_by(DraftLeftover.begins, DraftLeftover.id)))


def names(draft_id: int) -> dict[str, DraftName]:
    """Folded name → what was decided about it."""
    query = select(DraftName).where(DraftName.draft_id == draft_id, DraftName.gone.is_(False)).order_by(DraftName.id)
    return {name.key: name for name in db.session.scalars(query)}


def last_step_id(draft_id: int) -> int:
    """The newest step; 0 where nobody has taken one."""
    return db.session.scalar(select(func.max(DraftStep.id)).where(DraftStep.draft_id == draft_id)) or 0


def last_undoable(draft_id: int) -> DraftStep | None:
    """The newest step that was not undone."""
    undo = aliased(DraftStep)
    undone = select(undo.undoes_id).where(undo.draft_id == draft_id, undo.undoes_id.is_not(None))
    query = (
        select(DraftStep)
        .where(DraftStep.draft_id == draft_id, DraftStep.deed != StepDeed.UNDONE, DraftStep.id.not_in(undone))
        .order_by(DraftStep.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def steps(draft_id: int) -> list[DraftStep]:
    """The newest steps, the newest first."""
    query = select(DraftStep).where(DraftStep.draft_id == draft_id).order_by(DraftStep.id.desc()).limit(SHOWN_STEPS)
    return list(db.session.scalars(query))


def last_step_by_others(draft_id: int, after: int, actor_id: int) -> DraftStep | None:
    """The newest step after `after` that somebody else took."""
    query = (
        select(DraftStep)
        .where(DraftStep.draft_id == draft_id, DraftStep.id > after, DraftStep.actor_id != actor_id)
        .order_by(DraftStep.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def last_step_on(duty_id: int) -> DraftStep | None:
    """The newest step that changed one duty."""
    query = select(DraftStep).where(DraftStep.duty_id == duty_id).order_by(DraftStep.id.desc()).limit(1)
    return db.session.scalar(query)


def adopted(plan_id: int) -> PlanDraft | None:
    """The document that a plan on the board was last read from."""
    query = select(PlanDraft).where(PlanDraft.plan_id == plan_id).order_by(PlanDraft.id.desc()).limit(1)
    return db.session.scalar(query)
