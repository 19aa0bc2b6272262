"""What was recognised in a document, in figures and lists a person can check before it goes on the board."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.vietnamese import fold
from app.documents.plan_reader import EVERY_WARD, Kind, LeftoverReason
from app.documents.plan_reader import Action as DraftAction
from app.documents.plan_reader import PlanDraft as Draft
from app.organisation.queries import ids_by_key, units

KIND_WORDS = {
    Kind.DATED: _l("Có thời hạn"),
    Kind.WITHIN_YEAR: _l("Trong năm"),
    Kind.STANDING: _l("Thường xuyên"),
}
LEFTOVER_WORDS = {
    LeftoverReason.NO_UNIT: _l("Không nêu đơn vị thực hiện"),
    LeftoverReason.RECURRING_DATE: _l("Thời hạn lặp lại, chưa tách thành ngày cụ thể"),
    LeftoverReason.IMPOSSIBLE_DATE: _l("Ngày không có trên lịch"),
    LeftoverReason.NUMBERING_GAP: _l("Đánh số mục không liền nhau"),
    LeftoverReason.ANNEX: _l("Phụ lục sau chữ ký, chưa nhập"),
}
NEW_UNIT = _l("Đơn vị chưa có trong danh mục, sẽ được thêm")


@dataclass(frozen=True)
class ActionLine:
    clause: str
    text: str
    duty: str | None
    leads: tuple[str, ...]
    coordinating: tuple[str, ...]
    kind: Any
    deadline: date | None
    deadline_wording: str | None
    request: bool
    cards: int


@dataclass(frozen=True)
class Leftover:
    sentence: Any
    text: str


@dataclass(frozen=True)
class Summary:
    """What a draft would put on the board."""

    actions: tuple[ActionLine, ...]
    cards: int
    requests: int
    units: int
    deadlines: int
    leftovers: tuple[Leftover, ...]


def read(draft: Draft) -> Summary:
    """The summary of a draft, with the units that stand today; units that are new are named among the leftovers."""
    standing = units()
    wards = tuple(unit.name for unit in standing if unit.kind.is_local)
    known = ids_by_key(standing)
    texts = {clause.address: clause.text for clause in draft.clauses}
    lines = tuple(_line(action, texts, wards) for action in draft.actions)
    leads = _leads(draft, wards)
    new = tuple(Leftover(NEW_UNIT, name) for name in leads if fold(name) not in known)
    return Summary(
        actions=lines,
        cards=sum(line.cards for line in lines),
        requests=sum(line.cards for line in lines if line.request),
        units=len(leads),
        deadlines=sum(line.cards for line in lines if line.deadline),
        leftovers=(*new, *(Leftover(LEFTOVER_WORDS[left.reason], left.text) for left in draft.leftovers)),
    )


def _leads(draft: Draft, wards: tuple[str, ...]) -> list[str]:
    named = Counter(name for action in draft.actions for lead in action.lead for name in _names(lead.name, wards))
    return list(named)


def _names(name: str, wards: tuple[str, ...]) -> tuple[str, ...]:
    return wards if name == EVERY_WARD else (name,)


def _line(action: DraftAction, texts: dict[str, str], wards: tuple[str, ...]) -> ActionLine:
    named = [str(_l("Mọi phường, xã")) if lead.name == EVERY_WARD else lead.name for lead in action.lead]
    cards = sum(len(_names(lead.name, wards)) for lead in action.lead)
    return ActionLine(
        clause=action.clause,
        text=texts.get(action.clause, ""),
        duty=action.duty,
        leads=tuple(named),
        coordinating=tuple(unit.name for unit in action.coordinating),
        kind=KIND_WORDS[action.kind],
        deadline=action.deadline,
        deadline_wording=action.deadline_wording,
        request=action.request,
        cards=cards,
    )
