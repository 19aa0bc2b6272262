"""A document that is another text of a plan on the board begins as the difference to it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.actor import Actor
from app.core.errors import Refused
from app.core.vietnamese import fold
from app.extensions import db
from app.formats.plan_reader import ReadDuty as Reading
from app.formats.plan_reader import ReadPlan
from app.intake.difference import SAME_PLAN_SHARE, Match, compare, match_clauses, share_in_common
from app.intake.models import DraftDuty, Relation, StepDeed
from app.intake.operations.deciding import reading as reading_of
from app.intake.operations.steps import step
from app.intake.queries import drafts
from app.intake.reader_mapping import KINDS, duty_values, named
from app.organisation.queries import ids_by_key, units
from app.plans import queries
from app.plans.models import DueLevel, Plan, PlanAmendment
from app.plans.models import PlanDraft as Row

NOT_COMPARED = _l("Bản nhập này không còn được so sánh với kế hoạch nào.")
_KEPT = (
    "wording", "leads", "coordinating", "kind", "is_request", "due_on", "due_level", "due_basis", "starts_on",
    "product", "included", "action_id",
)  # fmt: skip


def begin(row: Row, draft: ReadPlan, ids: Mapping[str, int]) -> bool:
    """Fill a new draft with the difference to the plan of which it is another text; False where there is none.

    A duty that stayed or changed keeps its action, and so its cards with all that people did.
    """
    plan = _base(draft)
    older = latest(plan.id) if plan else None
    if plan is None or older is None:
        return False
    row.base_plan_id = plan.id
    for position, duty in enumerate(_Rows(reading_of(older), draft, drafts.duties(older.id), ids).all()):
        duty.draft_id, duty.position = row.id, position
        db.session.add(duty)
    db.session.flush()
    return True


def treat_as_new(actor: Actor, row: Row, *, seen_step: int) -> None:
    """Let a document that was taken for another text of a plan on the board be a plan of its own.

    Everything starts again from what was read. Raises `Refused` where it is not compared with any plan.
    """
    with step(actor, row, StepDeed.BASE, "", seen_step=seen_step) as taken:
        if row.base_plan_id is None:
            raise Refused(NOT_COMPARED)
        taken.touch(row)
        row.base_plan_id = None
        for old in drafts.duties(row.id):
            taken.touch(old)
            old.gone = True
        for duty in fresh_duties(row.id, reading_of(row), ids_by_key(units())):
            taken.add(duty)
        for left in drafts.leftovers(row.id):
            taken.touch(left)
            left.dealt = False


def fresh_duties(draft_id: int, draft: ReadPlan, ids: Mapping[str, int]) -> Iterator[DraftDuty]:
    """The duties of a document as they were read."""
    for position, action in enumerate(draft.actions):
        yield DraftDuty(draft_id=draft_id, position=position, **duty_values(action, position, ids))


def latest(plan_id: int) -> Row | None:
    """The document whose text is on the board: the last amendment, or the first text."""
    query = select(PlanAmendment.draft_id).where(PlanAmendment.plan_id == plan_id).order_by(PlanAmendment.id.desc())
    amended = db.session.scalar(query.limit(1))
    if amended is not None:
        return queries.draft(amended)
    first = select(Row).where(Row.plan_id == plan_id).order_by(Row.id).limit(1)
    return db.session.scalar(first)


def known_leftovers(row: Row) -> set[tuple[str, str]]:
    """What the older text had that was not understood and was dealt with then: reason and text."""
    older = latest(row.base_plan_id) if row.base_plan_id else None
    return {(left.reason, left.text) for left in drafts.leftovers(older.id) if left.dealt} if older else set()


def _base(draft: ReadPlan) -> Plan | None:
    """The plan of the same year with most of its clauses in common."""
    found: list[tuple[float, int, Plan]] = []
    for plan in queries.plans():
        older = latest(plan.id)
        if older is not None and plan.year == draft.year:
            found.append((share_in_common(reading_of(older), draft), plan.id, plan))
    best = max(found, default=None, key=lambda one: one[:2])
    return best[2] if best is not None and best[0] >= SAME_PLAN_SHARE else None


class _Rows:
    """The rows of the newer text, made of those of the older one."""

    def __init__(self, old: ReadPlan, new: ReadPlan, rows: Iterable[DraftDuty], ids: Mapping[str, int]) -> None:
        self.old, self.new, self.ids = old, new, ids
        self.by_origin: dict[int | None, list[DraftDuty]] = {}
        for duty in rows:
            if duty.relation is not Relation.WITHDRAWN:
                self.by_origin.setdefault(duty.origin, []).append(duty)
        self.texts = {clause.address: clause.text for clause in old.clauses}
        self.earlier = match_clauses(old, new)

    def all(self) -> Iterator[DraftDuty]:
        """In the order of the newer text; what a person had added; then what is gone."""
        matches = compare(self.old, self.new)
        for match in matches:
            if match.new is not None:
                yield from self._standing(match)
        yield from self._added()
        for match in matches:
            if match.new is None:
                for duty in self.by_origin.get(match.old, []):
                    yield from self._withdrawn(duty)

    def _standing(self, match: Match) -> Iterator[DraftDuty]:
        place = match.new or 0
        reading = self.new.actions[place]
        if match.old is None:
            yield DraftDuty(**duty_values(reading, place, self.ids))
            return
        for duty in self.by_origin.get(match.old, []):
            copied = self._copy(duty, reading.clause, place)
            copied.content = self._content(duty)
            if duty.action_id is not None and match.changed:
                copied.relation, copied.was = Relation.CHANGED, self._was(duty)
                self._follow(copied, self.old.actions[match.old or 0], reading)
            elif duty.action_id is not None:
                copied.relation = Relation.SAME
            yield copied

    def _added(self) -> Iterator[DraftDuty]:
        """What a person made of a clause stays while the clause does."""
        stands = {old: new for new, old in self.earlier.items()}
        for duty in self.by_origin.get(None, []):
            if duty.clause not in stands:
                yield from self._withdrawn(duty)
                continue
            copied = self._copy(duty, stands[duty.clause], None)
            copied.relation = Relation.SAME if duty.action_id else Relation.NEW
            copied.content = self._content(duty)
            yield copied

    def _withdrawn(self, duty: DraftDuty) -> Iterator[DraftDuty]:
        if duty.action_id is not None:
            copied = self._copy(duty, duty.clause, None)
            copied.relation, copied.was, copied.included = Relation.WITHDRAWN, self._was(duty), True
            yield copied

    def _copy(self, duty: DraftDuty, clause: str, origin: int | None) -> DraftDuty:
        return DraftDuty(
            **{name: getattr(duty, name) for name in _KEPT}, clause=clause, origin=origin, splits=[], was=None,
            relation=Relation.NEW,
        )  # fmt: skip

    def _content(self, duty: DraftDuty) -> str | None:
        return next((new for new, old in self.earlier.items() if old == duty.content), None)

    def _was(self, duty: DraftDuty) -> dict[str, Any]:
        return {
            "text": self.texts.get(duty.clause, ""),
            "wording": duty.wording or "",
            "leads": duty.leads,
            "coordinating": duty.coordinating,
            "due_on": duty.due_on.isoformat() if duty.due_on else "",
        }

    def _follow(self, duty: DraftDuty, old: Reading, new: Reading) -> None:
        """Take over what the plan says otherwise; what a person had put right stays where the plan says the same."""
        if _names(old.lead) != _names(new.lead):
            duty.leads, duty.is_request = named(new.lead, self.ids), new.request
        if _names(old.coordinating) != _names(new.coordinating):
            duty.coordinating = named(new.coordinating, self.ids)
        if old.deadline != new.deadline:
            duty.due_on, duty.due_basis, duty.kind = new.deadline, new.deadline_wording, KINDS[new.kind]
            duty.due_level = DueLevel.UBND if new.deadline else None
        if old.duty is not None and new.duty is not None and duty.wording == old.duty:
            duty.wording = new.duty


def _names(names: Iterable[Any]) -> list[str]:
    return [fold(name.name) for name in names]
