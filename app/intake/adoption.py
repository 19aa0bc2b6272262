"""From a draft to rows: the plan, its clauses, its actions and the units that it names."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.errors import Refused
from app.core.vietnamese import fold
from app.documents.plan_reader import EVERY_WARD, Kind, UnitName
from app.documents.plan_reader import Action as DraftAction
from app.documents.plan_reader import PlanDraft as Draft
from app.extensions import db
from app.organisation.models import Unit, UnitKind
from app.organisation.operations import new_unit
from app.organisation.queries import ids_by_key, units
from app.plans.models import Action, ActionKind, Clause, ClauseKind, CoordinatingUnit, Plan, PlanDraft

NO_WARDS = _l(
    "Kế hoạch giao nhiệm vụ cho mọi phường, xã nhưng danh mục đơn vị chưa có phường, xã nào. "
    "Hãy nhập danh mục đơn vị trước."
)
SHARED_FROM = 5  # this many leading units make one parent row of the board
_KINDS = {
    Kind.DATED: ActionKind.DATED,
    Kind.WITHIN_YEAR: ActionKind.WITHIN_YEAR,
    Kind.STANDING: ActionKind.STANDING,
}
_LAST = 10_000


class Adoption:
    """Makes the rows of one draft, inside the change of whoever adopts it."""

    def __init__(self, draft: Draft, row: PlanDraft, key: str) -> None:
        self.draft, self.row, self.key = draft, row, key
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
            parent = self.clauses.get(clause.parent or "")
            row = Clause(
                plan_id=plan.id,
                parent_id=parent.id if parent else None,
                address=clause.address,
                kind=ClauseKind(clause.kind.value),
                text=clause.text,
                position=position,
                is_common=clause.address in draft.common_contents,
            )
            db.session.add(row)
            db.session.flush()
            self.clauses[clause.address] = row
        return plan

    def actions(self, plan: Plan) -> Iterator[tuple[Action, list[int]]]:
        """Each action of the plan with the ids of its leading units, in the official order."""
        for position, draft in enumerate(self.draft.actions):
            leads = self._leads(draft)
            action = Action(
                plan_id=plan.id,
                clause_id=self.clauses[draft.clause].id,
                position=position,
                duty=draft.duty,
                kind=_KINDS[draft.kind],
                is_request=draft.request or all(self.by_id[i].kind is UnitKind.BODY for i in leads),
                is_shared=len(leads) >= SHARED_FROM,
                due_on=draft.deadline,
                due_wording=draft.deadline_wording,
                starts_on=draft.starts_on,
                coordinating=[self._coordinating(i, name) for i, name in enumerate(draft.coordinating)],
            )
            db.session.add(action)
            db.session.flush()
            yield action, leads

    def _leads(self, draft: DraftAction) -> list[int]:
        leads: list[int] = []
        for name in draft.lead:
            leads += self._wards() if name.name == EVERY_WARD else [self._unit(name.name)]
        return list(dict.fromkeys(leads))

    def _wards(self) -> list[int]:
        wards = [unit.id for unit in self.standing if unit.kind.is_local]
        if not wards:
            raise Refused(NO_WARDS)
        return wards

    def _unit(self, name: str) -> int:
        key = fold(name)
        if key not in self.ids:
            unit = new_unit(name, order=_LAST)
            db.session.add(unit)
            db.session.flush()
            self.ids[key], self.by_id[unit.id] = unit.id, unit
        return self.ids[key]

    def _coordinating(self, position: int, name: UnitName) -> CoordinatingUnit:
        unit_id = self.ids.get(fold(name.name))
        unit: Unit | None = self.by_id.get(unit_id) if unit_id is not None else None
        return CoordinatingUnit(unit_id=unit_id, name=unit.name if unit else name.name, position=position)
