"""The one door for writes: what it asks first, what it undoes, what it writes down."""

import json
import threading
from datetime import date

import pytest
from sqlalchemy import delete, insert, select, update

from app.accounts.models import Person
from app.accounts.operations import sign_in as accounts
from app.cards.models import Card, CardEvent
from app.cards.moves import Deed
from app.cards.state import EventKind, Status
from app.core import clock, database
from app.core.actor import Role, system
from app.core.audit import AuditEntry, AuditHead
from app.core.change import UnauditedWrite, change, record, request_id
from app.core.errors import Busy, Forbidden, Refused, Stale
from app.core.policy import Permission
from app.extensions import db
from app.organisation.models import Setting, Unit
from tests.conftest import reread
from tests.world import move, person

pytestmark = pytest.mark.both_databases


class Trouble(Exception):
    pass


def start(actor, card, seen=None):
    with change(actor, Permission.CARD_MOVE, card, seen_version=seen):
        card.status = Status.DOING


def test_a_stale_view_is_told_before_anything_else_is_asked(card, binh):
    with pytest.raises(Stale):
        start(binh, card, seen=card.version + 1)


def test_the_policy_is_asked_before_the_deed(card, binh):
    with pytest.raises(Forbidden), change(binh, Permission.CARD_MOVE, card, seen_version=card.version):
        pytest.fail("the body ran")


def test_the_subject_is_read_again_under_the_lock(card, lan):
    version = card.version
    move("duc", card, Deed.START)
    db.session.expire_all()
    with change(lan, Permission.CARD_MOVE, card, seen_version=version + 1):
        assert card.status is Status.DOING


def test_a_subject_that_is_gone_is_refused_with_a_sentence(app):
    setting = Setting(key="k", value="v")
    with change(system(), Permission.UNIT_MANAGE):
        db.session.add(setting)
    with db.engine.begin() as connection:  # somebody else, meanwhile
        connection.execute(delete(Setting.__table__))
    with pytest.raises(Refused, match="không còn trên hệ thống"), change(system(), Permission.UNIT_MANAGE, setting):
        pytest.fail("the body ran")


def test_changes_do_not_nest(card, lan, log):
    before = log.head
    with (
        pytest.raises(RuntimeError, match="opened inside"),
        change(lan, Permission.CARD_MOVE, card),
        change(lan, Permission.CARD_MOVE, card),
    ):
        pytest.fail("the body ran")
    assert log.head == before


@pytest.mark.parametrize(
    "fault", [Trouble(), Refused("không"), KeyboardInterrupt()], ids=["fault", "refusal", "interrupt"]
)
def test_whatever_the_body_raises_undoes_the_whole(card, lan, log, fault):
    before = log.head

    def fail():
        with change(lan, Permission.CARD_MOVE, card):
            card.status = Status.DOING
            db.session.flush()
            raise fault

    with pytest.raises(type(fault)):
        fail()
    assert reread(card).status is Status.TODO
    assert log.head == before
    start(lan, card)
    assert reread(card).status is Status.DOING


def test_an_audited_write_outside_the_door_raises(card):
    card.status = Status.DOING
    with pytest.raises(UnauditedWrite):
        db.session.commit()
    db.session.rollback()
    assert reread(card).status is Status.TODO


def test_an_audited_delete_outside_the_door_raises(card):
    db.session.delete(db.session.get_one(Card, card.id))
    with pytest.raises(UnauditedWrite):
        db.session.flush()
    db.session.rollback()


def test_audited_rows_in_a_transaction_of_their_own_raise(app):
    with pytest.raises(UnauditedWrite), database.independent_write(db.engine) as session:
        session.add(Setting(key="k", value="v"))


@pytest.mark.parametrize(
    "statement",
    [
        update(Card).values(status=Status.DONE),
        delete(CardEvent),
        insert(Setting).values(key="k", value="v"),
        update(Card.__table__).values(status="done"),
        delete(Unit.__table__),
        insert(Setting.__table__).values(key="k", value="v"),
    ],
    ids=["orm update", "orm delete", "orm insert", "core update", "core delete", "core insert"],
)
def test_bulk_writes_to_audited_tables_raise_even_inside_the_door(card, lan, statement):
    with pytest.raises(UnauditedWrite), change(lan, Permission.CARD_MOVE, card):
        db.session.execute(statement)


