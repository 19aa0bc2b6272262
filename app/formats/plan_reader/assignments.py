"""Duties laid out as a form: "a) Nhiệm vụ: …  b) Cơ quan thực hiện: …  c) Thời gian: …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.formats.plan_reader.deadlines import find_due
from app.formats.plan_reader.duties import kind_without_date
from app.formats.plan_reader.model import ReadDuty, ReadKind, ReadUnit
from app.formats.plan_reader.outline import Node
from app.formats.plan_reader.units import UnitReader

_TASK = re.compile(r"(?:Nhiệm vụ|Nội dung(?: thực hiện)?)\s*:", re.IGNORECASE)
_BY_WHOM = re.compile(r"(?:Cơ quan|Đơn vị)\s+(?:thực hiện|chủ trì)\s*:", re.IGNORECASE)
_WITH_WHOM = re.compile(r"(?:Cơ quan|Đơn vị)\s+phối hợp\s*:", re.IGNORECASE)
_WHEN = re.compile(r"(?:Thời gian|Thời hạn|Tiến độ)(?:\s+(?:thực hiện|hoàn thành))?\s*:", re.IGNORECASE)
_STANDING = re.compile(r"thường xuyên", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A form: what is to be done, by whom, with whom and when."""

    tasks: tuple[Node, ...]
    lead: tuple[ReadUnit, ...]
    coordinating: tuple[ReadUnit, ...]
    when: str


def read_assignment(node: Node, units: UnitReader) -> Assignment | None:
    """The form that the children of `node` make up, or None when they are no form or name no unit."""
    fields = [field for child in node.children for field in (child, *child.children)]
    task = next((field for field in node.children if _TASK.match(field.text)), None)
    lead = _units(fields, _BY_WHOM, units)
    if task is None or not lead:
        return None
    when = next((_value(field, _WHEN) for field in fields if _WHEN.match(field.text)), "")
    return Assignment(tuple(task.children) or (task,), lead, _units(fields, _WITH_WHOM, units), when)


def actions_of(assignment: Assignment, year: int | None) -> list[ReadDuty]:
    """One action for each task of a form."""
    due = find_due(assignment.when, year)
    return [_action(assignment, task, due) for task in assignment.tasks]


def _action(assignment: Assignment, task: Node, due: date | None) -> ReadDuty:
    kind = kind_without_date(_value(task, _TASK))
    if _STANDING.search(assignment.when):
        kind = ReadKind.STANDING
    return ReadDuty(
        clause=task.address,
        lead=assignment.lead,
        coordinating=assignment.coordinating,
        request=False,
        kind=ReadKind.DATED if due else kind,
        deadline=due,
        deadline_wording=assignment.when if due else None,
    )


def _units(fields: Sequence[Node], label: re.Pattern[str], units: UnitReader) -> tuple[ReadUnit, ...]:
    """The units after the first field with this label that has a value."""
    values = (_value(field, label) for field in fields if label.match(field.text))
    return next((names for value in values if (names := units.in_heading(value))), ())


def _value(field: Node, label: re.Pattern[str]) -> str:
    return label.sub("", field.text, count=1).strip(" .")
