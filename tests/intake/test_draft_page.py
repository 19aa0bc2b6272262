"""The page of a draft: the original beside the duties, every step a plain form, what was typed kept on a refusal."""

import re

from app.extensions import db
from app.formats.plan_reader import passages
from app.intake.operations import deciding, editing
from app.intake.queries import drafts
from tests.intake.conftest import ANOTHER, DAKLAK


def test_the_original_stands_beside_the_duties_and_both_lead_to_each_other(desk, visit):
    draft = desk.read(ANOTHER)
    page = visit("chi").get(f"/plans/drafts/{draft.id}").text
    duty = desk.duty(draft, "III.7.c")
    assert re.search(rf'id="goc-III\.7\.c">\s*<a class="code" href="#nv-{duty.id}"', page)
    assert re.search(rf'id="nv-{duty.id}".*?href="#goc-III\.7\.c"', page, re.DOTALL)
    assert '<mark data-s="waiting">Thành đoàn</mark>' in page
    assert '<mark data-s="soon">trước ngày 15/5/2025</mark>' in page
    reading = deciding.reading(draft)
    shown = "".join(piece.text for passage in passages(reading) for piece in passage.pieces)
    assert shown.split() == reading.source.split(), "not a word of the document is lost"
    assert "Sửa</" not in visit("son").get(f"/plans/drafts/{draft.id}?duty={duty.id}").text


def test_a_refused_form_keeps_what_was_typed(desk, visit):
    draft = desk.read(ANOTHER)
    duty, chi = desk.duty(draft, "III.7.c"), visit("chi")
    chi.get(f"/plans/drafts/{draft.id}?duty={duty.id}")
    form = {"version": duty.version, "wording": "Lời mới", "lead": "wards", "lead_new": "Hội Cựu chiến binh"}
    form |= {"kind": "dated", "due_on": "31/02/2025", "due_basis": "Công văn 12"}
    page = chi.post(f"/plans/drafts/{draft.id}/duties/{duty.id}", form, status=422).text
    for kept in ("Lời mới", "Hội Cựu chiến binh", "31/02/2025", "Công văn 12", "Ngày không đúng"):
        assert kept in page
    page = chi.post(f"/plans/drafts/{draft.id}/duties/{duty.id}", form | {"due_on": "28/02/2025"}, status=303)
    page = chi.get(page.location).text
    assert "Hội Cựu chiến binh" in page
    assert "28/02/2025" in page


def test_who_comes_second_is_told_who_what_and_when_and_can_save_again(desk, visit, ha):
    draft = desk.read(ANOTHER)
    duty, chi = desk.duty(draft, "III.7.c"), visit("chi")
    page = chi.get(f"/plans/drafts/{draft.id}?duty={duty.id}").text
    since = re.search(r'data-since="(\d+)"', page)
    url, form = f"/plans/drafts/{draft.id}/duties/{duty.id}", {"kind": "standing", "wording": "Lời của Chi"}
    assert chi.get(f"/plans/drafts/{draft.id}/changes?since={since[1]}", status=204)
    editing.include(ha, draft, duty, False, seen_version=duty.version)
    told = chi.get(f"/plans/drafts/{draft.id}/changes?since={since[1]}")
    assert "Ha vừa thao tác" in told.text
    assert told.headers["X-Since"] == str(drafts.last_step_id(draft.id))
    page = chi.post(url, form | {"version": 1}, status=409).text
    assert "Ha: không đưa lên bảng: III.7.c" in page
    assert "Lời của Chi" in page
    version = re.search(r'name="version" value="(\d+)"', page[page.index("Sửa nhiệm vụ") :])
    chi.post(url, form | {"version": version[1]}, status=303)
    db.session.rollback()
    assert desk.duty(draft, "III.7.c", "Lời của Chi")


def test_a_plan_with_open_points_says_which_and_stays(desk, visit):
    draft = desk.read(DAKLAK.read_bytes())
    chi = visit("chi")
    chi.get(f"/plans/drafts/{draft.id}")
    page = chi.post(f"/plans/drafts/{draft.id}/adoption", {"step": 0}, status=422).text
    assert "điểm chưa xử lý" in page
    assert "Thêm cả 3 đơn vị này vào danh mục" in page
