"""Xác nhận hoàn thành: one press by the office, never by who sent or uploaded for their own unit."""

import pytest

from app.cards import policy
from app.cards.moves import BY_DEED, Deed, MoveInput
from app.cards.operations import moving
from app.cards.state import EventKind, Status
from app.core.actor import Actor, Grant, Role
from app.core.errors import Forbidden, Refused
from app.evidence.models import Review
from app.evidence.operations import review_evidence
from tests.conftest import reread
from tests.deeds import WAYS, last_event, revise, untouched
from tests.world import TODAY, move, person, prove

pytestmark = pytest.mark.both_databases

CONFIRM, DONE = Deed.CONFIRM, Status.DONE


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["chi", "ha"])
def test_one_press_finishes_the_duty_and_makes_unseen_documents_valid(who, way, go, sent):
    answer = go(who, sent, CONFIRM, DONE, way)
    assert answer.status_code == (303 if way == "form" else 200), answer.text[:300]
    now, document = reread(sent), reread(sent).evidence[0]
    assert (now.status, now.finished_on, now.evidence_valid) == (DONE, TODAY, 1)
    assert (document.review, document.reviewed_by_id) == (Review.VALID, person(who).id)
    assert last_event(sent).reviewed_ids == str(document.id)


def test_a_document_found_lacking_stays_so(sent, store):
    second = prove("mai", sent, store, number="46/BC-GDĐT")
    review_evidence(person("ha"), second, Review.LACKING, "thiếu dấu", seen_version=second.version)
    move("chi", reread(sent), CONFIRM)
    assert [document.review for document in reread(sent).evidence] == [Review.VALID, Review.LACKING]


@pytest.mark.parametrize("who", ["lan", "mai", "binh", "yen", "son", "quantri"])
def test_nobody_outside_the_office_confirms(who, sent):
    with pytest.raises(Forbidden, match="Chỉ cơ quan thường trực"), untouched(sent):
        move(who, sent, CONFIRM)


def test_the_refusal_is_the_same_by_every_way(refused, sent):
    refused("lan", sent, CONFIRM, DONE, 403, policy.OFFICE_ONLY)


def test_what_was_not_sent_is_not_confirmed(refused, proved):
    refused("chi", proved, CONFIRM, DONE, 422, "Chưa thực hiện")


def test_the_offices_own_result_is_confirmed_by_its_head_alone(office_card):
    move("ha", office_card, Deed.SEND)
    with pytest.raises(Forbidden, match="do thủ trưởng cơ quan xác nhận"), untouched(office_card):
        move("ha", reread(office_card), CONFIRM)
    move("chi", reread(office_card), CONFIRM)
    assert reread(office_card).status is DONE


def test_the_head_does_not_confirm_what_she_sent(office_card):
    move("chi", office_card, Deed.SEND)
    with pytest.raises(Forbidden, match="Không tự xác nhận"), untouched(office_card):
        move("chi", reread(office_card), CONFIRM)


def test_the_head_does_not_confirm_what_she_uploaded(office_card, store):
    prove("chi", office_card, store, number="46/BC")
    move("ha", reread(office_card), Deed.SEND)
    with pytest.raises(Forbidden, match="Không tự xác nhận"), untouched(office_card):
        move("chi", reread(office_card), CONFIRM)


def test_a_leader_confirms_for_the_office_only_where_the_setting_says_so(office_card):
    move("chi", office_card, Deed.SEND)
    with pytest.raises(Forbidden, match="Chỉ cơ quan thường trực"), untouched(office_card):
        move("son", reread(office_card), CONFIRM)
    revise(office_card.unit, leader_confirms=True)
    move("son", reread(office_card), CONFIRM)
    assert reread(office_card).status is DONE


def test_a_leader_who_sent_it_as_the_units_head_does_not_confirm_it(office_card):
    move("chi", office_card, Deed.SEND)
    revise(office_card.unit, leader_confirms=True)
    chi, unit = person("chi"), office_card.unit_id
    both = Actor(chi.id, chi.name, (Grant(Role.LEADER, unit), Grant(Role.HEAD, unit)))
    now = reread(office_card)
    with pytest.raises(Forbidden, match="Không tự xác nhận"), untouched(office_card):
        moving.make_move(both, now, BY_DEED[CONFIRM], seen_version=now.version)


def test_an_officer_confirms_what_she_entered_for_another_unit(proved):
    move("ha", proved, Deed.SEND, MoveInput(document_number="45/BC-GDĐT"))
    event = move("ha", reread(proved), CONFIRM)
    assert event.kind is EventKind.CONFIRMED


def test_what_is_done_takes_no_more_evidence(sent, store):
    move("chi", sent, CONFIRM)
    with pytest.raises(Refused, match="mở lại"), untouched(sent):
        prove("mai", reread(sent), store, number="46/BC-GDĐT")
