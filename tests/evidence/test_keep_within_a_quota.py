"""A unit's quota of storage: told before sending, judged as the file is written, nothing stays of what is refused."""

import io
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from app.cards.models import Card
from app.core.errors import TooLarge
from app.evidence import queries
from app.evidence.models import EvidenceKind
from app.evidence.operations import add_evidence
from app.evidence.particulars import Particulars
from app.extensions import db
from app.files.store import FileStore, Incoming
from app.organisation.models import Setting
from app.organisation.operations.settings import change_settings, version
from tests.conftest import reread
from tests.evidence.test_upload_and_open import documents, form, url
from tests.world import PDF, person, prove


@pytest.fixture
def quota(world):
    """Let the office give each unit so many megabytes."""

    def give(megabytes):
        change_settings(person("quantri"), {"unit_quota_mb": str(megabytes)}, seen_version=version())

    return give


def test_what_is_left_is_told_before_sending(visit, card, store, quota):
    assert "hạn mức lưu trữ" not in visit("mai").get(f"/cards/{card.id}").text
    prove("mai", card, store)
    quota(2)
    page = visit("mai").get(f"/cards/{card.id}").text
    left = 2_000_000 - queries.bytes_of(card.unit_id)
    assert f'data-room="{left}"' in page
    assert "trong hạn mức lưu trữ 2 MB" in page


@contextmanager
def sums():
    """The statements within this that count the bytes of files."""
    said = []

    def note(_connection, _cursor, statement, values, *_more):
        if "sum(evidence_file.size)" in statement:
            said.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def send(browser, card, name, status):
    """One file of 0,4 MB by the upload script, as a document of its own."""
    sent = form((name, PDF + name.encode() + bytes(400_000)), document_key=name, number=name)
    return browser.htmx("POST", url(card), sent, status=status)


def test_what_fits_is_taken_until_it_is_full_and_nothing_stays_of_what_is_refused(visit, card, store, quota):
    quota(1)
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    for name in ("a.pdf", "b.pdf"):
        send(mai, card, name, 201)
    before = store.keys()
    assert "vượt hạn mức lưu trữ 1 MB thêm 1 MB" in send(mai, card, "c.pdf", 413).text
    assert (len(documents(card)), reread(card).evidence_total, store.keys()) == (2, 2, before)


def test_what_was_typed_comes_back_with_the_refusal(visit, card, quota):
    quota(1)
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    for name in ("a.pdf", "b.pdf"):
        send(mai, card, name, 201)
    answer = mai.post(url(card), form(("c.pdf", PDF + bytes(400_000)), document_key="c", summary="Chưa gửi được"))
    assert answer.status_code == 413
    assert "Chưa gửi được" in answer.text
    assert "vượt hạn mức" in answer.text


@pytest.fixture
def full(visit, card, quota):
    """A browser of a unit that has more than the quota allows, since the office lowered it afterwards."""
    mai = visit("mai")
    mai.get(f"/cards/{card.id}")
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        send(mai, card, name, 201)
    quota(1)
    return mai


def test_a_document_without_a_file_is_taken_though_the_unit_is_full(full, card):
    full.post(url(card), form(document_key="chi-so", number="46/BC-GDĐT"), status=303)
    assert documents(card)[-1].number == "46/BC-GDĐT"


def test_a_file_sent_again_after_a_lost_answer_counts_as_saved_though_the_unit_is_full(full, card, store):
    before = store.keys()
    send(full, card, "c.pdf", 201)
    assert (len(documents(card)), store.keys()) == (3, before)


def test_a_full_unit_is_told_that_nothing_is_left(full, card):
    page = full.get(f"/cards/{card.id}").text
    assert 'data-room="0"' in page
    send(full, card, "d.pdf", 413)


def test_another_unit_has_its_own(visit, card, world, quota):
    quota(1)
    mai, binh = visit("mai"), visit("binh")
    other = db.session.scalars(select(Card).where(Card.unit_id == world.unit("Phòng VH&TT").id)).first()
    for browser, own in ((mai, card), (mai, card), (binh, other)):
        browser.get(f"/cards/{own.id}")
        send(browser, own, f"{len(documents(own))}.pdf", 201)


