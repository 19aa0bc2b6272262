"""Hoàn tác: one's own last move, ten real seconds long, as a new event that cancels the old."""

import html
from datetime import date, timedelta

import pytest

from app.cards.moves import Deed, MoveInput
from app.cards.operations import moving
from app.cards.queries.rows import events
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.errors import Forbidden, Refused
from app.evidence.models import Review
from app.evidence.operations import review_evidence
from tests.conftest import reread
from tests.deeds import last_event, untouched
from tests.world import TODAY, move, person, prove

pytestmark = pytest.mark.both_databases


@pytest.fixture
def later(monkeypatch):
    """Let real seconds pass, as far as the program can tell."""
    real = clock.now
    passed = timedelta()
    monkeypatch.setattr(clock, "now", lambda: real() + passed)

    def wait(seconds: float) -> None:
        nonlocal passed
        passed += timedelta(seconds=seconds)

    return wait


def undo(who, card, event_id):
    return moving.undo(person(who), reread(card), event_id)


def test_it_is_a_new_event_that_cancels_the_move(proved):
    event_id = move("lan", proved, Deed.START).id
    undone = undo("lan", proved, event_id)
    assert (undone.kind, undone.undoes_id, undone.to_status) == (EventKind.UNDONE, event_id, Status.TODO)
    assert reread(proved).status is Status.TODO
    assert [event.kind for event in events(proved.id)] == [EventKind.MOVED, EventKind.UNDONE]


def test_undoing_a_confirmation_gives_back_the_reviews_and_the_day(sent):
    before = reread(sent).state
    event_id = move("chi", sent, Deed.CONFIRM).id
    undo("chi", sent, event_id)
    now = reread(sent)
    assert (now.state, now.evidence_valid) == (before, 0)
    assert (now.evidence[0].review, now.evidence[0].reviewed_by_id) == (Review.UNSEEN, None)


def test_a_document_that_was_valid_before_stays_valid(sent):
    document = sent.evidence[0]
    review_evidence(person("ha"), document, Review.VALID, seen_version=document.version)
    event_id = move("chi", reread(sent), Deed.CONFIRM).id
    undo("chi", sent, event_id)
    assert (reread(sent).evidence_valid, reread(sent).evidence[0].review) == (1, Review.VALID)


def test_undoing_a_return_gives_back_the_ngay_gui(sent):
    event_id = move("ha", sent, Deed.RETURN, MoveInput("chưa đạt")).id
    assert reread(sent).sent_on is None
    undo("ha", sent, event_id)
    assert (reread(sent).sent_on, reread(sent).feedback) == (TODAY, None)


def test_it_takes_the_day_of_what_it_reverses(proved):
    event_id = move("lan", proved, Deed.SEND, MoveInput(day=date(2024, 5, 2))).id
    assert undo("lan", proved, event_id).effective_on == date(2024, 5, 2)


def test_ten_seconds_are_enough_eleven_are_too_late(later, proved):
    event_id = move("lan", proved, Deed.START).id
    later(9.5)
    undo("lan", proved, event_id)
    event_id = move("lan", reread(proved), Deed.START).id
    later(10.5)
    with pytest.raises(Refused, match="quá 10 giây"), untouched(proved):
        undo("lan", proved, event_id)


def test_the_seconds_are_real_whatever_day_is_pretended(proved):
    event_id = move("lan", proved, Deed.START).id
    with clock.at(date(2024, 6, 1)):
        undo("lan", proved, event_id)
    assert reread(proved).status is Status.TODO


def test_nobody_undoes_somebody_elses_move(proved):
    event_id = move("lan", proved, Deed.START).id
    with pytest.raises(Forbidden, match="của chính mình"), untouched(proved):
        undo("duc", proved, event_id)


def test_a_move_is_undone_once(proved):
    event_id = move("lan", proved, Deed.START).id
    undo("lan", proved, event_id)
    with pytest.raises(Refused, match="Không còn thao tác nào"), untouched(proved):
        undo("lan", proved, event_id)


@pytest.mark.parametrize("meanwhile", ["a move", "a review", "a document"])
def test_it_is_refused_when_somebody_has_acted_since(meanwhile, proved, store):
    event_id = move("lan", proved, Deed.SEND).id
    if meanwhile == "a move":
        move("ha", reread(proved), Deed.ASK_MORE, MoveInput("thiếu"))
    elif meanwhile == "a review":
        document = reread(proved).evidence[0]
        review_evidence(person("ha"), document, Review.VALID, seen_version=document.version)
    else:
        prove("mai", reread(proved), store, number="46/BC-GDĐT")
    with pytest.raises(Refused, match="Đã có người thao tác tiếp"), untouched(proved):
        undo("lan", proved, event_id)


def test_a_correction_of_the_day_is_corrected_not_undone(sent):
    day = date(2024, 5, 8)
    event = moving.correct_sent_date(person("ha"), sent, day, "CV số 9", seen_version=sent.version)
    with pytest.raises(Refused, match="Không còn thao tác nào"), untouched(sent):
        undo("ha", sent, event.id)


def test_the_button_stands_on_the_page_only_as_long_as_it_works(later, visit, proved):
    move("lan", proved, Deed.START)
    lan, others = visit("lan"), visit("duc")
    assert "Hoàn tác" in lan.get(f"/cards/{proved.id}").text
    assert "Hoàn tác" not in others.get(f"/cards/{proved.id}").text
    later(11)
    assert "Hoàn tác" not in lan.get(f"/cards/{proved.id}").text


@pytest.mark.parametrize("way", ["form", "fragment"])
def test_the_button_undoes_and_says_so(way, visit, proved):
    event_id = move("lan", proved, Deed.START).id
    lan = visit("lan")
    lan.get("/board")
    url = f"/card-events/{event_id}/undo"
    answer = lan.post(url, {"next": "card"}) if way == "form" else lan.htmx("POST", url, {"next": "board"})
    assert answer.status_code == (303 if way == "form" else 200)
    text = lan.get(answer.location).text if way == "form" else answer.text
    assert "Đã hoàn tác: nhiệm vụ trở lại “Chưa thực hiện”." in html.unescape(text)
    assert last_event(proved).kind is EventKind.UNDONE


@pytest.mark.parametrize("way", ["form", "fragment"])
def test_a_refused_undo_says_why_and_leaves_no_trace(way, later, visit, proved):
    event_id = move("lan", proved, Deed.START).id
    lan = visit("lan")
    lan.get("/board")
    later(11)
    url = f"/card-events/{event_id}/undo"
    with untouched(proved):
        answer = lan.post(url, {"next": "card"}) if way == "form" else lan.htmx("POST", url, {"next": "board"})
    assert answer.status_code == 422
    assert "Đã quá 10 giây" in answer.text


def test_an_event_that_never_was_is_not_found(visit):
    lan = visit("lan")
    lan.get("/board")
    lan.post("/card-events/999999/undo", status=404)
