"""A draft as its page shows it: the original with its marks, the duties, what is still to be dealt with, the steps."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.vietnamese import fold
from app.formats.plan_reader import EVERY_WARD, PassageMark, ReadPlan, passages
from app.intake.models import DraftDuty, DraftLeftover, DraftStep, Relation
from app.intake.operations import amending, deciding
from app.intake.operations.editing import clauses_for_duties
from app.intake.queries import drafts, open_points
from app.intake.queries.open_points import OpenPoint
from app.intake.words import LEFTOVER_WORDS, LEVEL_WORDS, STEP_WORDS
from app.organisation.models import Unit
from app.organisation.queries import ids_by_key, units
from app.plans import queries
from app.plans.models import Plan
from app.plans.models import PlanDraft as Row
from app.plans.words import DUTY_KIND_WORDS

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
TONES = {
    PassageMark.LEAD: "doing",
    PassageMark.COORDINATING: "waiting",
    PassageMark.DEADLINE: "soon",
    PassageMark.REQUEST: "ask",
}
NOT_LISTED = _l("chưa có trong danh mục")
WILL_BE_NEW = _l("đơn vị mới, sẽ thêm vào danh mục")
EVERY_WARD_WORDS = _l("Mọi phường, xã")


@dataclass(frozen=True)
class DutyFace:
    """One duty of the draft in words."""

    id: int
    version: int
    code: str
    text: str
    is_part: bool  # its words are not the whole clause
    leads: list[tuple[str, Any]]  # name; where the list of units does not have it, that in words
    coordinating: list[tuple[str, Any]]
    kind: Any
    is_request: bool
    due_on: date | None
    due_level: Any
    due_basis: str | None
    starts_on: date | None
    product: str | None
    content: str | None
    cards: int
    included: bool
    splits: list[str]
    relation: Relation
    was: list[tuple[Any, str, str]]  # of a changed one: what, before, now
    is_fixed: bool  # stands on the board as it is: nothing to edit here
    mergeable: bool


@dataclass(frozen=True)
class PassageFace:
    """A stretch of the original; `duty_id` is the first duty that comes from it."""

    address: str | None
    pieces: list[tuple[str, str | None]]
    duty_id: int | None
    is_open: bool  # something in it was not understood


@dataclass(frozen=True)
class LeftoverFace:
    id: int
    sentence: Any
    text: str
    clause: str | None
    dealt: bool


@dataclass(frozen=True)
class StepFace:
    words: str
    who: str
    when: datetime


@dataclass(frozen=True)
class DraftReview:
    """Everything on the page of a draft."""

    reading: ReadPlan
    duties: list[DutyFace]
    original: list[PassageFace]
    leftovers: list[LeftoverFace]
    points: list[OpenPoint]
    names: list[str]  # leading names that nobody has decided about
    groups: list[str]  # those of them that stand for several units
    named: list[str]  # single units that lead in this document and are not in the list yet
    units: list[Unit]
    commons: list[tuple[str, str, int]]  # common contents: address, text, how many duties serve them
    clauses: list[tuple[str, str]]
    steps: list[StepFace]
    last_step: int
    undoable: StepFace | None
    cards: int
    requests: int
    base: Plan | None  # the plan on the board of which this is another text
    relations: dict[str, int]  # how many duties stayed, changed, came, went
    changes: bool

    @property
    def open_count(self) -> int:
        return len(self.points) + sum(not left.dealt for left in self.leftovers)


class ResolvedNames:
    """Resolves the names in duties against the units of today and what was decided about them."""

    def __init__(self, row: Row) -> None:
        self.units = units()
        self.known, self.decided = ids_by_key(self.units), drafts.names(row.id)
        self.by_id = {unit.id: unit for unit in self.units}
        self.wards = sum(unit.kind.is_local for unit in self.units)

    def shown(self, pairs: Sequence[Any]) -> list[tuple[str, Any]]:
        """Each name as people read it, and in words that the list of units does not have it yet, else ""."""
        return [self._shown(unit_id, name) for unit_id, name in pairs]

    def _shown(self, unit_id: int | None, name: str) -> tuple[str, Any]:
        if name == EVERY_WARD:
            return str(EVERY_WARD_WORDS), ""
        decision = self.decided.get(fold(name))
        found = unit_id or self.known.get(fold(name)) or (decision.unit_id if decision else None)
        unit = self.by_id.get(found or 0)
        if unit is not None:
            return unit.name, ""
        return name, WILL_BE_NEW if decision else NOT_LISTED

    def cards(self, duty: DraftDuty) -> int:
        """How many cards a duty makes."""
        return sum(self.wards if name == EVERY_WARD else 1 for _id, name in duty.leads)


def read(row: Row) -> DraftReview:
    """The page of a draft."""
    reading = deciding.reading(row)
    rows, names = drafts.duties(row.id), ResolvedNames(row)
    texts = {clause.address: clause.text for clause in reading.clauses}
    faces = [_duty(duty, texts, names, place) for place, duty in enumerate(rows)]
    lefts = drafts.leftovers(row.id)
    served = Counter(duty.content or duty.clause for duty in rows)
    going = [duty for duty in rows if duty.included and duty.relation is not Relation.WITHDRAWN]
    last, waiting = drafts.last_undoable(row.id), deciding.undecided_names(row)
    return DraftReview(
        reading=reading,
        duties=faces,
        original=_original(reading, rows, lefts),
        leftovers=[_leftover(left) for left in lefts],
        points=open_points.read(row, reading, rows),
        names=waiting,
        groups=[name for name in waiting if deciding.is_group(name)],
        named=[name for name in deciding.unknown_names(row, lead_only=True) if not deciding.is_group(name)],
        units=names.units,
        commons=[(address, texts[address], served[address]) for address in reading.common_contents],
        clauses=clauses_for_duties(reading),
        steps=[step_face(step) for step in drafts.steps(row.id)],
        last_step=drafts.last_step_id(row.id),
        undoable=step_face(last) if last else None,
        cards=sum(names.cards(duty) for duty in going),
        requests=sum(names.cards(duty) for duty in going if duty.is_request),
        base=queries.plan(row.base_plan_id) if row.base_plan_id else None,
        relations=Counter(duty.relation.value for duty in rows),
        changes=row.base_plan_id is None or amending.has_changes(row, reading),
    )


def step_face(step: DraftStep) -> StepFace:
    """A step in words: what was done to what, who, when."""
    words = STEP_WORDS[step.deed]
    said = f"{words}: {step.subject}" if step.subject else str(words)
    return StepFace(said, step.actor_name, clock.on_day(step.entered_on, step.recorded_at))


def _duty(duty: DraftDuty, texts: dict[str, str], names: ResolvedNames, place: int) -> DutyFace:
    fixed = duty.relation in (Relation.SAME, Relation.WITHDRAWN)
    return DutyFace(
        id=duty.id,
        version=duty.version,
        code=duty.clause,
        text=duty.wording or texts.get(duty.clause) or _was_text(duty),
        is_part=duty.wording is not None and duty.clause in texts,
        leads=names.shown(duty.leads),
        coordinating=names.shown(duty.coordinating),
        kind=DUTY_KIND_WORDS[duty.kind],
        is_request=duty.is_request,
        due_on=duty.due_on,
        due_level=LEVEL_WORDS[duty.due_level] if duty.due_level else None,
        due_basis=duty.due_basis,
        starts_on=duty.starts_on,
        product=duty.product,
        content=duty.content,
        cards=names.cards(duty),
        included=duty.included,
        splits=list(duty.splits),
        relation=duty.relation,
        was=_was(duty, texts, names) if duty.relation is Relation.CHANGED else [],
        is_fixed=fixed,
        mergeable=place > 0 and duty.relation is Relation.NEW,
    )


def _was_text(duty: DraftDuty) -> str:
    return str((duty.was or {}).get("text", ""))


def _was(duty: DraftDuty, texts: dict[str, str], names: ResolvedNames) -> list[tuple[Any, str, str]]:
    """What the amended plan says otherwise: what, before, now."""
    was = duty.was or {}
    now = {
        "text": texts.get(duty.clause, ""),
        "leads": _listed(names, duty.leads),
        "coordinating": _listed(names, duty.coordinating),
        "due_on": f"{duty.due_on:%d/%m/%Y}" if duty.due_on else "",
        "wording": duty.wording or "",
    }
    words = {
        "text": _("Lời văn của mục"),
        "leads": _("Đơn vị thực hiện"),
        "coordinating": _("Đơn vị phối hợp"),
        "due_on": _("Thời hạn"),
        "wording": _("Nội dung"),
    }
    shown = {name: _listed(names, value) if isinstance(value, list) else _day(value) for name, value in was.items()}
    return [(words[name], shown[name], now[name]) for name in words if name in was and shown[name] != now[name]]


def _listed(names: ResolvedNames, pairs: Sequence[Any]) -> str:
    return "; ".join(name for name, _new in names.shown(pairs))


def _day(value: Any) -> str:
    text = str(value or "")
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _leftover(left: DraftLeftover) -> LeftoverFace:
    return LeftoverFace(left.id, LEFTOVER_WORDS[left.reason], left.text, left.clause, left.dealt)


def _original(reading: ReadPlan, rows: Sequence[DraftDuty], lefts: Sequence[DraftLeftover]) -> list[PassageFace]:
    first: dict[str, int] = {}
    for duty in rows:
        first.setdefault(duty.clause, duty.id)
    waiting = {left.clause for left in lefts if not left.dealt}
    return [
        PassageFace(
            address=passage.address,
            pieces=[
                (_BLANK_LINES.sub("\n", piece.text), TONES[piece.mark] if piece.mark else None)
                for piece in passage.pieces
            ],
            duty_id=first.get(passage.address or ""),
            is_open=passage.address is not None and passage.address in waiting,
        )
        for passage in passages(reading)
    ]
