"""From a draft to rows: the plan, its clauses, its actions and the units that it names."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.errors import Refused
from app.core.vietnamese import fold
from app.extensions import db
from app.formats.plan_reader import EVERY_WARD
from app.formats.plan_reader import ReadClause as ReadClause
from app.formats.plan_reader import ReadPlan as Draft
from app.intake.models import DraftDuty, DraftName
from app.organisation.models import Unit, UnitAlias, UnitKind
from app.organisation.operations.units import new_unit
from app.organisation.queries import ids_by_key, units
from app.plans.models import Action, Clause, ClauseKind, CoordinatingUnit, DueLevel, Plan, PlanDraft

NO_WARDS = _l(
    "Kế hoạch giao nhiệm vụ cho mọi phường, xã nhưng danh mục đơn vị chưa có phường, xã nào. "
    "Hãy nhập danh mục đơn vị trước."
)
SHARED_FROM = 5  # this many leading units make one parent row of the board
_LAST = 10_000


class Adoption:
    """Makes the rows of one draft, inside the change of whoever adopts it. `decided` is folded name → decision."""

    def __init__(self, draft: Draft, row: PlanDraft, key: str, decided: dict[str, DraftName]) -> None:
        self.draft, self.row, self.key, self.decided = draft, row, key, decided
        self.standing = units()
        self.ids = ids_by_key(self.standing)
        self.by_id = {unit.id: unit for unit in self.standing}
        self.clauses: dict[str, Clause] = {}

    def plan(self) -> Plan:
        """The plan with its clauses, in the order of the document."""
        draft = self.draft
        plan = Plan(
            title=draft.title,
            year=draft.year,
            issuer=draft.issuer or "",
            number=draft.number,
            number_suffix=draft.number_suffix,
            date_words=draft.date,
            signer=draft.signer,
            legal_bases=list(draft.legal_bases),
            closing=draft.closing,
            source_name=self.row.source_name,
            source_sha256=self.row.source_sha256,
            content_key=self.key,
            adopted_on=clock.today(),
        )
        db.session.add(plan)
        db.session.flush()
        for position, clause in enumerate(draft.clauses):
            self.clause(plan.id, clause, position)
        return plan

    def clause(self, plan_id: int, read: ReadClause, position: int) -> Clause:
        """One clause; its parent must stand already."""
        parent = self.clauses.get(read.parent or "")
        row = Clause(
            plan_id=plan_id,
            parent_id=parent.id if parent else None,
            address=read.address,
            kind=ClauseKind(read.kind.value),
            text=read.text,
            position=position,
            is_common=read.address in self.draft.common_contents,
        )
        db.session.add(row)
        db.session.flush()
        self.clauses[read.address] = row
        return row

    def actions(self, plan: Plan, duties: Iterable[DraftDuty]) -> Iterator[tuple[DraftDuty, Action, list[int]]]:
        """Each duty with its action and the ids of its leading units, in the official order."""
        for position, duty in enumerate(duties):
            action, leads = self.action(plan.id, duty, position)
            yield duty, action, leads

    def action(self, plan_id: int, duty: DraftDuty, position: int) -> tuple[Action, list[int]]:
        """The action of one duty, and the ids of its leading units."""
        leads = self.leads(duty)
        action = Action(plan_id=plan_id, position=position, starts_on=duty.starts_on, is_shared=False)
        self.describe(action, duty, leads)
        db.session.add(action)
        db.session.flush()
        duty.action_id = action.id
        return action, leads

    def describe(self, action: Action, duty: DraftDuty, leads: list[int]) -> None:
        """Let `action` say what the duty says."""
        official = duty.due_level is DueLevel.UBND
        content = self.clauses.get(duty.content or "")
        action.clause_id = self.clauses[duty.clause].id
        action.duty = duty.wording
        action.kind = duty.kind
        action.is_request = duty.is_request or all(self.by_id[i].kind is UnitKind.BODY for i in leads)
        action.is_shared = len(leads) >= SHARED_FROM
        action.due_on = duty.due_on if official else None
        action.due_wording = duty.due_basis if official else None
        action.product = duty.product
        action.content_id = content.id if content else None
        self.coordinate(action, duty)

    def coordinate(self, action: Action, duty: DraftDuty) -> None:
        """Let the units that `duty` names work with the lead of `action`."""
        action.coordinating = [self._coordinating(i, pair) for i, pair in enumerate(duty.coordinating)]

    def leads(self, duty: DraftDuty) -> list[int]:
        """The ids of the units that lead a duty; a name that was said to be new becomes a unit now."""
        leads: list[int] = []
        for unit_id, name in duty.leads:
            leads += self._wards() if name == EVERY_WARD else [self._unit(unit_id, name)]
        return list(dict.fromkeys(leads))

    def _wards(self) -> list[int]:
        wards = [unit.id for unit in self.standing if unit.kind.is_local]
        if not wards:
            raise Refused(NO_WARDS)
        return wards

    def _unit(self, unit_id: int | None, name: str) -> int:
        """The unit of that id while it stands; else the one that has the name or takes it now."""
        if unit_id in self.by_id:
            return unit_id
        key = fold(name)
        if key not in self.ids:
            decision = self.decided.get(key)
            unit = self._named_as(decision, name) if decision and decision.unit_id else self._new(name)
            self.ids[key] = unit
        return self.ids[key]

    def _new(self, name: str) -> int:
        unit = new_unit(name, order=_LAST)
        db.session.add(unit)
        db.session.flush()
        self.by_id[unit.id] = unit
        return unit.id

    def _named_as(self, decision: DraftName, name: str) -> int:
        unit_id = decision.unit_id or 0
        db.session.add(UnitAlias(unit_id=unit_id, alias=name, key=fold(name)))
        self.by_id.setdefault(unit_id, db.session.get_one(Unit, unit_id))
        return unit_id

    def _coordinating(self, position: int, pair: list[Any]) -> CoordinatingUnit:
        """A coordinating name without a unit stands as text, unless somebody said whose name it is."""
        unit_id, name = pair
        if unit_id not in self.by_id:
            decision = self.decided.get(fold(name))
            unit_id = self.ids.get(fold(name)) or (self._unit(None, name) if decision else None)
        unit = self.by_id.get(unit_id) if unit_id is not None else None
        return CoordinatingUnit(unit_id=unit_id, name=unit.name if unit else name, position=position)
