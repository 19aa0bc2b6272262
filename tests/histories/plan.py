"""A small plan on which long histories are lived: every kind of duty on few cards, so that its tables are made soon."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.files.store import FileStore
from app.intake.models import DraftDuty
from app.intake.operations import editing
from app.intake.operations import plans as intake
from app.intake.operations.editing import Edit
from app.intake.queries import drafts
from app.organisation.queries import units
from app.plans import queries as plans
from app.plans.models import ActionKind, DueLevel, PlanDraft
from tests.world import load_people, person

_SAMPLE = Path(__file__).parents[2] / "app" / "sample" / "plan.txt"
_LEFT_OUT = (("2. Phòng Nội Vụ", "7. Phòng Giáo dục"), ("8. Đài Truyền thanh", "9. Đề nghị"))
_NUMBERED = (("7. Phòng Giáo dục", "2. Phòng Giáo dục"), ("9. Đề nghị", "3. Đề nghị"), ("10. UBND các", "4. UBND các"))
WARDS = ("P. Ea Tam", "P. Tự An", "X. Ea Tu")


def text() -> str:
    """The real plan with four of its ten numbered units."""
    said = _SAMPLE.read_text(encoding="utf-8")
    for first, after in _LEFT_OUT:
        said = said[: said.index(first)] + said[said.index(after) :]
    for old, new in _NUMBERED:
        said = said.replace(old, new)
    return said


def fill(files: Path) -> None:
    """The city's units, the cast, and the small plan: three wards in place of twenty-one, some duties with a first day,
    one of them with a date that the office asks.
    """
    load_people()
    chi = person("chi")
    draft = intake.read_in(chi, "ke-hoach.txt", text().encode(), store=FileStore(files), max_bytes=1_000_000)
    wards = tuple((unit.id, unit.name) for unit in units() if unit.short_name in WARDS)
    for duty in drafts.duties(draft.id):
        said = _wanted(duty, wards)
        if said is not None:
            editing.edit(chi, _again(draft), duty, said, seen_version=duty.version)
    intake.adopt(chi, _again(draft))


def _wanted(duty: DraftDuty, wards: tuple[tuple[int | None, str], ...]) -> Edit | None:
    known = _as_it_is(duty)
    match duty.clause, duty.wording:
        case "III.2.c", _:
            agreed = {"due_on": date(2024, 6, 30), "due_level": DueLevel.OFFICE, "due_basis": "Công văn 12/LĐTBXH"}
            return replace(known, **agreed, starts_on=date(2024, 6, 1))
        case "III.1.b", _:
            return replace(known, kind=ActionKind.WITHIN_YEAR, starts_on=date(2024, 7, 1))
        case "III.4.a" | "III.4.b", _:
            return replace(known, leads=wards)
    return None


def _as_it_is(duty: DraftDuty) -> Edit:
    leads = tuple((pair[0], pair[1]) for pair in duty.leads)
    coordinating = tuple((pair[0], pair[1]) for pair in duty.coordinating)
    return Edit(
        duty.wording, leads, coordinating, duty.kind, duty.is_request, duty.due_on, duty.due_level, duty.due_basis,
        duty.starts_on, duty.product, duty.content,
    )  # fmt: skip


def _again(draft: PlanDraft) -> PlanDraft:
    found = plans.draft(draft.id)
    assert found is not None
    return found
