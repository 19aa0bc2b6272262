"""Đề nghị: noted by the body or the office, with no proof; never returned, never late, never counted."""

import html

import pytest

from app.cards import policy, rules
from app.cards.moves import Deed, MoveInput
from app.cards.state import EventKind, Status
from app.core.errors import Forbidden, Refused
from tests.conftest import reread
from tests.deeds import WAYS, untouched
from tests.world import TODAY, move

ANSWER, BACK, TODO, DONE = Deed.ANSWER, Deed.TAKE_BACK, Status.TODO, Status.DONE


@pytest.fixture
def request_card(world):
    return world.card("III.9.a", "MTTQ")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["hoa", "ha"])
def test_the_body_or_the_office_notes_its_result_and_takes_it_back(who, way, go, request_card):
    assert go(who, request_card, ANSWER, DONE, way).status_code == (303 if way == "form" else 200)
    assert (reread(request_card).status, reread(request_card).finished_on) == (DONE, TODAY)
    assert go(who, request_card, BACK, TODO, way).status_code == (303 if way == "form" else 200)
    assert (reread(request_card).status, reread(request_card).finished_on) == (TODO, None)


def test_it_has_words_of_its_own(visit, request_card):
    hoa = visit("hoa")
    assert "Đã đề nghị" in hoa.get(f"/cards/{request_card.id}").text
    move("hoa", request_card, ANSWER, MoveInput("02 hội nghị", document_number="27/MTTQ"))
    page = html.unescape(hoa.get(f"/cards/{request_card.id}").text)
    assert "Đã có kết quả" in page
    assert "02 hội nghị; trên cơ sở văn bản số 27/MTTQ" in page


@pytest.mark.parametrize("who", ["lan", "yen", "son", "quantri"])
def test_nobody_else_notes_it(who, request_card):
    with pytest.raises(Forbidden), untouched(request_card):
        move(who, request_card, ANSWER)


def test_the_refusal_is_the_same_by_every_way(refused, request_card):
    refused("lan", request_card, ANSWER, DONE, 403, policy.BODY_OR_OFFICE, reason="đã làm")


@pytest.mark.parametrize(
    ("who", "deed", "to"),
    [("hoa", Deed.START, Status.DOING), ("hoa", Deed.SEND, Status.WAITING), ("chi", Deed.RETURN, Status.DOING)],
)
def test_it_is_not_started_sent_or_returned(who, deed, to, refused, request_card):
    refused(who, request_card, deed, to, 422, rules.REQUEST_HAS_RESULT)


@pytest.mark.parametrize("deed", [Deed.PAUSE, Deed.DROP])
def test_it_is_not_paused_or_dropped(deed, request_card):
    with pytest.raises(Refused), untouched(request_card):
        move("son", request_card, deed, MoveInput(document_number="5/UBND"))


def test_an_answered_request_adds_nothing_to_the_count_of_finished_duties(visit, request_card):
    event = move("ha", request_card, ANSWER)
    assert event.kind is EventKind.ANSWERED
    page = visit("ha").get("/board?unit=").text
    assert "105 nhiệm vụ (103 giao, 2 đề nghị)" in page
    assert "<b>0</b> hoàn thành" in page
