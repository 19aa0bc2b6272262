"""A visit is recorded content by content, once, by its team, and closed when nothing is missing."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.files.store import FileStore, Incoming
from app.inspections.models import Figure
from app.inspections.visits.models import FileRole, Rating, VisitFile, VisitFinding, VisitStatus
from app.inspections.visits.operations import closing, files
from app.inspections.visits.operations.closing import Summed
from app.inspections.visits.operations.files import Sent
from app.inspections.visits.operations.findings import Overtaken, parsed
from tests.inspections.stage import a_visit, conclude, contents, record, record_all, seen
from tests.world import PDF, TODAY, person

pytestmark = pytest.mark.both_databases

JSON = {"Accept": "application/json"}


def add(visit, store, role=FileRole.DOCUMENT, key=None, who="binh", name="a.pdf", content=None):
    sent = Sent(Incoming(name, io.BytesIO(PDF)), role, content, key)
    return files.add_file(person(who), visit, sent, store=store, limit_bytes=1_000_000)


def test_a_content_sent_ten_times_is_written_once_and_two_devices_are_told(app, binh):
    visit = a_visit("binh", "ha")
    first = record(visit, client_key="may-1")
    assert [record(visit, client_key="may-1").repeated for _time in range(9)] == [True] * 9
    with pytest.raises(Overtaken) as overtaken:
        record(visit, who="ha", client_key="may-2", remark="Ghi trên máy thứ hai")
    assert overtaken.value.finding.remark == "Đã ban hành kế hoạch"
    record(visit, who="ha", client_key="may-3", remark="Cả hai ý", seen_version=first.version)
    assert record(visit, client_key="may-1").repeated, "an old key is still known after others wrote"
    (finding,) = seen(visit.id).findings
    assert (finding.remark, finding.recorded_by_name) == ("Cả hai ý", "Ha")
    assert seen(visit.id).status is VisitStatus.IN_PROGRESS
    with pytest.raises(Refused, match="đã dùng cho nội dung khác"):
        record(visit, 1, client_key="may-1")


def test_who_is_not_of_the_team_records_nothing_and_nobody_before_the_day(app, chi, binh):
    visit = a_visit("binh")
    for who in ("chi", "yen", "lan"):
        with pytest.raises(Forbidden, match="thành viên đoàn"):
            record(visit, who=who)
    later = a_visit("binh", day=TODAY + timedelta(days=1), name="Đợt hai")
    with pytest.raises(Refused, match="chưa đến ngày"):
        record(later)
    with pytest.raises(Refused, match="chưa có ngày"):
        record(a_visit("binh", day=None, name="Đợt ba"))
    assert db.session.scalar(select(func.count()).select_from(VisitFinding)) == 0


def test_figures_are_numbers_that_add_up_and_situations_take_no_rating(app):
    women = (Figure("can_bo", "Cán bộ", "người", by_sex=True),)
    assert parsed(women, {"can_bo": {"male": "1.234,5", "female": "3"}})["can_bo"]["total"] == 1237.5
    assert parsed(women, {"can_bo": {}})["can_bo"] == {"total": None, "male": None, "female": None}
    for typed, field in (({"female": "Nguyễn Thị A"}, "female"), ({"total": "5", "male": "1", "female": "3"}, "total")):
        with pytest.raises(Refused) as refused:
            parsed(women, {"can_bo": typed})
        assert refused.value.field == f"can_bo-{field}"
    visit = a_visit("binh")
    for place in range(5):
        with pytest.raises(Refused, match="không xếp mức"):
            record(visit, place, rating=Rating.MET)


def test_a_visit_is_not_closed_with_an_empty_content_unless_a_reason_or_typed_minutes_stand(app, bench, binh):
    visit = a_visit("binh")
    record(visit)
    record(visit, 1, remark="", empty_reason="Đơn vị không có cán bộ nữ thuộc diện quản lý")
    record(visit, 2, remark="")
    with pytest.raises(Refused, match="Tình trạng bạo hành") as refused:
        closing.finish_visit(binh, visit, seen_version=seen(visit.id).version)
    assert "cán bộ nữ" not in refused.value.sentence
    file = add(visit, FileStore(bench.data / "files"), FileRole.MINUTES_TYPED)
    closing.finish_visit(binh, visit, seen_version=seen(visit.id).version)
    assert seen(visit.id).status is VisitStatus.RECORDED
    with pytest.raises(Refused, match="mở lại"):
        files.withdraw_file(binh, file, visit)
    with pytest.raises(Refused, match="mở lại"):
        record(visit, 3)


def test_a_closed_visit_is_reopened_with_a_reason_and_not_after_the_conclusion(app, bench, binh, chi):
    visit = a_visit("binh", "ha")
    record_all(visit)
    version = seen(visit.id).version
    closing.finish_visit(binh, visit, seen_version=version)
    closing.show_draft(binh, visit, seen_version=seen(visit.id).version)
    for who, reason, error in (("ha", "Bổ sung", None), ("binh", "", Refused), ("son", "Bổ sung", Forbidden)):
        if error:
            with pytest.raises(error):
                closing.reopen_visit(person(who), visit, reason, seen_version=seen(visit.id).version)
    closing.reopen_visit(chi, visit, "Bổ sung số liệu quý I", seen_version=seen(visit.id).version)
    found = seen(visit.id)
    assert (found.status, found.draft_seen_at, found.reopened_on) == (VisitStatus.IN_PROGRESS, None, TODAY)
    closing.finish_visit(binh, visit, seen_version=found.version)
    with pytest.raises(Refused, match="biên bản đã ký"):
        closing.note_signed(binh, visit, seen_version=seen(visit.id).version)
    add(visit, FileStore(bench.data / "files"), FileRole.MINUTES_SIGNED)
    found = seen(visit.id)
    kept = {name: getattr(found, name) for name, _text in Summed().texts}
    closing.sum_up(binh, found, Summed(**kept, minutes_on=TODAY), None, seen_version=found.version)
    closing.note_signed(binh, found, seen_version=seen(visit.id).version)
    conclude(found)
    with pytest.raises(Forbidden, match="thông báo kết luận"):
        closing.reopen_visit(chi, seen(visit.id), "Sửa", seen_version=seen(visit.id).version)


def test_a_file_that_was_sent_twice_is_there_once_and_is_taken_out_without_being_lost(app, bench, binh):
    visit, store = a_visit("binh"), FileStore(bench.data / "files")
    place = contents(visit)[1]
    ids = {add(visit, store, key="anh-1", content=place).id for _time in range(10)}
    assert len(ids) == 1
    with pytest.raises(Refused, match="không phải ảnh"):
        add(visit, store, FileRole.PHOTO, key="anh-2")
    with pytest.raises(Forbidden):
        add(visit, store, who="chi", key="anh-3")
    (file,) = db.session.scalars(select(VisitFile)).all()
    files.withdraw_file(binh, file, visit)
    assert store.exists(db.session.scalars(select(VisitFile.storage_key)).one())


def test_what_is_said_of_the_whole_is_not_written_over_a_newer_text(app, binh):
    visit = a_visit("binh", "ha")
    version = seen(visit.id).version
    closing.sum_up(person("ha"), visit, Summed(strengths="Có kế hoạch"), "Đồng ý", seen_version=version)
    with pytest.raises(Stale):
        closing.sum_up(binh, visit, Summed(strengths="Khác"), None, seen_version=version)
    found = seen(visit.id)
    assert (found.strengths, [n.text for n in found.notes]) == ("Có kế hoạch", ["Đồng ý"])


def test_a_device_is_answered_with_data_and_a_page_keeps_both_texts(app, visit):
    held = a_visit("binh", "ha")
    held_id, content_id = held.id, contents(held)[0]
    url = f"/visits/{held_id}/contents/{content_id}"
    binh = visit("binh")
    with app.app_context():
        token = binh.client.get(url, headers=JSON).get_json()["csrf_token"]

    def send(**form):
        with app.app_context():
            return binh.client.post(url, data={"csrf_token": token} | form, headers=JSON)

    assert send(client_key="k1", version=0, remark="Một").get_json() == {"outcome": "saved", "version": 1}
    assert send(client_key="k1", version=0, remark="Một").get_json() == {"outcome": "repeated", "version": 1}
    answer = send(client_key="k2", version=0, remark="Hai")
    assert answer.status_code == 409
    assert answer.get_json()["theirs"]["remark"] == "Một"
    refused = send(client_key="", version=1, remark="Ba")
    assert (refused.status_code, refused.get_json()["outcome"]) == (422, "refused")
    page = binh.post(url, {"client_key": "k4", "version": 0, "remark": "Bốn chữ đã nhập"}, status=409).text
    assert "Một" in page
    assert "Bốn chữ đã nhập" in page
    assert [f.remark for f in seen(held_id).findings] == ["Một"]


def test_what_is_said_of_the_whole_is_overtaken_by_words_alone_and_written_once(app, binh):
    visit = a_visit("binh", "ha")
    texts, version = closing.seen_texts(visit), visit.version
    record(visit)  # begins the visit: a newer version, the same words
    said = {"seen_version": version, "seen": texts, "client_key": "k" * 32}
    closing.sum_up(binh, seen(visit.id), Summed(strengths="Có kế hoạch"), None, **said)
    written = seen(visit.id).version
    closing.sum_up(binh, seen(visit.id), Summed(strengths="Có kế hoạch"), None, **said)
    assert seen(visit.id).version == written
    with pytest.raises(Stale):
        closing.sum_up(person("ha"), seen(visit.id), Summed(), None, **said | {"client_key": "h" * 32})
    assert seen(visit.id).strengths == "Có kế hoạch"
