"""A card's status as what its events have made of it."""

from datetime import UTC, datetime

from app.cards.state import EventKind, Feedback, State, Status, replay
from tests.cards.pure import day, happened

SENT, ASKED, RETURNED = EventKind.SENT, EventKind.ASKED_MORE, EventKind.RETURNED


def test_a_card_begins_in_the_first_column():
    assert replay([]) == State(status=Status.TODO)


def test_sending_again_after_more_was_asked_for_keeps_the_first_day():
    state = replay([happened(SENT, "14/5"), happened(ASKED, "20/5", reason="thiếu số liệu"), happened(SENT, "25/5")])
    assert (state.status, state.sent_on) == (Status.WAITING, day("14/5"))


def test_what_was_asked_stands_on_the_card_with_its_reason_and_its_day():
    state = replay([happened(SENT, "14/5"), happened(ASKED, "20/5", reason="thiếu số liệu", ask_by=day("27/5"))])
    assert (state.status, state.feedback, state.feedback_reason) == (Status.DOING, Feedback.MORE, "thiếu số liệu")
    assert (state.feedback_on, state.feedback_by) == (day("20/5"), day("27/5"))


def test_a_return_loses_the_day_and_the_next_sending_begins_anew():
    returned = [happened(SENT, "14/5"), happened(RETURNED, "20/5", reason="chưa đạt")]
    assert (replay(returned).sent_on, replay(returned).returned_on) == (None, day("20/5"))
    assert replay([*returned, happened(SENT, "25/5")]).sent_on == day("25/5")


def test_a_withdrawal_voids_the_sending_but_not_what_was_asked_before():
    asked = [happened(SENT, "14/5"), happened(ASKED, "20/5", reason="thiếu"), happened(SENT, "25/5")]
    state = replay([*asked, happened(EventKind.WITHDRAWN, "26/5")])
    assert (state.status, state.sent_on, state.sent_by_id) == (Status.DOING, None, None)
    assert (state.feedback, state.feedback_reason) == (Feedback.MORE, "thiếu")


def test_a_sending_remembers_who_sent_it_when_and_from_where():
    at = datetime(2024, 5, 17, 9, tzinfo=UTC)
    state = replay([happened(SENT, "14/5", actor_id=7, recorded_at=at)])
    assert (state.sent_by_id, state.sent_at, state.sent_from) == (7, at, Status.TODO)


def test_a_confirmed_result_is_finished_on_the_day_it_was_sent():
    state = replay([happened(SENT, "14/5"), happened(EventKind.CONFIRMED, "28/5")])
    assert (state.status, state.finished_on, state.feedback) == (Status.DONE, day("14/5"), None)


def test_a_reopened_duty_is_not_finished_and_keeps_the_day_it_was_sent():
    done = [happened(SENT, "14/5"), happened(EventKind.CONFIRMED, "28/5")]
    state = replay([*done, happened(EventKind.REOPENED, "2/6", reason="số liệu sai")])
    assert (state.finished_on, state.sent_on, state.feedback) == (None, day("14/5"), Feedback.REOPENED)


def test_a_corrected_day_replaces_the_one_that_was_sent_and_the_one_it_was_finished():
    sent = [happened(SENT, "17/5")]
    assert replay([*sent, happened(EventKind.DATE_CORRECTED, "14/5")]).sent_on == day("14/5")
    done = [*sent, happened(EventKind.CONFIRMED, "28/5")]
    corrected = replay([*done, happened(EventKind.DATE_CORRECTED, "14/5", to_status=Status.DONE)])
    assert (corrected.sent_on, corrected.finished_on) == (day("14/5"), day("14/5"))


def test_what_is_paused_and_then_dropped_knows_its_column():
    waiting = [happened(SENT, "14/5"), happened(EventKind.PAUSED, "16/5")]
    assert replay(waiting).resume_to is Status.WAITING
    dropped = [*waiting, happened(EventKind.DROPPED, "20/5")]
    assert replay(dropped).resume_to is Status.WAITING
    resumed = replay([*dropped, happened(EventKind.RESUMED, "22/5", to_status=Status.WAITING)])
    assert (resumed.status, resumed.resume_to, resumed.sent_on) == (Status.WAITING, None, day("14/5"))


def test_a_request_is_answered_and_the_answer_taken_back():
    answered = [happened(EventKind.ANSWERED, "6/5")]
    assert (replay(answered).status, replay(answered).finished_on) == (Status.DONE, day("6/5"))
    assert replay([*answered, happened(EventKind.ANSWER_TAKEN_BACK, "7/5")]) == State()


def test_an_undo_and_what_it_undoes_cancel_each_other():
    before = [happened(SENT, "14/5")]
    returned = happened(RETURNED, "20/5", reason="chưa đạt")
    undone = happened(EventKind.UNDONE, "20/5", to_status=Status.WAITING, undoes_id=returned.id)
    assert replay([*before, returned, undone]) == replay(before)
