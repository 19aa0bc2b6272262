"""What a person does with the duties of a draft: edit, part, merge, leave out. Each is one step."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.errors import Refused
from app.core.vietnamese import fold
from app.formats.plan_reader import EVERY_WARD, ReadClauseKind, from_dict
from app.formats.plan_reader import ReadPlan as Draft
from app.intake.models import DraftDuty, Relation, StepDeed
from app.intake.operations.steps import step
from app.intake.queries import drafts
from app.plans.models import ActionKind, DueLevel, PlanDraft

MAX_WORDING, MAX_LINE, MAX_PARTS = 5000, 300, 20
TOO_LONG = _l("Nội dung dài quá %(limit)s ký tự.")
DATE_NEEDED = _l("Nhiệm vụ có thời hạn phải có ngày: nhập ngày, hoặc chọn “Trong năm”.")
STANDING_HAS_NONE = _l("Nhiệm vụ thường xuyên không có thời hạn: bỏ ngày, hoặc chọn “Có thời hạn”.")
REQUEST_HAS_NONE = _l("Nội dung đề nghị không đặt thời hạn: bỏ ngày, hoặc bỏ đánh dấu “Đề nghị”.")
BASIS_NEEDED = _l("Nêu căn cứ của thời hạn: lời văn của kế hoạch hoặc số, ký hiệu văn bản.")
STARTS_LATE = _l("Ngày bắt đầu phải trước thời hạn.")
NO_SUCH_CLAUSE = _l("Chọn một mục trong văn bản.")
ONE_PART = _l("Ghi mỗi phần trên một dòng, ít nhất hai dòng.")
TOO_MANY_PARTS = _l("Tách tối đa %(limit)s phần.")
NOTHING_ABOVE = _l("Không có dòng nào ở trên để gộp vào.")
UNLIKE_DATES = _l("Hai dòng có thời hạn khác nhau nên không gộp được: sửa thời hạn cho giống nhau trước.")
ON_BOARD = _l("Nhiệm vụ này đang có trên bảng nên không tách, gộp ở đây được.")
UNCHANGED = _l("Nhiệm vụ này không thay đổi so với kế hoạch trên bảng nên không sửa ở đây được.")


@dataclass(frozen=True)
class Edit:
    """A duty as a person wants it. `leads` and `coordinating` are of (unit id or None, name)."""

    wording: str | None
    leads: tuple[tuple[int | None, str], ...]
    coordinating: tuple[tuple[int | None, str], ...]
    kind: ActionKind
    is_request: bool = False
    due_on: date | None = None
    due_level: DueLevel | None = None
    due_basis: str | None = None
    starts_on: date | None = None
    product: str | None = None
    content: str | None = None


def edit(actor: Actor, draft: PlanDraft, duty: DraftDuty, said: Edit, *, seen_version: int) -> None:
    """Put a duty right. Raises `Stale`, `Forbidden`, `Refused` with the field at fault."""
    reading = from_dict(draft.content)
    with step(actor, draft, StepDeed.EDITED, duty.clause, duty=duty, seen_version=seen_version) as taken:
        check(said, reading)
        if duty.relation in (Relation.SAME, Relation.WITHDRAWN):
            raise Refused(UNCHANGED)
        taken.touch(duty)
        for field in fields(said):
            value = getattr(said, field.name)
            setattr(duty, field.name, [list(pair) for pair in value] if isinstance(value, tuple) else value)
        duty.wording = _own_wording(reading, duty.clause, said.wording)
        if said.due_on is not None:  # only a date of UBND level makes a duty có thời hạn
            duty.kind = ActionKind.DATED if said.due_level is DueLevel.UBND else ActionKind.WITHIN_YEAR
        duty.due_level = (said.due_level or DueLevel.OFFICE) if said.due_on else None
        duty.due_basis = said.due_basis if said.due_on else None


def split(actor: Actor, draft: PlanDraft, duty: DraftDuty, parts: Sequence[str], *, seen_version: int) -> None:
    """Part a duty into `parts`, one duty each: the first stays where it was, the others follow it."""
    texts = [text for text in parts if text]
    with step(actor, draft, StepDeed.SPLIT, duty.clause, duty=duty, seen_version=seen_version) as taken:
        _check_split(duty, texts)
        taken.touch(duty)
        rows = drafts.duties(draft.id)
        for later in rows[rows.index(duty) + 1 :]:
            taken.touch(later)
            later.position += len(texts) - 1
        for number, text in enumerate(texts[1:], start=1):
            taken.add(_copy(duty, wording=text, position=duty.position + number))
        duty.wording, duty.splits = texts[0], []


def merge(actor: Actor, draft: PlanDraft, duty: DraftDuty, *, seen_version: int) -> DraftDuty:
    """Merge a duty into the one above it, which is returned: both texts, all units, the date that they share."""
    reading = from_dict(draft.content)
    with step(actor, draft, StepDeed.MERGED, duty.clause, duty=duty, seen_version=seen_version) as taken:
        rows = drafts.duties(draft.id)
        place = rows.index(duty)
        if place == 0:
            raise Refused(NOTHING_ABOVE)
        above = rows[place - 1]
        _check_new(duty, above)
        if duty.due_on and above.due_on and duty.due_on != above.due_on:
            raise Refused(UNLIKE_DATES)
        taken.touch(above)
        taken.touch(duty)
        _join(reading, above, duty)
        duty.gone = True
    return above


def include(actor: Actor, draft: PlanDraft, duty: DraftDuty, included: bool, *, seen_version: int) -> None:
    """Leave a duty out of what goes on the board, or take it in again."""
    deed = StepDeed.INCLUDED if included else StepDeed.EXCLUDED
    with step(actor, draft, deed, duty.clause, duty=duty, seen_version=seen_version) as taken:
        taken.touch(duty)
        duty.included = included


def check(said: Edit, reading: Draft) -> None:
    """Raise `Refused` for the first rule that an edit breaks."""
    limits = (("wording", MAX_WORDING), ("due_basis", MAX_LINE), ("product", MAX_LINE))
    for name, limit in limits:
        if len(getattr(said, name) or "") > limit:
            raise Refused(TOO_LONG % {"limit": limit}, field=name)
    if said.due_on is None and said.kind is ActionKind.DATED:
        raise Refused(DATE_NEEDED, field="due_on")
    if said.content and said.content not in reading.common_contents:
        raise Refused(NO_SUCH_CLAUSE, field="content")
    if said.due_on is not None:
        _check_date(said)


def _check_date(said: Edit) -> None:
    if said.kind is ActionKind.STANDING:
        raise Refused(STANDING_HAS_NONE, field="due_on")
    if said.is_request:
        raise Refused(REQUEST_HAS_NONE, field="due_on")
    if not said.due_basis:
        raise Refused(BASIS_NEEDED, field="due_basis")
    if said.starts_on is not None and said.due_on is not None and said.starts_on >= said.due_on:
        raise Refused(STARTS_LATE, field="starts_on")


def text_of(reading: Draft, duty: DraftDuty) -> str:
    """The words of a duty: its own, or its clause's."""
    return duty.wording or next((c.text for c in reading.clauses if c.address == duty.clause), "")


