"""Duties that a person makes of clauses: of one, to be filled in, or of several common contents at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.errors import Refused
from app.formats.plan_reader import ReadPlan as Draft
from app.formats.plan_reader import from_dict, read_item
from app.intake.models import DraftDuty, Named, StepDeed
from app.intake.operations.editing import NO_SUCH_CLAUSE
from app.intake.operations.steps import Step, step
from app.intake.queries import drafts
from app.intake.reader_mapping import duty_values
from app.organisation.queries import ids_by_key, official_names, units
from app.plans.models import PlanDraft

CHOOSE_CONTENTS = _l("Đánh dấu ít nhất một nội dung.")
CHOOSE_UNITS = _l("Chọn ít nhất một đơn vị thực hiện.")
_NAMED_SHORT = 3  # so many clauses are named in the list of steps


def add(actor: Actor, draft: PlanDraft, clause: str, leftover_id: int | None = None) -> DraftDuty:
    """Make a duty of a clause that has none (or one more), with what its words say of themselves.

    A person fills in the rest. Deals with the leftover named. Raises `Refused` for no clause of the document.
    """
    reading = from_dict(draft.content)
    with step(actor, draft, StepDeed.ADDED, clause) as taken:
        duty = _insert(taken, draft.id, reading, clause)
        for left in drafts.leftovers(draft.id):
            if left.id == leftover_id:
                taken.touch(left)
                left.dealt = True
    return duty


def give(actor: Actor, draft: PlanDraft, clauses: Sequence[str], to: Sequence[Named]) -> list[DraftDuty]:
    """Make a duty of each of `clauses` and let the units `to` lead it, as one step. Raises `Refused`."""
    reading = from_dict(draft.content)
    named = ", ".join(clauses[:_NAMED_SHORT]) + (" …" if len(clauses) > _NAMED_SHORT else "")
    with step(actor, draft, StepDeed.ADDED, named) as taken:
        if not clauses:
            raise Refused(CHOOSE_CONTENTS, field="clauses")
        if not to:
            raise Refused(CHOOSE_UNITS, field="give")
        made = [_insert(taken, draft.id, reading, clause) for clause in clauses]
        for duty in made:
            duty.leads = [list(pair) for pair in to]
    return made


def _insert(taken: Step, draft_id: int, reading: Draft, clause: str) -> DraftDuty:
    """A duty of `clause` behind those of the clauses before it; the later ones move on by one."""
    order = {c.address: place for place, c in enumerate(reading.clauses)}
    if clause not in order:
        raise Refused(NO_SUCH_CLAUSE, field="clause")
    duty = DraftDuty(draft_id=draft_id, **_said(reading, clause))
    rows = drafts.duties(draft_id)
    before = [row for row in rows if order.get(row.clause, -1) <= order[clause]]
    duty.position = before[-1].position + 1 if before else 0
    for later in rows[len(before) :]:
        taken.touch(later)
        later.position += 1
    taken.add(duty)
    return duty


def _said(reading: Draft, clause: str) -> Mapping[str, Any]:
    text = next(c.text for c in reading.clauses if c.address == clause)
    item = read_item(text, clause, aliases=official_names(), year=reading.year)
    return duty_values(item, 0, ids_by_key(units())) | {"origin": None}