def test_without_a_quota_nothing_is_counted(visit, card):
    with sums() as said:
        mai = visit("mai")
        mai.get(f"/cards/{card.id}")
        mai.post(url(card), form(("a.pdf", PDF)), status=303)
    assert said == []


def test_the_board_counts_nothing_though_there_is_a_quota(visit, card, quota):
    quota(1)
    mai = visit("mai")
    with sums() as said:
        mai.get("/board")
        mai.get("/list")
        visit("hoa").get(f"/cards/{card.id}")  # who may give nothing is shown no form
    assert said == []
    with sums() as said:
        mai.get(f"/cards/{card.id}")
    ((statement, values),) = said
    steps = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert all(step[3].startswith("SEARCH") for step in steps), steps


def test_what_a_coordinating_unit_gives_counts_for_the_unit_of_the_card(visit, world, quota):
    quota(1)
    card, binh = world.card("III.7.b"), visit("binh")
    binh.get(f"/cards/{card.id}")
    send(binh, card, "a.pdf", 201)
    db.session.rollback()
    assert queries.bytes_of(card.unit_id) > 400_000
    assert queries.bytes_of(world.unit("Phòng VH&TT").id) == 0
    assert f'data-room="{1_000_000 - queries.bytes_of(card.unit_id)}"' in binh.get(f"/cards/{card.id}").text


@pytest.mark.both_databases
def test_of_two_files_that_come_at_once_only_one_takes_what_is_left(card, store):
    class Slow(FileStore):
        def put(self, stream, limit_bytes):
            kept = store.put(stream, limit_bytes)
            give("lan", "b.pdf", store)
            return kept

    before = store.keys()

    def give(who, name, into):
        incoming = [Incoming(name, io.BytesIO(PDF + name.encode() + bytes(600_000)))]
        sizes = {"limit_bytes": 1_000_000, "quota_bytes": 1_000_000}
        return add_evidence(person(who), card, Particulars(EvidenceKind.REPORT, name), incoming, store=into, **sizes)

    with pytest.raises(TooLarge, match="vượt hạn mức lưu trữ 1 MB"):
        give("mai", "a.pdf", Slow(store._root))
    db.session.rollback()
    assert [file.name for document in documents(card) for file in document.files] == ["b.pdf"]
    assert len(store.keys()) == len(before) + 1


def test_a_file_of_a_refused_change_does_not_stay_in_the_store(card, store, monkeypatch):
    def busy(*_args):
        raise TooLarge("đầy")

    monkeypatch.setattr("app.evidence.operations._place", busy)
    before = store.keys()
    with pytest.raises(TooLarge):
        prove("mai", card, store)
    assert store.keys() == before


def test_who_manages_units_sees_what_each_has_used(visit, card, quota):
    mai, admin = visit("mai"), visit("quantri")
    mai.get(f"/cards/{card.id}")
    send(mai, card, "a.pdf", 201)
    page = f"/units/{card.unit_id}"
    assert "Đã dùng 400 kB; chưa đặt hạn mức lưu trữ." in admin.get(page).text
    quota(1)
    assert "Đã dùng 400 kB trong hạn mức lưu trữ 1 MB." in admin.get(page).text
    mai.get(page, status=403)


@pytest.mark.parametrize("said", ["", "  ", "0"])
def test_a_quota_that_is_left_blank_is_none(visit, card, quota, said):
    quota(1)
    visit("quantri").post("/settings", {"unit_quota_mb": said, "version": str(version())}, status=303)
    db.session.rollback()
    assert db.session.get(Setting, "unit_quota_mb").value == "0"
    assert "data-room" not in visit("mai").get(f"/cards/{card.id}").text


@pytest.mark.parametrize("said", ["-1", "1.5", "nhiều", "9999999999"])
def test_a_quota_that_is_no_number_is_refused_at_its_field(visit, said):
    admin = visit("quantri")
    page = admin.get("/settings").text
    assert 'name="unit_quota_mb"' in page
    answer = admin.post("/settings", {"unit_quota_mb": said, "version": str(version())})
    assert answer.status_code == 422
    assert "Nhập số nguyên từ 0 đến 1000000" in answer.text
    assert db.session.get(Setting, "unit_quota_mb") is None