def clauses_for_duties(reading: Draft) -> list[tuple[str, str]]:
    """Address and text of every clause that says something of its own."""
    return [(c.address, c.text) for c in reading.clauses if c.kind is ReadClauseKind.ITEM]


def _own_wording(reading: Draft, address: str, wording: str | None) -> str | None:
    clause = next((c.text for c in reading.clauses if c.address == address), "")
    return None if not wording or " ".join(wording.split()) == clause else wording


def _check_split(duty: DraftDuty, texts: Sequence[str]) -> None:
    _check_new(duty)
    if len(texts) <= 1:
        raise Refused(ONE_PART, field="parts")
    if len(texts) > MAX_PARTS:
        raise Refused(TOO_MANY_PARTS % {"limit": MAX_PARTS}, field="parts")
    if any(len(text) > MAX_WORDING for text in texts):
        raise Refused(TOO_LONG % {"limit": MAX_WORDING}, field="parts")


def _check_new(*rows: DraftDuty) -> None:
    if any(row.relation is not Relation.NEW for row in rows):
        raise Refused(ON_BOARD)


def _join(reading: Draft, above: DraftDuty, duty: DraftDuty) -> None:
    same = above.clause == duty.clause
    texts = [text_of(reading, above).rstrip(" ;."), text_of(reading, duty)]
    above.wording = None if same and not (above.wording and duty.wording) else "; ".join(texts)
    above.leads, above.coordinating = _union(above.leads, duty.leads), _union(above.coordinating, duty.coordinating)
    above.splits = []
    if duty.due_on and not above.due_on:
        for name in ("due_on", "due_level", "due_basis", "starts_on", "kind"):
            setattr(above, name, getattr(duty, name))


def _union(first: list[Any], second: list[Any]) -> list[Any]:
    known = {fold(name) for _id, name in first}
    every = any(name == EVERY_WARD for _id, name in first)
    return [*first, *(pair for pair in second if fold(pair[1]) not in known and not (every and pair[1] == EVERY_WARD))]


_COPIED = (
    "draft_id", "clause", "origin", "leads", "coordinating", "kind", "is_request", "due_on", "due_level", "due_basis",
    "starts_on", "product", "content", "included", "relation",
)  # fmt: skip


def _copy(duty: DraftDuty, *, wording: str, position: int) -> DraftDuty:
    return DraftDuty(**{name: getattr(duty, name) for name in _COPIED}, wording=wording, position=position, splits=[])
