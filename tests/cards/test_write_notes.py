"""What people write on a duty: who may, what must be said, what is kept, and what the workbook makes of it."""

import pytest
from sqlalchemy import select

from app.board.views.card import Today
from app.cards.models import CardEvent
from app.cards.moves import Deed, MoveInput, open_to
from app.cards.notes import operations, queries
from app.cards.notes.models import CardNote, NoteKind, Period
from app.cards.notes.rules import NoteInput
from app.cards.state import EventKind, Status
from app.core.errors import Forbidden, Refused
from app.extensions import db
from app.organisation.settings import Settings
from app.summaries.queries.progress import progress
from tests.conftest import reread
from tests.world import TODAY, move, person


def write(who, card, kind=NoteKind.PROGRESS, text="Đã tổ chức 2 lớp tập huấn", **said):
    return operations.add_note(person(who), card, NoteInput(kind, text, **said))


def current(card):
    db.session.rollback()
    return [(note.kind, note.text) for note in queries.notes(card.id).current]


@pytest.fixture
def standing(world):
    """III.7.b of Phòng Giáo dục và Đào tạo, with Phòng Văn hóa và Thông tin: a standing duty, Chưa thực hiện."""
    return world.card("III.7.b")


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("lan", NoteKind.PROGRESS),
        ("duc", NoteKind.PROPOSAL),
        ("mai", NoteKind.DIFFICULTY),
        ("binh", NoteKind.COORDINATION),
        ("binh", NoteKind.DIFFICULTY),
    ],
)
def test_people_of_the_units_that_work_on_a_duty_write_and_the_card_shows_it(who, kind, world):
    card = world.card("III.7.b")
    version = card.version
    note = write(who, card, kind)
    assert (note.author_id, note.on_behalf, note.unit_id in person(who).unit_ids) == (person(who).id, False, True)
    assert current(card) == [(kind, "Đã tổ chức 2 lớp tập huấn")]
    assert reread(card).version == version + 1


@pytest.mark.parametrize("who", ["son", "quantri", "yen", "hoa", "binh"])
def test_others_do_not_write(who, card):
    with pytest.raises(Forbidden):
        write(who, card)
    assert current(card) == []


@pytest.mark.parametrize(
    ("who", "said", "field"),
    [
        ("lan", {"kind": None}, "kind"),
        ("lan", {"kind": NoteKind.COORDINATION}, "kind"),
        ("binh", {"kind": NoteKind.PROGRESS}, "kind"),
        ("binh", {"kind": NoteKind.RESULT, "period": Period.HALF}, "kind"),
        ("lan", {"text": ""}, "note"),
        ("lan", {"text": "a" * 4001}, "note"),
        ("ha", {}, "document_number"),
        ("ha", {"document_number": "1" * 101}, "document_number"),
        ("ha", {"document_number": "45/BC", "document_on": TODAY.replace(day=11)}, "document_on"),
        ("ha", {"document_number": "45/BC", "kind": NoteKind.COORDINATION}, "coordinating"),
        ("ha", {"document_number": "45/BC", "kind": NoteKind.COORDINATION, "coordinating_id": 9999}, "coordinating"),
    ],
)
def test_a_note_says_what_it_must(who, said, field, world):
    card = world.card("III.7.b")
    with pytest.raises(Refused) as refusal:
        write(who, card, **said)
    assert refusal.value.field == field
    assert current(card) == []


def test_the_same_words_sent_twice_are_written_once(card):
    write("lan", card)
    with pytest.raises(Refused, match="đã được ghi"):
        write("lan", card)
    assert len(current(card)) == 1


def test_the_office_writes_for_the_unit_and_for_a_body_that_has_no_account(world):
    card = world.card("III.7.a")
    named = next(c for c in card.action.coordinating if "Thành đoàn" in c.name)
    write("ha", card, document_number="45/BC-GDĐT", document_on=TODAY)
    note = write(
        "ha", card, NoteKind.COORDINATION, "Cử 5 báo cáo viên", document_number="7/TĐ", coordinating_id=named.id
    )
    assert (note.on_behalf, note.unit_name, note.document_number) == (True, named.name, "7/TĐ")
    first = queries.notes(card.id).current[0]
    assert (first.unit_id, first.on_behalf, first.document_on) == (card.unit_id, True, TODAY)


def test_the_writer_corrects_a_note_and_the_old_words_are_kept(card):
    note = write("mai", card)
    version = reread(card).version
    newer = operations.correct_note(person("mai"), queries.note(note.id), "Đã tổ chức 3 lớp")
    found = queries.notes(card.id)
    assert [n.text for n in found.current] == ["Đã tổ chức 3 lớp"]
    assert [n.text for n in found.replaced_by(newer)] == ["Đã tổ chức 2 lớp tập huấn"]
    assert reread(card).version == version + 1
    with pytest.raises(Refused, match="bản mới nhất"):
        operations.correct_note(person("mai"), queries.note(note.id), "Đã tổ chức 4 lớp")


@pytest.mark.parametrize("who", ["lan", "ha", "binh", "son"])
def test_nobody_else_corrects_it(who, card):
    note = write("mai", card)
    with pytest.raises(Forbidden):
        operations.correct_note(person(who), queries.note(note.id), "khác")


