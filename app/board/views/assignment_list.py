"""Danh mục nhiệm vụ giao of one unit, as rows ready for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.board.views.card import Today, duty_text
from app.cards.queries import rows as queries
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.organisation.models import Unit
from app.plans import queries as plans
from app.plans.models import ActionKind, Plan
from app.plans.words import DUTY_KIND_WORDS


@dataclass(frozen=True)
class AssignedLine:
    code: str
    duty: str
    partners: str
    due_on: date | None
    due_words: Any
    product: str


@dataclass(frozen=True)
class Assigned:
    """`asked` are requests to a body outside UBND: listed, and not called given."""

    unit: str
    plan: str
    given: list[AssignedLine]
    asked: list[AssignedLine]
    taking_part: list[AssignedLine]

    @property
    def has_products(self) -> bool:
        return any(line.product for line in [*self.given, *self.asked])


def read(plan: Plan, unit: Unit, rows: Sequence[Row], part_of: Sequence[Row], today: Today) -> Assigned:
    """What the plan gives `unit`, asks of it, and lets it take part in.

    Without what was dropped and what inspections ask.
    """
    partners, products = queries.coordinating_names(plan.id), plans.products(plan.id)
    standing = [row for row in rows if row.status is not Status.DROPPED and not row.is_remedy]

    def line(row: Row, with_unit: bool = False) -> AssignedLine:
        names = [row.unit.name] if with_unit else partners.get(row.action_id, [])
        due = today.last_day(row) if row.due_on and row.kind is not ActionKind.STANDING else None
        words = _("Không quy định") if row.is_request else DUTY_KIND_WORDS[row.kind]
        return AssignedLine(row.code, duty_text(row), ", ".join(names), due, words, products.get(row.action_id, ""))

    others = {row.action_id: row for row in part_of if row.unit_id != unit.id}
    return Assigned(
        unit=unit.name,
        plan=plan_words(plan),
        given=[line(row) for row in standing if not row.is_request],
        asked=[line(row) for row in standing if row.is_request],
        taking_part=[line(row, with_unit=True) for row in others.values() if row.status is not Status.DROPPED],
    )


def plan_words(plan: Plan) -> str:
    """How a document names the plan; number and day stay open where the plan leaves them open."""
    number = f"{plan.number or '……'}{plan.number_suffix or ''}" if plan.number or plan.number_suffix else ""
    said = [_("số %(number)s", number=number)] if number else []
    told = " ".join([*said, plan.date_words or ""]).strip()
    return f"{plan.title}, {told}" if told else plan.title
