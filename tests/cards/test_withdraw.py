"""Rút lại: by who sent it or the unit's head, while nobody has reviewed it; the documents stay."""

import pytest

from app.cards import policy, rules
from app.cards.moves import Deed, MoveInput
from app.cards.state import Feedback, Status
from app.core.errors import Forbidden, Refused
from app.evidence.models import Review
from app.evidence.operations import review_evidence
from tests.conftest import reread
from tests.deeds import WAYS, revise, untouched
from tests.world import move, person, prove


@pytest.mark.parametrize("way", WAYS)
def test_a_withdrawn_result_is_void_and_its_documents_stay(way, go, sent):
    answer = go("lan", sent, Deed.WITHDRAW, Status.DOING, way)
    assert answer.status_code == (303 if way == "form" else 200), answer.text[:300]
    now = reread(sent)
    assert (now.status, now.sent_on, now.evidence_total) == (Status.DOING, None, 1)


@pytest.mark.parametrize("way", WAYS)
def test_it_goes_back_to_the_column_it_was_sent_from(way, go, proved):
    move("lan", proved, Deed.SEND)
    answer = go("lan", proved, Deed.WITHDRAW, Status.TODO, way)
    assert answer.status_code == (303 if way == "form" else 200), answer.text[:300]
    assert reread(proved).status is Status.TODO


def test_what_was_asked_before_is_on_the_card_again(visit, sent):
    move("chi", sent, Deed.ASK_MORE, MoveInput("thiếu số liệu nữ"))
    move("lan", reread(sent), Deed.SEND)
    move("lan", reread(sent), Deed.WITHDRAW)
    now = reread(sent)
    assert (now.status, now.feedback) == (Status.DOING, Feedback.MORE)
    assert "thiếu số liệu nữ" in visit("lan").get("/board").text


def test_who_sent_it_may_withdraw_it(card, store):
    revise(card.unit, staff_may_send=True)
    prove("mai", card, store)
    move("mai", reread(card), Deed.SEND)
    move("mai", reread(card), Deed.WITHDRAW)
    assert reread(card).sent_on is None


def test_a_colleague_who_did_not_send_it_may_not(refused, sent):
    refused("mai", sent, Deed.WITHDRAW, Status.DOING, 403, policy.SENDER_WITHDRAWS, reason="gửi nhầm bản")


@pytest.mark.parametrize("who", ["binh", "son", "quantri"])
def test_others_may_not(who, sent):
    with pytest.raises(Forbidden, match="Chỉ xem"), untouched(sent):
        move(who, sent, Deed.WITHDRAW)


@pytest.mark.parametrize("verdict", [Review.VALID, Review.LACKING])
def test_after_a_review_it_is_too_late(verdict, refused, sent):
    document = sent.evidence[0]
    review_evidence(person("chi"), document, verdict, "thiếu dấu", seen_version=document.version)
    refused("lan", reread(sent), Deed.WITHDRAW, Status.DOING, 422, rules.REVIEW_BEGUN, reason="gửi nhầm bản")


def test_a_review_of_before_the_sending_does_not_hold_it(proved):
    document = proved.evidence[0]
    review_evidence(person("chi"), document, Review.VALID, seen_version=document.version)
    move("lan", reread(proved), Deed.SEND)
    move("lan", reread(proved), Deed.WITHDRAW)
    assert reread(proved).sent_on is None


def test_what_is_confirmed_is_not_withdrawn(sent):
    move("chi", sent, Deed.CONFIRM)
    with pytest.raises(Refused, match="Hoàn thành"), untouched(sent):
        move("lan", reread(sent), Deed.WITHDRAW)
