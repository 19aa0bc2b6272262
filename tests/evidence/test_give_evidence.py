"""Giving a document to a card: all its files or none, by those who may, once."""

import errno
import hashlib
import io
import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.cards.moves import Deed, MoveInput
from app.cards.state import Status
from app.core import clock
from app.core.audit import AuditEntry
from app.core.errors import Forbidden, Refused, StorageFull, TooLarge
from app.evidence import operations, queries
from app.evidence.models import Evidence, EvidenceFile, EvidenceKind, Review
from app.evidence.particulars import Particulars
from app.extensions import db
from app.files import pending
from app.files.store import FileStore, Incoming, installed_store
from app.plans.models import PlanDraft
from tests.conftest import reread
from tests.files.corpus import JPG
from tests.world import PDF, move, person, prove

pytestmark = pytest.mark.both_databases

SAID = Particulars(kind=EvidenceKind.REPORT, summary="Báo cáo tập huấn", number="45/BC-GDĐT")


@pytest.fixture
def store(app):
    return installed_store()


@pytest.fixture
def on_disk(bench):
    """The number of files in the store, less those that were there at the beginning."""
    before = _count(bench)
    return lambda: _count(bench) - before


def _count(bench):
    return sum(path.is_file() for path in (bench.data / "files").rglob("*"))


def give(who, card, *named, said=SAID, store=None, key=None, limit=1_000_000):
    sent = [Incoming(name, io.BytesIO(data)) for name, data in (named or (("Báo cáo.pdf", PDF),))]
    store = store or installed_store()
    return operations.add_evidence(person(who), card, said, sent, store=store, limit_bytes=limit, document_key=key)


def close(card, store):
    """Bring a card to Hoàn thành."""
    prove("lan", card, store)
    move("lan", reread(card), Deed.SEND)
    move("chi", reread(card), Deed.CONFIRM)
    return reread(card)


def test_a_document_is_on_its_card_with_every_file_as_it_was_signed(mai, card, store):
    version = card.version
    given = give("mai", card, ("Báo cáo 45.pdf", PDF), ("../ảnh\u202e.jpg", JPG))
    assert (given.unit_id, given.uploaded_by_id, given.on_behalf) == (card.unit_id, mai.id, False)
    assert (given.review, given.uploaded_on) == (Review.UNSEEN, clock.today())
    assert [(f.name, f.media_type, f.size) for f in given.files] == [
        ("Báo cáo 45.pdf", "application/pdf", len(PDF)),
        ("ảnh.jpg", "image/jpeg", len(JPG)),
    ]
    assert all(store.verify(file.storage_key, file.sha256) for file in given.files)
    assert given.files[0].sha256 == hashlib.sha256(PDF).hexdigest()
    after = reread(card)
    assert (after.version, after.evidence_total, after.uploader_ids) == (version + 1, 1, {mai.id})


def test_the_log_says_who_gave_what(mai, card):
    given = give("mai", card)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(3)).all()
    assert {entry.subject_type for entry in entries} == {"Card", "Evidence", "EvidenceFile"}
    assert {(entry.actor_id, entry.action) for entry in entries} == {(mai.id, "evidence.add")}
    assert given.files[0].sha256 in "".join(entry.changes for entry in entries)


def test_a_second_document_by_the_same_person_counts_and_names_them_once(mai, card):
    give("mai", card)
    give("mai", reread(card), said=Particulars(EvidenceKind.LETTER, "Công văn", number="46"))
    after = reread(card)
    assert (after.evidence_total, after.uploaders) == (2, str(mai.id))


def test_a_coordinating_unit_gives_as_itself(binh, world):
    given = give("binh", world.card("III.7.b"))
    assert (given.unit.short_name, given.on_behalf) == ("Phòng VH&TT", False)


def test_the_office_gives_on_behalf_of_the_unit_and_names_its_document(ha, card):
    given = give("ha", card)
    assert (given.unit_id, given.on_behalf, given.number) == (card.unit_id, True, "45/BC-GDĐT")


