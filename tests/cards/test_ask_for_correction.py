"""What the office enters for a unit is told to it; the unit asks for a correction and the office answers."""

from datetime import timedelta

import pytest

from app.board.views.card import Today, face
from app.cards.moves import Deed, MoveInput
from app.cards.notes import operations as notes
from app.cards.notes import queries
from app.cards.notes.models import Answer, NoteKind, Target
from app.cards.notes.rules import NoteInput
from app.cards.on_behalf import operations as corrections
from app.cards.on_behalf import queries as behalf
from app.cards.operations import moving
from app.cards.queries.rows import row
from app.core import clock
from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.files.store import installed_store
from app.organisation.settings import Settings
from tests.conftest import reread
from tests.world import TODAY, move, person, prove

PAPER = MoveInput(document_number="45/BC-GDĐT", document_on=TODAY)


@pytest.fixture
def entered(card):
    """The office starts III.7.c for its unit."""
    return move("ha", card, Deed.START, PAPER)


def ask(who, card, event, reason="Văn bản số 54, không phải 45"):
    return corrections.ask_correction(person(who), reread(card), Target.EVENT, event.id, reason)


def answer(who, asked, verdict, reason="", seen=None):
    db.session.rollback()
    found = behalf.request(asked.id)
    return corrections.answer_correction(
        person(who), found, verdict, reason, seen_version=found.version if seen is None else seen
    )


def corrections_read_by(who, card):
    db.session.rollback()
    return face(person(who), row(card.id), Today(TODAY, Settings())).corrections


def test_everything_entered_for_a_unit_is_listed_latest_first(card, entered):
    prove("ha", reread(card), installed_store())
    written = NoteInput(NoteKind.PROGRESS, "Đã tập huấn", document_number="46/BC")
    notes.add_note(person("ha"), reread(card), written)
    db.session.rollback()
    listed = behalf.of_card(card.id)
    assert [(e.target, e.what, e.document_number) for e in listed] == [
        (Target.NOTE, "progress", "46/BC"),
        (Target.EVIDENCE, "report", "45/BC-GDĐT"),
        (Target.EVENT, "moved", "45/BC-GDĐT"),
    ]
    assert {(e.unit_id, e.entered_by, e.entered_on) for e in listed} == {(card.unit_id, "Ha", TODAY)}


def test_what_the_unit_does_itself_and_what_was_undone_is_not_listed(card):
    move("lan", card, Deed.START)
    prove("mai", reread(card), installed_store())
    event = move("ha", reread(card), Deed.UNSTART, PAPER)
    moving.undo(person("ha"), reread(card), event.id)
    assert behalf.of_card(card.id) == []


@pytest.mark.parametrize("who", ["lan", "duc", "mai"])
def test_the_unit_asks_and_the_office_sees_it_on_the_card(who, card, entered):
    version = reread(card).version
    asked = ask(who, card, entered)
    assert (asked.is_open, asked.asked_by_name) == (True, who.title())
    assert (reread(card).corrections_open, reread(card).version) == (1, version + 1)
    assert [r.id for r in behalf.open_requests()] == [asked.id]
    assert corrections_read_by("chi", card) == corrections_read_by("mai", card) == "1 đề nghị đính chính"
    assert corrections_read_by("binh", card) == corrections_read_by("quantri", card) == ""


@pytest.mark.parametrize("who", ["binh", "yen", "son", "quantri", "ha", "chi"])
def test_nobody_else_asks(who, card, entered):
    with pytest.raises(Forbidden):
        ask(who, card, entered)
    assert reread(card).corrections_open == 0


@pytest.mark.parametrize("reason", ["", "a" * 2001])
def test_asking_says_why(reason, card, entered):
    with pytest.raises(Refused) as refusal:
        ask("lan", card, entered, reason)
    assert refusal.value.field == "reason"


def test_one_request_at_a_time_and_only_about_what_was_entered_for_the_unit(card, entered):
    ask("lan", card, entered)
    with pytest.raises(Refused, match="chưa trả lời"):
        ask("mai", card, entered)
    own = move("lan", reread(card), Deed.UNSTART)
    with pytest.raises(Refused, match="Không tìm thấy"):
        ask("lan", card, own)
    assert reread(card).corrections_open == 1


@pytest.mark.parametrize(("verdict", "reason"), [(Answer.CORRECTED, ""), (Answer.KEPT, "Đúng theo bản gốc")])
def test_the_office_answers_and_the_unit_may_ask_again(verdict, reason, card, entered):
    asked = ask("lan", card, entered)
    version = reread(card).version
    answered = answer("ha", asked, verdict, reason)
    assert (answered.answer, answered.answered_by_name, answered.answered_on) == (verdict, "Ha", TODAY)
    assert (reread(card).corrections_open, reread(card).version, behalf.open_requests()) == (0, version + 1, [])
    assert corrections_read_by("ha", card) == ""
    with pytest.raises(Refused, match="đã được trả lời"):
        answer("chi", asked, Answer.CORRECTED)
    ask("lan", card, entered)
    assert reread(card).corrections_open == 1


@pytest.mark.parametrize(("verdict", "field"), [(None, "answer"), (Answer.KEPT, "reason")])
def test_an_answer_says_which_and_why_it_stays(verdict, field, card, entered):
    asked = ask("lan", card, entered)
    with pytest.raises(Refused) as refusal:
        answer("ha", asked, verdict)
    assert refusal.value.field == field


def test_only_the_office_answers_and_only_what_it_saw(card, entered):
    asked = ask("lan", card, entered)
    for who in ("lan", "son", "quantri", "binh"):
        with pytest.raises(Forbidden):
            answer(who, asked, Answer.CORRECTED)
    with pytest.raises(Stale):
        answer("ha", asked, Answer.CORRECTED, seen=asked.version + 1)
    assert reread(card).corrections_open == 1


def test_new_entries_wait_for_the_unit_until_it_has_seen_them_or_thirty_days_have_passed(card, entered):
    units = person("lan").unit_ids
    assert [e.target_id for e in behalf.unseen(units)] == [entered.id]
    assert behalf.unseen(person("binh").unit_ids) == []
    for days, count in ((30, 1), (31, 0)):
        with clock.at(TODAY + timedelta(days=days)):
            assert len(behalf.unseen(units)) == count
    with pytest.raises(Forbidden):
        corrections.acknowledge(person("binh"), reread(card))
    corrections.acknowledge(person("mai"), reread(card))
    assert behalf.unseen(units) == []
    later = move("ha", reread(card), Deed.UNSTART, PAPER)
    assert [e.target_id for e in behalf.unseen(units)] == [later.id]


def test_a_note_put_right_is_one_entry_with_what_was_asked_about_it(card, visit):
    first = notes.add_note(
        person("ha"), reread(card), NoteInput(NoteKind.PROGRESS, "Đã mở 2 lớp", document_number="46/BC")
    )
    asked = corrections.ask_correction(person("mai"), reread(card), Target.NOTE, first.id, "Đơn vị mở 3 lớp")
    newer = notes.correct_note(person("ha"), queries.note(first.id), "Đã mở 3 lớp")
    db.session.rollback()
    assert [(e.target, e.target_id) for e in behalf.of_card(card.id)] == [(Target.NOTE, newer.id)]
    assert "Đơn vị mở 3 lớp" in visit("ha").get(f"/cards/{card.id}").text
    answer("ha", asked, Answer.CORRECTED)
    with pytest.raises(Refused, match="Không tìm thấy nội dung"):
        corrections.ask_correction(person("mai"), reread(card), Target.NOTE, first.id, "Còn sai")