def test_a_lock_that_cannot_be_had_is_a_refusal_and_reading_goes_on(app, card, lan, monkeypatch):
    with Holding(app):
        shorten_patience(monkeypatch)
        with pytest.raises(Busy) as refused:
            start(lan, card)
        assert refused.value.status == 503
        assert db.session.scalar(select(Card.status).where(Card.id == card.id)) is Status.TODO
    start(lan, reread(card))
    assert reread(card).status is Status.DOING


def test_a_form_sent_while_the_lock_is_held_is_answered_503_with_its_sentence(app, card, visit, monkeypatch):
    lan = visit("lan")
    lan.get(f"/cards/{card.id}")
    with Holding(app):
        shorten_patience(monkeypatch)
        form = {"to": "doing", "version": card.version, "reason": "ghi chú của Lan"}
        answer = lan.post(f"/cards/{card.id}/placement", form, status=503)
        assert "Hãy thử lại sau ít phút" in answer.text
        fragment = lan.htmx("POST", f"/cards/{card.id}/placement", form)
        assert (fragment.status_code, fragment.headers["HX-Retarget"]) == (503, "#notices")
        lan.get("/list")
    lan.post(f"/cards/{card.id}/placement", form, status=303)


def test_of_two_who_saw_the_same_version_one_loses(app, card):
    card_id, seen, told = card.id, card.version, []
    ready = threading.Barrier(2, timeout=30)

    def press(who):
        with app.app_context(), clock.at(date(2024, 5, 10)):
            theirs = db.session.get_one(Card, card_id)
            actor = person(who)
            ready.wait()
            try:
                start(actor, theirs, seen)
                told.append("moved")
            except Stale:
                told.append("stale")
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=press, args=(who,)) for who in ("lan", "duc")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["moved", "stale"]
    assert reread(card).version == seen + 1


def test_a_row_read_before_the_door_and_changed_since_is_stale_by_its_version_column(app, card, lan):
    other = db.session.get_one(Unit, card.unit_id)
    name, seen = other.name, other.version

    def rename():
        with change(lan, Permission.CARD_MOVE, card):
            unit = db.session.get_one(Unit, card.unit_id)
            assert (unit.name, unit.version) == (name, seen)
            db.session.connection().execute(update(Unit.__table__).where(Unit.id == unit.id).values(version=seen + 7))
            unit.name = "Phòng khác"

    with pytest.raises(Stale):
        rename()
    assert db.session.get_one(Unit, card.unit_id).name == name


def test_the_log_has_one_row_for_each_row_touched(card, lan, log):
    last = log.head.sequence
    event = move("lan", card, Deed.START)
    card_row, event_row = sorted(log.rows(after=last), key=lambda row: row["subject_type"])
    assert (card_row["subject_type"], card_row["subject_id"]) == ("Card", str(card.id))
    assert (event_row["subject_type"], event_row["subject_id"]) == ("CardEvent", str(event.id))
    assert {row["actor_id"] for row in (card_row, event_row)} == {lan.id}
    assert {row["action"] for row in (card_row, event_row)} == {Permission.CARD_MOVE}
    assert json.loads(card_row["changes"]) == {"status": ["todo", "doing"]}
    assert json.loads(event_row["changes"])["kind"] == [None, EventKind.MOVED]


def test_a_row_flushed_twice_in_one_change_says_each_step(card, lan, log):
    last = log.head.sequence
    with change(lan, Permission.CARD_MOVE, card):
        card.status = Status.DOING
        db.session.flush()
        card.status = Status.WAITING
    steps = [json.loads(row["changes"])["status"] for row in log.rows(after=last)]
    assert steps == [["todo", "doing"], ["doing", "waiting"]]