def test_on_behalf_without_a_number_is_refused(card, on_disk):
    with pytest.raises(Refused) as refusal:
        give("ha", card, said=Particulars(EvidenceKind.REPORT, "Báo cáo"))
    assert refusal.value.field == "number"
    assert on_disk() == 0


def test_the_offices_own_card_needs_no_number(world):
    given = give("ha", world.card("III.1.a"), said=Particulars(EvidenceKind.REPORT, "Báo cáo"))
    assert not given.on_behalf


@pytest.mark.parametrize("who", ["binh", "son", "yen", "hoa", "quantri"])
def test_others_are_refused_before_a_byte_is_kept(who, card, on_disk):
    with pytest.raises(Forbidden):
        give(who, card)
    assert on_disk() == 0
    assert reread(card).evidence_total == 0


@pytest.mark.parametrize(
    ("bad", "limit", "kind"),
    [(("c.pdf", b"MZ" + bytes(99)), 1_000_000, Refused), (("c.pdf", PDF * 99), 2_000, TooLarge)],
    ids=["a program", "too large"],
)
def test_one_file_that_is_refused_takes_the_others_with_it_and_is_named(bad, limit, kind, card, on_disk):
    with pytest.raises(kind, match=r"c\.pdf: ") as refusal:
        give("mai", card, ("a.pdf", PDF), ("b.jpg", JPG), bad, limit=limit)
    assert refusal.value.field == "files"
    assert on_disk() == 0
    assert reread(card).evidence_total == 0


def test_a_full_disk_is_said_and_changes_nothing(card, on_disk, monkeypatch):
    def full(_number):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageFull, match="đã đầy"):
            give("mai", card)
    assert on_disk() == 0
    assert give("mai", reread(card)).files


@pytest.mark.parametrize(
    "said",
    [
        Particulars(EvidenceKind.REPORT, ""),
        Particulars(EvidenceKind.REPORT, "Báo cáo", link="javascript:alert(1)"),
        Particulars(EvidenceKind.REPORT, "Báo cáo", issued_on=clock.today() + timedelta(days=99999)),
    ],
    ids=["no summary", "a script as link", "a day to come"],
)
def test_wrong_particulars_are_refused_before_a_byte_is_kept(said, card, on_disk):
    with pytest.raises(Refused):
        give("mai", card, said=said)
    assert on_disk() == 0


def test_a_link_alone_is_a_document(mai, card):
    said = Particulars(EvidenceKind.ARTICLE, "Tin trên cổng", link="https://example.vn/tin")
    given = operations.add_evidence(mai, card, said, [], store=installed_store(), limit_bytes=1)
    assert (given.files, given.link, reread(card).evidence_total) == ([], "https://example.vn/tin", 1)


def test_a_finished_duty_takes_no_more_until_it_is_reopened(card, store):
    done = close(card, store)
    with pytest.raises(Refused, match="Nhiệm vụ đã khép lại"):
        give("mai", done)
    move("chi", reread(card), Deed.REOPEN, MoveInput(reason="Bổ sung"))
    assert give("mai", reread(card))


def test_while_it_waits_a_duty_takes_more(card, store):
    prove("lan", card, store)
    move("lan", reread(card), Deed.SEND)
    give("mai", reread(card))
    after = reread(card)
    assert (after.status, after.evidence_total) == (Status.WAITING, 2)


def test_a_request_takes_papers_after_its_answer(world):
    asked = world.card("III.9.a", "MTTQ")
    move("hoa", asked, Deed.ANSWER)
    assert give("hoa", reread(asked))


def test_a_duty_finished_while_the_file_was_on_its_way_is_not_touched(card, store, on_disk):
    class Slow(FileStore):
        def put(self, stream, limit_bytes):
            kept = store.put(stream, limit_bytes)
            close(card, store)
            return kept

    with pytest.raises(Refused, match="mở lại"):
        give("mai", card, store=Slow(store._root))
    assert reread(card).evidence_total == 1
    assert (store.unnamed(_known_keys(), older_than=timedelta(0)), on_disk()) == ([], 1)  # the one that closed it


