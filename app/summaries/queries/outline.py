"""The headings of a plan, and which rows stand under which: by the document's own tree, since addresses may repeat."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from app.cards.queries.rows import Row
from app.extensions import db
from app.plans import queries as plans
from app.plans.models import Action, Clause, ClauseKind

_ELSEWHERE = "Các nhiệm vụ khác"
_NONE = 0  # rows of a plan without headings
Item = TypeVar("Item")


@dataclass(frozen=True)
class PlanOutline:
    """The clauses of a plan in its order; action id → clause id."""

    clauses: tuple[Clause, ...]
    by_action: Mapping[int, int]

    def sections(self, rows: Iterable[tuple[Row, Item]], *, with_parts: bool) -> list[tuple[str, tuple[Item, ...]]]:
        """Heading and items, in the plan's order; `with_parts` also the headings above those, with no items."""
        by_id = {clause.id: clause for clause in self.clauses}
        under: dict[int, list[Item]] = {}
        for row, item in rows:
            under.setdefault(self._heading(by_id, row), []).append(item)
        shown = self._with_parents(by_id, under) if with_parts else set(under)
        listed = [(_words(c), tuple(under.get(c.id, ()))) for c in self.clauses if c.id in shown]
        return [*listed, (_ELSEWHERE, tuple(under[_NONE]))] if _NONE in under else listed

    def _heading(self, by_id: Mapping[int, Clause], row: Row) -> int:
        clause = by_id.get(self.by_action[row.action_id])
        while clause is not None and clause.kind is not ClauseKind.HEADING:
            clause = by_id.get(clause.parent_id or _NONE)
        return clause.id if clause is not None else _NONE

    def _with_parents(self, by_id: Mapping[int, Clause], ids: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for clause_id in ids:
            clause = by_id.get(clause_id)
            while clause is not None and clause.id not in found:
                found.add(clause.id)
                clause = by_id.get(clause.parent_id or _NONE)
        return found


def outline(plan_id: int) -> PlanOutline:
    """The outline of a plan."""
    actions = db.session.execute(select(Action.id, Action.clause_id).where(Action.plan_id == plan_id))
    return PlanOutline(tuple(plans.clauses(plan_id)), dict(actions.all()))


def _words(clause: Clause) -> str:
    """A heading as the plan numbers it."""
    return f"{clause.address.rpartition('.')[2]}. {clause.text}"