def test_the_old_value_is_known_even_of_a_row_that_was_not_read_yet(log):
    last = log.head.sequence
    with change(system(), Permission.PLAN_INTAKE):
        unit = db.session.get_one(Unit, 10)
        name = unit.name
        db.session.expire(unit)
        unit.name = "Phòng khác"
    assert json.loads(log.rows(after=last)[0]["changes"])["name"] == [name, "Phòng khác"]


def test_a_deleted_row_leaves_its_last_values_behind(app, log):
    with change(system(), Permission.UNIT_MANAGE):
        db.session.add(Setting(key="office", value="UBND"))
    last = log.head.sequence
    with change(system(), Permission.UNIT_MANAGE):
        db.session.delete(db.session.get_one(Setting, "office"))
    (row,) = log.rows(after=last)
    assert row["subject_id"] == "office"
    assert json.loads(row["changes"]) == {"key": ["office", None], "value": ["UBND", None]}


def test_a_change_that_changes_nothing_leaves_no_row(card, lan, log):
    before = log.head
    with change(lan, Permission.CARD_MOVE, card):
        card.status = Status.TODO
    assert log.head == before


def test_reads_that_matter_are_noted_by_hand_with_the_number_of_the_request(card, lan, log):
    last = log.head.sequence
    token = request_id.set("BDG-240510-0801-ABCDEF")
    try:
        record(lan, Permission.BOARD_VIEW, card, {"file": 7})
    finally:
        request_id.reset(token)
    (row,) = log.rows(after=last)
    assert (row["action"], row["subject_type"], row["subject_id"]) == ("board.view", "Card", str(card.id))
    assert (row["changes"], row["request_id"]) == ('{"file":7}', "BDG-240510-0801-ABCDEF")


def test_a_read_that_is_refused_is_not_noted(card, binh, log):
    before = log.head
    with pytest.raises(Forbidden):
        record(binh, Permission.CARD_CONFIRM, card, {})
    assert log.head == before


def test_a_password_hash_is_never_in_the_log(app, log):
    last = log.head.sequence
    made = accounts.create_person(system(), username="moi", name="Người Mới", password="một mật khẩu dài")
    person_id = made.id
    accounts.grant_role(system(), person_id, 1, Role.STAFF)
    with change(system(), Permission.PERSON_MANAGE, made):
        made.password_hash = "$argon2id$khác"
    written = "".join(row["changes"] for row in log.rows(after=last))
    assert "argon2" not in written
    assert "password" not in written
    assert "Người Mới" in written
    assert db.session.get_one(Person, person_id).password_hash == "$argon2id$khác"


def test_the_log_is_kept_in_utc_to_the_microsecond(card, log, time_machine):
    time_machine.move_to("2026-11-24T23:30:00.5+07:00", tick=False)
    move("lan", card, Deed.START)
    assert log.rows()[-1]["at"] == "2026-11-24T16:30:00.500000Z"


def shorten_patience(monkeypatch):
    """Connections opened from now on give up on a lock soon."""
    monkeypatch.setattr(database, "LOCK_TIMEOUT_MS", 60)
    db.session.rollback()
    db.engine.dispose()


class Holding:
    """Somebody who holds the write lock for as long as the block lasts."""

    def __init__(self, app):
        self.app = app

    def __enter__(self):
        db.session.rollback()
        self.connection = db.engine.connect().execution_options(bdg_write=True)
        self.connection.detach()  # closed for good at the end, whatever became of the pool
        self.connection.execute(update(AuditHead.__table__).values(sequence=AuditHead.__table__.c.sequence))

    def __exit__(self, *_):
        self.connection.rollback()
        self.connection.close()
        db.session.rollback()
        db.engine.dispose()


def test_the_sequence_has_no_gap_after_refusals(card, lan, binh, log):
    with pytest.raises(Forbidden):
        start(binh, card)
    move("lan", card, Deed.START)
    rows = log.rows()
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    assert (rows[-1]["sequence"], rows[-1]["hash"]) == tuple(log.head)
    assert db.session.scalar(select(AuditEntry.previous_hash).where(AuditEntry.sequence == 1)) == "0" * 64
