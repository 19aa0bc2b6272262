"""The duty page as people write on it: plain forms that keep what was typed, what each reads, and the whole log."""

import re

import pytest

from app.cards.moves import Deed, MoveInput
from app.cards.notes import operations, queries
from app.cards.notes.models import NoteKind, Period
from app.cards.notes.rules import NoteInput
from app.cards.on_behalf import queries as behalf
from app.core.errors import Refused
from app.evidence.models import Review
from app.evidence.operations import review_evidence
from app.extensions import db
from app.files.store import installed_store
from tests.conftest import reread
from tests.world import TODAY, move, person, prove

PAPER = {"document_number": "45/BC-GDĐT", "document_on": TODAY}


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def write(who, card, kind, words, **said):
    return operations.add_note(person(who), reread(card), NoteInput(kind, words, **said))


def current(card):
    db.session.rollback()
    return [note.text for note in queries.notes(card.id).current]


@pytest.fixture
def duty(visit):
    """Open a duty as somebody: the browser and the page."""

    def open_as(who, card):
        browser = visit(who)
        return browser, browser.get(f"/cards/{card.id}")

    return open_as


def test_a_note_is_written_by_a_plain_form_and_comes_back_in_its_place(duty, card):
    mai, page = duty("mai", card)
    assert "Ghi tiến độ, khó khăn, đề xuất" in page.text
    answer = mai.post(f"/cards/{card.id}/notes", {"kind": "progress", "note": "Đã tổ chức\n2 lớp"}, status=303)
    assert answer.location.endswith("#ghi-chu")
    page = mai.get(answer.location.split("#")[0])
    assert "Đã ghi tiến độ." in page.text
    assert "Đã tổ chức\n2 lớp" in page.text


@pytest.mark.parametrize(
    ("who", "form", "status", "says"),
    [
        ("mai", {"kind": "progress", "note": ""}, 422, "Nhập nội dung."),
        ("mai", {"kind": "signed", "note": "nội dung đã gõ"}, 422, "Chọn loại nội dung."),
        ("ha", {"kind": "proposal", "note": "nội dung đã gõ"}, 422, "Nhập thay đơn vị phải trên cơ sở văn bản"),
        (
            "ha",
            {"kind": "proposal", "note": "nội dung đã gõ", "document_number": "1", "document_on": "40/5/2024"},
            422,
            "Ngày không đúng",
        ),
        ("binh", {"kind": "progress", "note": "nội dung đã gõ"}, 403, "Chỉ xem: nhiệm vụ của đơn vị khác."),
    ],
)
def test_a_refused_note_keeps_what_was_typed_by_both_ways(who, form, status, says, duty, card):
    browser, _page = duty(who, card)
    refused = browser.post(f"/cards/{card.id}/notes", form, status=status)
    assert says in refused.text
    assert form["note"] in refused.text
    fragment = browser.htmx("POST", f"/cards/{card.id}/notes", form)
    assert (fragment.status_code, says in fragment.text) == (status, True)
    assert current(card) == []


def test_a_standing_duty_shows_its_periods_and_leads_to_their_form(duty, world):
    card = world.card("III.7.b")
    lan, page = duty("lan", card)
    assert text(page).count("Chưa ghi kết quả") == 2
    assert 'href="#ghi-ket-qua"' in page.text
    refused = lan.post(f"/cards/{card.id}/placement", {"to": "waiting", "version": card.version}, status=422)
    assert "ở mục “Tiến độ, khó khăn, đề xuất”" in refused.text
    assert 'href="#ghi-ket-qua"' in refused.text
    form = {"kind": "result", "period": "half", "note": "12 buổi"}
    page = lan.get(lan.post(f"/cards/{card.id}/notes", form, status=303).location.split("#")[0])
    assert "6 tháng đầu năm 2024 12 buổi" in text(page)
    assert "Đang thực hiện" in text(page)
    assert "Chuyển về Chưa thực hiện" not in page.text


@pytest.mark.parametrize(
    ("who", "reads"),
    [("mai", True), ("lan", True), ("ha", True), ("son", True), ("yen", False), ("quantri", False), ("hoa", False)],
)
def test_progress_is_read_by_all_and_difficulties_by_the_unit_the_office_and_the_leaders(who, reads, duty, card):
    write("mai", card, NoteKind.PROGRESS, "tiến độ ai cũng đọc")
    write("mai", card, NoteKind.DIFFICULTY, "khó khăn riêng")
    write("mai", card, NoteKind.PROPOSAL, "đề xuất riêng")
    _browser, page = duty(who, card)
    assert "tiến độ ai cũng đọc" in page.text
    assert ("khó khăn riêng" in page.text, "đề xuất riêng" in page.text) == (reads, reads)


