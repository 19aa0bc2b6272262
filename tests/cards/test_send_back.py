"""Đề nghị bổ sung keeps the day it was sent, trả lại loses it, mở lại takes a finished duty up again."""

import html
from datetime import date

import pytest

from app.board.views.card import Today
from app.cards import policy, rules
from app.cards.moves import Deed, MoveInput
from app.cards.queries.rows import row
from app.cards.state import Feedback, Status
from app.cards.timeliness import Timeliness
from app.core import clock
from app.core.errors import Forbidden
from app.organisation.settings import Settings
from tests.conftest import reread
from tests.deeds import last_event, untouched
from tests.world import TODAY, move, prove

DOING = Status.DOING
BACK = pytest.mark.parametrize("deed", [Deed.ASK_MORE, Deed.RETURN, Deed.REOPEN], ids=str)


def _ready(card, deed):
    if deed is Deed.REOPEN:
        move("chi", card, Deed.CONFIRM)
    return reread(card)


@BACK
@pytest.mark.parametrize("way", ["form", "fragment"])
def test_the_office_sends_back_with_its_reason_on_the_face(deed, way, go, visit, sent):
    answer = go("ha", _ready(sent, deed), deed, DOING, way, reason="thiếu số liệu nữ")
    assert answer.status_code == (303 if way == "form" else 200), answer.text[:300]
    now = reread(sent)
    assert (now.status, now.feedback_reason) == (DOING, "thiếu số liệu nữ")
    assert "thiếu số liệu nữ" in html.unescape(visit("lan").get("/board").text)


@BACK
def test_a_reason_is_needed(deed, refused, sent):
    refused("ha", _ready(sent, deed), deed, DOING, 422, rules.REASON_NEEDED)


@BACK
@pytest.mark.parametrize("who", ["lan", "mai", "binh", "son", "quantri"])
def test_only_the_office_sends_back(deed, who, sent):
    with pytest.raises(Forbidden), untouched(_ready(sent, deed)):
        move(who, reread(sent), deed, MoveInput("không được"))


def test_a_refusal_keeps_the_reason_that_was_typed(go, sent):
    with untouched(sent):
        answer = go("mai", sent, Deed.RETURN, DOING, reason="lý do đã gõ", document_number="12/UBND")
    assert answer.status_code == 403
    text = html.unescape(answer.text)
    assert str(policy.OFFICE_ONLY) in text
    assert "lý do đã gõ" in text
    assert "12/UBND" in text


def test_asking_for_more_keeps_the_day_it_was_sent_and_says_by_when(go, sent):
    assert go("ha", sent, Deed.ASK_MORE, DOING, reason="thiếu", day="20/05/2024").status_code == 303
    now = reread(sent)
    assert (now.sent_on, now.feedback, now.feedback_by) == (TODAY, Feedback.MORE, date(2024, 5, 20))


def test_more_is_not_asked_for_by_a_day_that_has_passed(go, sent):
    with untouched(sent):
        answer = go("ha", sent, Deed.ASK_MORE, DOING, reason="thiếu số liệu", day="09/05/2024")
    assert answer.status_code == 422
    assert str(rules.ASK_BY_PAST) in answer.text
    assert "thiếu số liệu" in answer.text


def test_a_return_loses_the_day_it_was_sent(sent):
    move("ha", sent, Deed.RETURN, MoveInput("chưa đạt"))
    now = reread(sent)
    assert (now.sent_on, now.feedback, now.returned_on) == (None, Feedback.RETURNED, TODAY)


@pytest.mark.parametrize("way", ["fragment", "drag"])
def test_dragged_back_to_doing_it_is_asked_for_more_never_returned(way, go, sent):
    answer = go("ha", sent, Deed.ASK_MORE, DOING, way, reason="thiếu")
    assert answer.status_code == 200
    assert reread(sent).feedback is Feedback.MORE


def test_sent_by_document_asked_for_more_sent_again_and_confirmed_it_is_on_time(world, store):
    card = world.card("III.10.a", "P. Ea Tam", "báo cáo 6 tháng")
    prove("nam", card, store)
    for on, who, deed, said in (
        ("17", "yen", Deed.SEND, MoveInput(day=date(2024, 5, 14))),
        ("20", "ha", Deed.ASK_MORE, MoveInput("thiếu số liệu nữ")),
        ("25", "yen", Deed.SEND, MoveInput(day=date(2024, 5, 25))),
        ("28", "chi", Deed.CONFIRM, None),
    ):
        with clock.at(date(2024, 5, int(on))):
            move(who, reread(card), deed, said)
    done = row(card.id)
    assert Today(date(2024, 5, 28), Settings()).timeliness(done) is Timeliness.DONE_IN_TIME
    assert done.finished_on == date(2024, 5, 14)


def test_a_report_that_is_returned_after_its_deadline_is_late_at_once(world, store, visit):
    card = world.card("III.10.a", "P. Ea Tam", "báo cáo 6 tháng")
    prove("nam", card, store)
    move("yen", reread(card), Deed.SEND)
    with clock.at(date(2024, 5, 20)):
        assert "gửi 10/05/2024, đúng hạn" in visit("yen").get(f"/cards/{card.id}").text
        move("ha", reread(card), Deed.RETURN, MoveInput("chưa đạt"))
        assert "quá hạn 5 ngày" in visit("yen").get(f"/cards/{card.id}").text


def test_after_reopening_evidence_may_be_added_again(sent, store):
    move("chi", sent, Deed.CONFIRM)
    move("chi", reread(sent), Deed.REOPEN, MoveInput("số liệu sai"))
    prove("mai", reread(sent), store, number="46/BC-GDĐT")
    assert (reread(sent).evidence_total, reread(sent).finished_on) == (2, None)


def test_the_newest_event_says_what_was_asked(sent):
    move("ha", sent, Deed.ASK_MORE, MoveInput("thiếu", day=date(2024, 5, 20)))
    event = last_event(sent)
    assert (event.reason, event.ask_by, event.effective_on) == ("thiếu", date(2024, 5, 20), TODAY)
