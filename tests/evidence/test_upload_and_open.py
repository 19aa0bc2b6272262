"""The form and the files as a browser meets them: with the upload script and without, by every kind of person."""

import errno
import io
import json
import os
import re

import pytest
from sqlalchemy import select

from app.core import database
from app.core.audit import AuditEntry
from app.core.errors import Busy
from app.evidence import operations
from app.evidence.models import Evidence, EvidenceKind, Review
from app.evidence.particulars import Particulars
from app.extensions import db
from app.files.store import Incoming, installed_store
from app.web import front_door
from tests.conftest import reread
from tests.world import PDF, prove

FORM = {
    "kind": "report",
    "number": "45/BC-GDĐT",
    "summary": "Báo cáo tập huấn",
    "issued_on": "02/05/2024",
    "document_key": "form-1",
}


def form(*named, **changes):
    return FORM | changes | {"files": [(io.BytesIO(data), name) for name, data in named]}


def url(card):
    return f"/cards/{card.id}/evidence"


def documents(card):
    db.session.rollback()
    return db.session.scalars(select(Evidence).where(Evidence.card_id == card.id).order_by(Evidence.id)).all()


def test_a_plain_form_with_several_files_comes_back_to_the_duty(visit, card):
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    answer = mai.post(url(card), form(("Báo cáo.pdf", PDF), ("phụ lục.pdf", PDF + b"\n")), status=303)
    page = mai.get(answer.location.split("#")[0])
    assert "Đã lưu văn bản. “Báo cáo tập huấn” (Báo cáo.pdf, phụ lục.pdf)." in page.text
    assert "Báo cáo.pdf" in page.text
    assert "phụ lục.pdf" in page.text
    (document,) = documents(card)
    assert (document.number, len(document.files)) == ("45/BC-GDĐT", 2)


def test_the_script_sends_file_by_file_and_they_are_one_document(visit, card):
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    for name, data in (("a.pdf", PDF), ("b.pdf", PDF + b"\n"), ("b.pdf", PDF + b"\n")):
        answer = mai.htmx("POST", url(card), form((name, data)))
        assert answer.status_code == 201
        assert answer.headers["X-Request-Id"].startswith("BDG-"), "the mark without which no script believes it"
    (document,) = documents(card)
    assert answer.location == f"/cards/{card.id}#minh-chung-{document.id}"
    assert [file.name for file in document.files] == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("named", "changes", "says"),
    [
        ([("x.pdf", b"<svg/>")], {}, "x.pdf: Không nhận tệp HTML, SVG"),
        ([("x.pdf", PDF)], {"summary": ""}, "Nhập trích yếu"),
        ([("x.pdf", PDF)], {"issued_on": "40/05/2024"}, "Ngày không đúng"),
        ([], {"number": ""}, "Chọn ít nhất một tệp"),
    ],
    ids=["a hostile file", "no summary", "no such day", "nothing given"],
)
def test_a_refusal_has_one_status_and_sentence_by_both_ways_and_keeps_what_was_typed(named, changes, says, visit, card):
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    page = mai.post(url(card), form(*named, happened_on="01/05/2024", **changes), status=422)
    assert says in page.text
    assert "01/05/2024" in page.text
    notice = mai.htmx("POST", url(card), form(*named, **changes))
    assert notice.status_code == 422
    assert says in notice.text
    assert documents(card) == []


def test_fields_that_no_page_sends_are_taken_as_text(visit, card):
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    strange = {"document_key": "\x00" + "k" * 999, "number": "45\x00/BC", "summary": "Báo\x00 cáo"}
    mai.post(url(card), form(("a\x00.pdf", PDF), **strange), status=303)
    (document,) = documents(card)
    assert (document.number, document.summary, document.files[0].name) == ("45/BC", "Báo cáo", "a.pdf")


def test_a_foreign_duty_is_seen_but_takes_nothing(visit, card):
    binh = visit("binh")
    assert "Thêm văn bản" not in binh.get(f"/cards/{card.id}").text
    refused = binh.post(url(card), form(("a.pdf", PDF)), status=403)
    assert "Chỉ xem: nhiệm vụ của đơn vị khác." in refused.text
    assert documents(card) == []


def test_a_body_beyond_the_limit_is_refused_unread(app, visit, card, monkeypatch):
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    monkeypatch.setattr(app.view_functions["evidence.add"], "upload_limit", lambda: 5_000)
    assert mai.post(url(card), form(("a.pdf", PDF + bytes(9_000)))).status_code == 413
    assert documents(card) == []


def test_the_limit_of_the_form_follows_the_setting(app):
    assert front_door.upload_limit(app, "evidence.add")() == 10 * 100_000_000 + 1_000_000


def test_a_full_disk_answers_507_in_vietnamese(visit, card, monkeypatch):
    def full(_number):
        raise OSError(errno.ENOSPC, "full")

    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        refused = mai.post(url(card), form(("a.pdf", PDF)), status=507)
    assert "Kho lưu tệp đã đầy" in refused.text
    mai.post(url(card), form(("a.pdf", PDF)), status=303)


def test_a_file_that_another_unit_gave_is_pointed_out_to_who_gives_it(visit, world, card):
    prove("nam", world.card("III.10.a", "P. Ea Tam"), installed_store(), number="12/BC-UBND")
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    answer = mai.post(url(card), form(("a.pdf", PDF)), status=303)
    page = mai.get(answer.location.split("#")[0])
    assert "trùng với tệp" in page.text
    assert "12/BC-UBND" in page.text