def test_a_coordinating_unit_reads_its_own_difficulty_and_not_the_leads(duty, world):
    card = world.card("III.7.b")
    write("binh", card, NoteKind.DIFFICULTY, "khó khăn của Bình")
    write("lan", card, NoteKind.DIFFICULTY, "khó khăn của Lan")
    _binh, page = duty("binh", card)
    assert ("khó khăn của Bình" in page.text, "khó khăn của Lan" in page.text) == (True, False)
    _lan, page = duty("lan", card)
    assert "khó khăn của Bình" in page.text


def test_a_note_is_corrected_and_resolved_by_plain_forms(duty, card):
    note = write("mai", card, NoteKind.DIFFICULTY, "Thiếu kinh phí")
    mai, page = duty("mai", card)
    assert f'id="sua-{note.id}"' in page.text
    refused = mai.post(f"/notes/{note.id}/versions", {"note": "x" * 4001}, status=422)
    assert "x" * 4001 in refused.text
    mai.post(f"/notes/{note.id}/versions", {"note": "Thiếu kinh phí quý II"}, status=303)
    page = text(mai.get(f"/cards/{card.id}"))
    assert "Đã sửa; xem 1 bản trước" in page
    newer = queries.notes(card.id).current[0].id
    assert "bản mới nhất" in mai.post(f"/notes/{note.id}/versions", {"note": "lần nữa"}, status=422).text
    binh, _page = duty("binh", card)
    assert binh.post(f"/notes/{newer}/versions", {"note": "của Bình"}, status=403).text.count("của Bình") == 1
    assert binh.post(f"/notes/{newer}/resolution").status_code == 403
    mai.post(f"/notes/{newer}/resolution", status=303)
    page = mai.get(f"/cards/{card.id}")
    assert "Đã giải quyết" in text(page)
    assert f"/notes/{newer}/resolution" not in page.text
    assert mai.post("/notes/999999/resolution").status_code == 404


def test_the_unit_is_told_asks_for_a_correction_and_the_office_answers(duty, card):
    event = move("ha", card, Deed.START, MoveInput(document_number="45/BC-GDĐT", document_on=TODAY))
    lan, page = duty("lan", card)
    assert "đã nhập thay trên cơ sở văn bản số 45/BC-GDĐT ngày 10/05/2024" in text(page)
    assert "Đơn vị đã xem" in page.text
    form = {"target": "event", "target_id": event.id}
    refused = lan.post(f"/cards/{card.id}/corrections", form | {"reason": ""}, status=422)
    assert "Nêu rõ lý do." in refused.text
    lan.post(f"/cards/{card.id}/corrections", form | {"reason": "Số đúng là 54"}, status=303)
    assert "Cơ quan thường trực chưa trả lời." in lan.get(f"/cards/{card.id}").text
    lan.post(f"/cards/{card.id}/acknowledgement", status=303)
    assert "Đơn vị đã xem" not in lan.get(f"/cards/{card.id}").text
    db.session.rollback()
    (asked,) = behalf.open_requests()
    asked_id, version = asked.id, asked.version
    ha, page = duty("ha", card)
    assert "Số đúng là 54" in page.text
    assert "1 đề nghị đính chính" in text(ha.get("/board"))
    url = f"/corrections/{asked_id}/answer"
    refused = ha.post(url, {"version": version, "answer": "kept", "reason": ""}, status=422)
    assert "Nêu lý do không đính chính." in refused.text
    ha.post(url, {"version": version, "answer": "kept", "reason": "Đúng theo bản gốc"}, status=303)
    assert "Không đính chính : Đúng theo bản gốc" in text(lan.get(f"/cards/{card.id}"))
    assert "1 đề nghị đính chính" not in text(ha.get("/board"))


