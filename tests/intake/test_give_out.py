"""Names that stand for several units, contents given to units at once, and a similar text that is a plan of its own."""

import pytest

from app.core.errors import Refused
from app.extensions import db
from app.formats.plan_reader import EVERY_WARD
from app.intake.models import Relation, StepDeed
from app.intake.operations import adding, comparing, deciding, plans, steps
from app.intake.queries import drafts
from tests.intake.conftest import DAKLAK, PLANS, REFERENCE

HANOI = PLANS / "06_hanoi_du_lieu_nq214_2025.txt"


def test_a_name_of_a_group_gives_way_to_the_units_chosen_in_every_duty(desk, visit):
    draft, chi = desk.read(HANOI.read_bytes()), visit("chi")
    page = chi.get(f"/plans/drafts/{draft.id}").text
    assert "Chọn từng đơn vị thực hiện thay cho “Các Sở, ban, ngành”" in page
    form = {"name": "Các Sở, ban, ngành", "spread": "1"}
    assert "Chọn ít nhất một đơn vị" in chi.post(f"/plans/drafts/{draft.id}/names", form, status=422).text
    chi.post(f"/plans/drafts/{draft.id}/names", form | {"group": "departments"}, status=303)
    db.session.rollback()
    duty = desk.duty(draft, "III.2")
    names = [name for _id, name in duty.leads]
    assert names[0] == EVERY_WARD
    assert {"Phòng Nội vụ", "Sở Khoa học và Công nghệ"} < set(names), "those in the list, and those this plan brings"
    assert "Cổng thông tin điện tử" not in names
    assert "Các Sở, ban, ngành" not in deciding.undecided_names(draft)
    shown = chi.get(f"/plans/drafts/{draft.id}").text
    assert "xác định tên đơn vị: Các Sở, ban, ngành" in shown


def test_contents_are_given_to_units_in_one_step_which_one_press_takes_back(desk, visit, chi):
    draft, browser = desk.read(DAKLAK.read_bytes()), visit("chi")
    before = desk.codes(draft)
    browser.get(f"/plans/drafts/{draft.id}")
    url, form = f"/plans/drafts/{draft.id}/contents", {"contents": ["IV.2.a.1", "IV.7.c"], "give": "wards"}
    for missing in ({"give": "wards"}, {"contents": ["IV.2.a.1"]}, form | {"contents": ["IX.1"]}):
        browser.post(url, missing, status=422)
    browser.post(url, form, status=303)
    db.session.rollback()
    assert desk.codes(draft) == ["IV.2.a.1", "IV.7.c", *before]
    assert desk.duty(draft, "IV.7.c").leads == [[None, EVERY_WARD]]
    steps.undo(chi, draft, seen_step=drafts.last_step_id(draft.id))
    assert desk.codes(draft) == before


def test_a_clause_that_names_its_unit_brings_it_along(desk, chi):
    draft = desk.read(DAKLAK.read_bytes())
    assert adding.add(chi, draft, "IV.7.a").leads == [[None, "Sở Y tế"]]
    assert adding.add(chi, draft, "IV.6.a").leads == []


def test_a_similar_text_may_be_a_plan_of_its_own(desk, visit, chi):
    text = REFERENCE.read_text(encoding="utf-8").replace("nâng cao trình độ học vấn", "nâng cao trình độ", 1)
    draft, browser = desk.read(text), visit("chi")
    assert "Coi là kế hoạch mới" in browser.get(f"/plans/drafts/{draft.id}").text
    duties = len(drafts.duties(draft.id))
    form = {"step": drafts.last_step_id(draft.id)}
    browser.post(f"/plans/drafts/{draft.id}/base", form, status=303)
    db.session.rollback()
    draft = desk.again(draft)
    assert {duty.relation for duty in drafts.duties(draft.id)} == {Relation.NEW}
    assert len(drafts.duties(draft.id)) == duties
    with pytest.raises(Refused, match="không còn được so sánh"):
        comparing.treat_as_new(chi, draft, seen_step=drafts.last_step_id(draft.id))
    assert drafts.steps(draft.id)[0].deed is StepDeed.BASE
    steps.undo(chi, draft, seen_step=drafts.last_step_id(draft.id))
    assert desk.again(draft).base_plan_id is not None
    assert {duty.relation for duty in drafts.duties(draft.id)} == {Relation.SAME, Relation.CHANGED}
    comparing.treat_as_new(chi, draft, seen_step=drafts.last_step_id(draft.id))
    assert plans.adopt(chi, draft).id != 1