def test_a_crash_between_file_and_row_leaves_a_whole_file_that_is_found_and_stays(card, store, on_disk, monkeypatch):
    monkeypatch.setattr(operations, "_place", lambda *args: 1 / 0)
    monkeypatch.setattr(pending, "_remove", lambda *args: None)  # a process that is killed tidies nothing up
    with pytest.raises(ZeroDivisionError):
        give("mai", card)
    assert (on_disk(), reread(card).evidence_total) == (1, 0)
    assert store.unnamed(_known_keys()) == []  # a young one may still get its row
    assert [file.whole for file in store.unnamed(_known_keys(), older_than=timedelta(0))] == [True]
    assert on_disk() == 1


def _known_keys():
    return set(db.session.scalars(select(EvidenceFile.storage_key))) | set(
        db.session.scalars(select(PlanDraft.storage_key))
    )


def test_files_of_one_form_sent_one_by_one_are_one_document(card):
    first = give("mai", card, ("a.pdf", PDF), key="form-1")
    seen = first.version, reread(card).version
    again = give("mai", reread(card), ("b.jpg", JPG), key="form-1")
    assert again.id == first.id
    assert [file.name for file in again.files] == ["a.pdf", "b.jpg"]
    assert (again.version, reread(card).version) == (seen[0] + 1, seen[1] + 1)  # whoever reviews sees that it grew
    assert reread(card).evidence_total == 1


def test_a_file_sent_again_after_a_lost_answer_is_there_once(card, on_disk):
    first = give("mai", card, ("a.pdf", PDF), key="form-1")
    version = reread(card).version
    again = give("mai", reread(card), ("a.pdf", PDF), key="form-1")
    assert (again.id, len(again.files), on_disk()) == (first.id, 1, 1)
    assert reread(card).version == version


def test_the_same_file_twice_in_one_form_is_kept_once(card, on_disk):
    given = give("mai", card, ("a.pdf", PDF), ("b.pdf", PDF))
    assert ([file.name for file in given.files], on_disk()) == (["a.pdf"], 1)


@pytest.mark.parametrize(
    ("who", "said"),
    [("lan", SAID), ("mai", Particulars(EvidenceKind.REPORT, "Báo cáo khác", number="45/BC-GDĐT"))],
    ids=["another person", "other particulars"],
)
def test_the_key_of_a_form_joins_only_one_persons_same_document(who, said, card):
    give("mai", card, ("a.pdf", PDF), key="form-1")
    other = give(who, reread(card), ("b.jpg", JPG), said=said, key="form-1")
    assert [file.name for file in other.files] == ["b.jpg"]
    assert reread(card).evidence_total == 2


def test_a_document_that_was_reviewed_does_not_grow(ha, card):
    first = give("mai", card, ("a.pdf", PDF), key="form-1")
    operations.review_evidence(ha, first, Review.VALID, seen_version=first.version)
    other = give("mai", reread(card), ("b.jpg", JPG), key="form-1")
    assert other.id != first.id
    assert (other.review, reread(card).evidence_total) == (Review.UNSEEN, 2)


def test_the_same_file_from_another_unit_is_pointed_out(world):
    first, second = world.card("III.10.a", "P. Ea Tam"), world.card("III.7.c")
    give("nam", first)
    given = give("mai", second)
    hashes, ward = [file.sha256 for file in given.files], world.unit("P. Ea Tam")
    (twin,) = queries.same_file_elsewhere(hashes, given.unit_id)
    assert (twin.unit_name, twin.number, twin.card_id) == (ward.name, "45/BC-GDĐT", first.id)
    (other,) = queries.same_file_elsewhere(hashes, ward.id)
    assert other.card_id == second.id


def test_evidence_is_never_written_outside_the_door(card):
    given = give("mai", card)
    stored = db.session.get_one(Evidence, given.id)
    stored.summary = "khác"
    with pytest.raises(RuntimeError, match="outside change"):
        db.session.commit()
    db.session.rollback()
