"""A draft is edited, parted, merged and completed step by step; each step is kept, and the last can be undone."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.intake.models import DraftStep, StepDeed
from app.intake.operations import adding, deciding, editing, steps
from app.intake.operations.editing import Edit
from app.intake.queries import drafts
from app.plans.models import ActionKind, DueLevel
from tests.intake.conftest import ANOTHER, DAKLAK
from tests.world import person

WITH_DATE = Edit(None, ((None, "Hội Cựu chiến binh"),), (), ActionKind.WITHIN_YEAR, due_on=date(2025, 6, 1))


def test_a_duty_is_put_right_and_the_last_step_is_undone(desk, chi, ha):
    draft = desk.read(ANOTHER)
    duty = desk.duty(draft, "III.7.c")
    lead, seen = [tuple(pair) for pair in duty.leads], duty.version
    said = Edit("Rà soát tài liệu", tuple(lead), ((None, "Thành đoàn"),), ActionKind.STANDING, product="Báo cáo")
    editing.edit(chi, draft, duty, replace(said, content="II.2.a"), seen_version=seen)
    duty = desk.duty(draft, "III.7.c", "Rà soát tài liệu")
    assert (duty.kind, duty.product, duty.content) == (ActionKind.STANDING, "Báo cáo", "II.2.a")
    last = drafts.last_step_id(draft.id)
    with pytest.raises(Forbidden, match="do Chi thực hiện"):
        steps.undo(ha, draft, seen_step=last)
    with pytest.raises(Stale):
        steps.undo(chi, draft, seen_step=last - 1)
    steps.undo(chi, draft, seen_step=last)
    duty = desk.duty(draft, "III.7.c")
    assert (duty.kind, duty.product, duty.content, duty.coordinating) == (ActionKind.WITHIN_YEAR, None, None, [])
    assert [step.deed for step in drafts.steps(draft.id)] == [StepDeed.UNDONE, StepDeed.EDITED]
    with pytest.raises(Refused, match="Không còn bước nào"):
        steps.undo(chi, draft, seen_step=drafts.last_step_id(draft.id))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (WITH_DATE, "due_basis"),
        (replace(WITH_DATE, due_basis="CV 12", kind=ActionKind.STANDING), "due_on"),
        (replace(WITH_DATE, due_basis="CV 12", is_request=True), "due_on"),
        (replace(WITH_DATE, due_basis="CV 12", starts_on=date(2025, 6, 1)), "starts_on"),
        (replace(WITH_DATE, due_on=None, kind=ActionKind.DATED), "due_on"),
        (replace(WITH_DATE, due_basis="x" * 301), "due_basis"),
        (replace(WITH_DATE, due_on=None, content="III.1.a"), "content"),
    ],
)
def test_an_edit_that_breaks_a_rule_is_refused_and_leaves_no_step(desk, chi, said, field):
    draft = desk.read(ANOTHER)
    duty = desk.duty(draft, "III.7.c")
    with pytest.raises(Refused) as refused:
        editing.edit(chi, draft, duty, said, seen_version=duty.version)
    assert refused.value.field == field
    assert drafts.steps(draft.id) == []


def test_only_a_date_of_ubnd_makes_a_duty_dated(desk, chi):
    draft = desk.read(ANOTHER)
    for level, kind in ((DueLevel.OFFICE, ActionKind.WITHIN_YEAR), (DueLevel.UBND, ActionKind.DATED)):
        duty = desk.duty(draft, "III.7.c")
        said = replace(WITH_DATE, due_level=level, due_basis="Công văn số 12/UBND")
        editing.edit(chi, draft, duty, said, seen_version=duty.version)
        assert desk.duty(draft, "III.7.c").kind is kind


def test_a_compound_duty_is_parted_and_merged_again(desk, chi):
    draft = desk.read(ANOTHER)
    duty = desk.duty(draft, "III.10.a")
    parts = list(duty.splits)
    assert len(parts) == 3
    editing.split(chi, draft, duty, parts, seen_version=duty.version)
    rows = [d for d in drafts.duties(draft.id) if d.clause == "III.10.a"]
    assert [d.wording for d in rows] == [*parts, "báo cáo 6 tháng", "báo cáo năm"]
    assert rows[1].leads == rows[0].leads != []
    above = editing.merge(chi, draft, rows[1], seen_version=rows[1].version)
    assert above.wording == f"{parts[0]}; {parts[1]}"
    with pytest.raises(Refused, match="thời hạn khác nhau"):
        editing.merge(chi, draft, rows[4], seen_version=rows[4].version)
    for _ in range(2):
        steps.undo(chi, draft, seen_step=drafts.last_step_id(draft.id))
    assert desk.duty(draft, "III.10.a").wording is None
    assert len([d for d in drafts.duties(draft.id) if d.clause == "III.10.a"]) == 3
    first = drafts.duties(draft.id)[0]
    with pytest.raises(Refused, match="Không có dòng nào ở trên"):
        editing.merge(chi, draft, first, seen_version=first.version)
    with pytest.raises(Refused, match="ít nhất hai dòng"):
        editing.split(chi, draft, first, ["một phần"], seen_version=first.version)


def test_a_duty_is_left_out_and_one_is_added_from_a_common_content(desk, chi, binh):
    draft = desk.read(ANOTHER)
    duty = desk.duty(draft, "III.9.a")
    editing.include(chi, draft, duty, False, seen_version=duty.version)
    assert "III.9.a" not in desk.codes(draft)
    added = adding.add(chi, draft, "II.4.a")
    assert desk.codes(draft)[0] == "II.4.a", "it stands where its clause does"
    assert added.leads == []
    with pytest.raises(Refused, match="Chọn một mục"):
        adding.add(chi, draft, "IX.1")
    with pytest.raises(Forbidden, match="cơ quan thường trực"):
        adding.add(binh, draft, "II.4.a")


def test_of_two_people_at_one_duty_the_second_is_told(desk, chi, ha):
    draft = desk.read(ANOTHER)
    seen = desk.duty(draft, "III.7.c").version
    said = Edit("Của Hà", ((None, "Thành đoàn"),), (), ActionKind.WITHIN_YEAR)
    editing.edit(ha, draft, desk.duty(draft, "III.7.c"), said, seen_version=seen)
    with pytest.raises(Stale):
        editing.edit(chi, draft, desk.duty(draft, "III.7.c", "Của Hà"), said, seen_version=seen)
    other = desk.duty(draft, "III.7.a")
    editing.include(chi, draft, other, False, seen_version=other.version)
    taken = select(DraftStep.actor_id).where(DraftStep.draft_id == draft.id).order_by(DraftStep.id)
    assert list(db.session.scalars(taken)) == [ha.id, chi.id]


def test_names_and_what_was_not_understood_are_dealt_with_one_by_one(desk, chi):
    draft = desk.read(DAKLAK.read_bytes())
    names = deciding.undecided_names(draft)
    assert "Sở Y tế" in names
    health = person("binh").grants[0].unit_id
    deciding.decide_name(chi, draft, "Sở Y tế", health)
    assert "Sở Y tế" not in deciding.undecided_names(draft)
    with pytest.raises(Refused, match="Chọn một đơn vị"):
        deciding.decide_name(chi, draft, names[-1], 99_999)
    assert deciding.all_names_new(chi, draft) == len(names) - 2
    assert deciding.undecided_names(draft) == ["Các đoàn thể, tổ chức xã hội"], "a group is no unit of that name"
    with pytest.raises(Refused, match="Không còn tên"):
        deciding.all_names_new(chi, draft)
    steps.undo(chi, draft, seen_step=drafts.last_step_id(draft.id))
    assert len(deciding.undecided_names(draft)) == len(names) - 1
    if any(not left.dealt for left in drafts.leftovers(draft.id)):
        deciding.deal_with(chi, draft, None)
    assert all(left.dealt for left in drafts.leftovers(draft.id))
    with pytest.raises(Refused, match="không còn"):
        deciding.deal_with(chi, draft, None)
    with pytest.raises(Refused) as refused:
        deciding.set_head(chi, draft, {"title": "Kế hoạch"}, None, seen_step=drafts.last_step_id(draft.id))
    assert refused.value.field == "year"