def test_a_finished_duty_takes_only_what_comes_after_it(world):
    card = world.card("III.9.a")
    move("hoa", card, Deed.ANSWER)
    write("hoa", reread(card))  # a request stays open
    dropped = world.card("III.7.c")
    move("son", dropped, Deed.DROP, _paper())
    with pytest.raises(Refused, match="đã khép lại"):
        write("lan", reread(dropped))


def _paper():
    return MoveInput(document_number="1/QĐ-UBND")


@pytest.mark.parametrize("who", ["mai", "lan", "ha"])
def test_a_difficulty_is_resolved_by_its_unit_or_the_office(who, card):
    note = write("mai", card, NoteKind.DIFFICULTY, "Thiếu kinh phí")
    version = reread(card).version
    operations.resolve_note(person(who), queries.note(note.id))
    found = queries.notes(card.id)
    assert (found.open_difficulties, found.current[0].resolved_by_id) == ((), person(who).id)
    assert reread(card).version == version + 1
    with pytest.raises(Refused, match="đã giải quyết"):
        operations.resolve_note(person(who), queries.note(note.id))
    with pytest.raises(Refused, match="đã giải quyết"):
        operations.correct_note(person("mai"), queries.note(note.id), "khác")


def test_only_a_difficulty_is_resolved_and_only_by_its_own(world):
    card = world.card("III.7.b")
    proposal, difficulty = write("lan", card, NoteKind.PROPOSAL), write("lan", card, NoteKind.DIFFICULTY)
    with pytest.raises(Refused, match="Chỉ khó khăn"):
        operations.resolve_note(person("lan"), queries.note(proposal.id))
    for who in ("binh", "son", "quantri"):
        with pytest.raises(Forbidden):
            operations.resolve_note(person(who), queries.note(difficulty.id))


def test_the_first_result_of_a_standing_duty_puts_it_in_work_for_good(standing):
    write("mai", standing, NoteKind.RESULT, "12 buổi", period=Period.HALF)
    card = reread(standing)
    assert (card.status, card.results_noted) == (Status.DOING, 1)
    event = db.session.scalars(select(CardEvent).where(CardEvent.card_id == card.id)).one()
    assert (event.kind, event.to_status, event.card_version) == (EventKind.RESULT_NOTED, Status.DOING, card.version)
    assert Deed.UNSTART not in {m.deed for m in open_to(person("lan"), card)}
    with pytest.raises(Refused, match="đã có kết quả theo kỳ"):
        move("lan", card, Deed.UNSTART)
    with pytest.raises(Refused, match="ghi theo kỳ"):
        move("lan", reread(card), Deed.SEND)


def test_a_result_for_the_same_period_replaces_it_and_keeps_it(standing):
    write("mai", standing, NoteKind.RESULT, "12 buổi", period=Period.HALF)
    write("lan", reread(standing), NoteKind.RESULT, "14 buổi", period=Period.HALF)
    write("lan", reread(standing), NoteKind.RESULT, "30 buổi", period=Period.YEAR)
    found = queries.notes(standing.id)
    assert [(p, n.text, n.period_year) for p, n in found.results.items()] == [
        (Period.HALF, "14 buổi", 2024),
        (Period.YEAR, "30 buổi", 2024),
    ]
    assert (reread(standing).results_noted, db.session.query(CardEvent).count()) == (2, 1)


def test_a_result_needs_its_period(standing):
    with pytest.raises(Refused) as refusal:
        write("mai", standing, NoteKind.RESULT)
    assert refusal.value.field == "period"
    assert (reread(standing).status, db.session.query(CardNote).count()) == (Status.TODO, 0)


def test_an_ordinary_duty_has_no_results_per_period(card):
    with pytest.raises(Refused) as refusal:
        write("lan", card, NoteKind.RESULT, period=Period.HALF)
    assert refusal.value.field == "kind"


def test_the_workbook_tells_results_what_coordinating_units_did_and_open_difficulties(standing):
    for who, kind, text in (
        ("lan", NoteKind.PROGRESS, "cũ"),
        ("lan", NoteKind.PROGRESS, "mới"),
        ("binh", NoteKind.COORDINATION, "4 buổi"),
        ("binh", NoteKind.DIFFICULTY, "thiếu loa"),
        ("lan", NoteKind.DIFFICULTY, "thiếu lớp"),
    ):
        last = write(who, reread(standing), kind, text)
    line = pl1(standing)
    assert line.result == "mới\nPhòng Văn hóa và Thông tin phối hợp: 4 buổi"
    assert line.difficulties == "Phòng Văn hóa và Thông tin: thiếu loa\nthiếu lớp"
    write("mai", reread(standing), NoteKind.RESULT, "12 buổi", period=Period.HALF)
    assert pl1(standing).result.startswith("6 tháng đầu năm 2024: 12 buổi\n")
    operations.resolve_note(person("ha"), queries.note(last.id))
    assert pl1(standing).difficulties == "Phòng Văn hóa và Thông tin: thiếu loa"


def pl1(card):
    card = reread(card)
    sections = progress(card.plan_id, card.unit_id, Today(TODAY, Settings())).sections
    return next(r for s in sections for r in s.rows if r.clause == card.action.clause.address)