@pytest.mark.parametrize("who", ["binh", "yen", "quantri", "son"])
def test_others_neither_ask_nor_answer(who, duty, card):
    event = move("ha", card, Deed.START, MoveInput(document_number="45/BC-GDĐT"))
    browser, page = duty(who, card)
    assert "Đề nghị đính chính" not in page.text
    assert ("nhập thay" in page.text) == (who == "son")
    form = {"target": "event", "target_id": event.id, "reason": "lý do của người khác"}
    assert "lý do của người khác" in browser.post(f"/cards/{card.id}/corrections", form, status=403).text
    assert browser.post(f"/cards/{card.id}/acknowledgement").status_code == 403
    assert browser.post("/corrections/999999/answer").status_code == 404


@pytest.mark.parametrize("form", [{}, {"target": "plan", "target_id": 1}, {"target": "event", "target_id": "x"}])
def test_a_request_about_nothing_is_refused(form, duty, card):
    lan, _page = duty("lan", card)
    assert lan.post(f"/cards/{card.id}/corrections", form | {"reason": "vì sao"}, status=422).text.count("vì sao") == 1


def played(card):
    """Everything that a log tells: a move, a note and its correction, a document, its review, a sending, an asking."""
    move("lan", card, Deed.START)
    note = write("mai", card, NoteKind.DIFFICULTY, "Thiếu kinh phí")
    operations.correct_note(person("mai"), queries.note(note.id), "Thiếu kinh phí quý II")
    document = prove("mai", reread(card), installed_store())
    review_evidence(person("ha"), document, Review.LACKING, "Thiếu dấu", seen_version=document.version)
    write("ha", card, NoteKind.PROGRESS, "Đã tập huấn", **PAPER)


def log_of(page):
    found = re.search(r'id="nhat-ky".*?</section>', page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else None


def test_the_head_reads_one_list_of_all_that_happened_latest_first(duty, card):
    played(card)
    log = log_of(duty("lan", card)[1])
    told = [
        "Ha ghi tiến độ (nhập thay Phòng Giáo dục và Đào tạo) : Đã tập huấn; trên cơ sở văn bản số 45/BC-GDĐT",
        "Ha xem minh chứng: cần bổ sung : Báo cáo 45/BC-GDĐT “Báo cáo kết quả”; Thiếu dấu",
        "Mai, Phòng Giáo dục và Đào tạo tải lên minh chứng : Báo cáo 45/BC-GDĐT",
        "Mai, Phòng Giáo dục và Đào tạo sửa khó khăn, vướng mắc : Thiếu kinh phí quý II",
        "Mai, Phòng Giáo dục và Đào tạo ghi khó khăn, vướng mắc : Thiếu kinh phí",
        "Lan, Phòng Giáo dục và Đào tạo Chưa thực hiện → Đang thực hiện",
    ]
    log = log.replace(" :", ":")
    places = [log.index(line.replace(" :", ":")) for line in told]
    assert places == sorted(places)


def test_staff_read_their_own_deeds_the_administrator_no_contents_peers_nothing(duty, card):
    played(card)
    staff = log_of(duty("mai", card)[1])
    assert ("Thiếu kinh phí quý II" in staff, "Lan" in staff, "Ha" in staff) == (True, False, False)
    admin = log_of(duty("quantri", card)[1])
    assert ("Mai" in admin, "tải lên minh chứng" in admin) == (True, True)
    assert not any(word in admin for word in ("kinh phí", "Thiếu dấu", "45/BC", "Đã tập huấn"))
    assert "Thiếu dấu" in log_of(duty("chi", card)[1])
    assert [log_of(duty(who, card)[1]) for who in ("binh", "son", "yen")] == [None] * 3


def test_a_long_log_folds_all_but_the_ten_latest(duty, card):
    for number in range(12):
        write("mai", card, NoteKind.PROGRESS, f"lần {number}")
    page = duty("lan", card)[1]
    assert "Xem 2 dòng trước đó" in text(page)
    found = re.search(r'id="nhat-ky".*?</section>', page.text, re.DOTALL)
    assert "lần 11" in found[0].split("<details>")[0]
    assert "lần 0" in found[0].split("<details>")[1]


def test_a_period_is_asked_for_again_with_what_was_typed(duty, world):
    card = world.card("III.7.b")
    mai, _page = duty("mai", card)
    refused = mai.post(f"/cards/{card.id}/notes", {"kind": "result", "note": "12 buổi", "period": "quý"}, status=422)
    assert "Chọn kỳ của kết quả." in refused.text
    assert "12 buổi" in refused.text
    with pytest.raises(Refused):
        write("mai", card, NoteKind.RESULT, "", period=Period.HALF)