def test_a_review_by_the_form_comes_back_to_its_document(visit, card):
    given = prove("mai", card, installed_store())
    given_id, version = given.id, given.version
    ha = visit("ha")
    ha.get(f"/cards/{card.id}")
    refused = ha.post(f"/evidence/{given_id}/review", {"version": version, "review": "lacking"}, status=422)
    assert "Nêu rõ nội dung cần bổ sung." in refused.text
    said = {"version": version, "review": "lacking", "reason": "Thiếu dấu"}
    answer = ha.post(f"/evidence/{given_id}/review", said, status=303)
    assert answer.location.endswith(f"#minh-chung-{given_id}")
    late = ha.post(f"/evidence/{given_id}/review", {"version": version, "review": "valid"}, status=409)
    assert "Thiếu dấu" in late.text
    assert documents(card)[0].review is Review.LACKING


@pytest.mark.parametrize("said", [{"review": "valid"}, {"version": 1}, {"version": 1, "review": "signed"}])
def test_a_review_that_no_form_sends_is_a_bad_request(said, visit, card):
    given_id = prove("mai", card, installed_store()).id
    ha = visit("ha")
    assert ha.post(f"/evidence/{given_id}/review", said).status_code == 400


@pytest.fixture
def opened(visit, card):
    """Visit a file of the card as somebody."""

    def visit_file(who, *, status=200, **said):
        document = prove("mai", reread(card), installed_store(), **said)
        file_id = document.files[0].id
        return visit(who).get(f"/evidence-files/{file_id}", status=status)

    return visit_file


def test_a_file_goes_out_as_it_came_in_and_never_as_a_page_of_this_site(opened):
    answer = opened("ha")
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=\"bao-cao.pdf\"; filename*=UTF-8''bao-cao.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Length"] == str(len(PDF))


def test_a_name_cannot_reach_into_the_headers(visit, mai, card):
    said = Particulars(EvidenceKind.MEDIA, "Ảnh")
    sent = [Incoming('Ảnh "1"; x=\r\nSet-Cookie: a=b.pdf', io.BytesIO(PDF))]
    given = operations.add_evidence(mai, card, said, sent, store=installed_store(), limit_bytes=9999)
    answer = visit("mai").get(f"/evidence-files/{given.files[0].id}")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="Anh 1 x Set-Cookie ab.pdf"; '
        "filename*=UTF-8''%E1%BA%A2nh%20%221%22%3B%20x%3D%20Set-Cookie%3A%20a%3Db.pdf"
    )
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("who", "ordinary", "restricted"),
    [
        ("lan", 200, 200),
        ("mai", 200, 200),
        ("ha", 200, 200),
        ("son", 200, 403),
        ("binh", 403, 403),
        ("yen", 403, 403),
        ("quantri", 403, 403),
    ],
)
def test_files_open_for_those_who_need_them(who, ordinary, restricted, opened):
    opened(who, status=ordinary)
    refused = opened(who, status=restricted, restricted=True)
    assert restricted == 200 or PDF not in refused.data


def test_a_coordinating_unit_opens_the_files_of_its_duty(visit, world):
    document = prove("mai", world.card("III.7.b"), installed_store())
    file_id = document.files[0].id
    assert visit("binh").get(f"/evidence-files/{file_id}").data == PDF


def test_every_download_is_logged_and_a_refused_one_is_not(opened, ha):
    opened("ha", restricted=True)
    opened("son", status=403, restricted=True)
    db.session.rollback()
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "evidence.open")).all()
    assert (entry.actor_id, entry.subject_type) == (ha.id, "EvidenceFile")
    assert json.loads(entry.changes)["restricted"] is True


@pytest.mark.parametrize(("restricted", "status"), [(False, 200), (True, 503)])
def test_while_nothing_can_be_written_only_files_that_need_no_log_are_handed_out(
    restricted, status, opened, monkeypatch
):
    def busy(*_args):
        raise Busy(database.BUSY)

    monkeypatch.setattr(operations, "record_download", busy)
    opened("ha", status=status, restricted=restricted)


def test_a_row_without_its_file_is_an_alarm_and_says_so(visit, card, caplog):
    file = prove("mai", card, installed_store()).files[0]
    installed_store().remove(file.storage_key)
    answer = visit("ha").get(f"/evidence-files/{file.id}", status=500)
    assert "Không đọc được tệp này trong kho lưu" in answer.text
    assert any(record.levelname == "CRITICAL" for record in caplog.records)


@pytest.mark.parametrize("path", ["/evidence-files/999999", "/evidence-files/99999999999999999999"])
def test_a_file_that_is_not_there_is_not_found(path, visit):
    visit("ha").get(path, status=404)


def test_a_stranger_reaches_no_file_and_no_form(visit, card):
    file_id = prove("mai", card, installed_store()).files[0].id
    stranger = visit(None)
    assert "/login" in stranger.get(f"/evidence-files/{file_id}", status=303, follow=False).location
    assert stranger.post(url(card), form(("a.pdf", PDF))).status_code in (400, 401)


def test_a_plain_form_is_told_everything_that_is_wrong_at_once(visit, card):
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    answer = mai.post(url(card), form(("a.pdf", PDF), summary="", issued_on="31/02/2024", link="javascript:alert(1)"))
    assert answer.status_code == 422
    wrong = re.findall(r'id="(trich-yeu|ban-hanh|lien-ket)-e"', answer.text)
    assert wrong == ["ban-hanh", "trich-yeu", "lien-ket"]
    assert documents(card) == []
