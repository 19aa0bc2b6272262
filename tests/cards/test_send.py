"""Gửi kết quả: who, with which proof, and the ngày gửi that judges."""

from datetime import date

import pytest

from app.cards import policy, rules
from app.cards.moves import Deed, MoveInput
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.errors import Forbidden, Refused
from app.evidence.models import Review
from app.evidence.operations import review_evidence
from tests.conftest import reread
from tests.deeds import WAYS, last_event, revise, untouched
from tests.world import TODAY, move, person, prove

pytestmark = pytest.mark.both_databases

SEND, WAITING = Deed.SEND, Status.WAITING


@pytest.mark.parametrize("who", ["lan", "duc"])
def test_the_head_and_a_deputy_in_charge_send(who, proved):
    event = move(who, proved, SEND)
    assert (event.kind, event.from_status, event.to_status) == (EventKind.SENT, Status.TODO, WAITING)
    assert reread(proved).sent_on == TODAY


@pytest.mark.parametrize("way", WAYS)
def test_a_result_is_sent_by_every_way(way, go, proved):
    answer = go("lan", proved, SEND, WAITING, way)
    assert answer.status_code == (303 if way == "form" else 200), answer.text[:300]
    assert reread(proved).status is WAITING


def test_the_day_of_the_signed_document_is_the_ngay_gui(go, proved):
    assert go("lan", proved, SEND, WAITING, day="08/05/2024").status_code == 303
    assert (reread(proved).sent_on, last_event(proved).entered_on) == (date(2024, 5, 8), TODAY)


def test_without_evidence_nothing_is_sent(refused, card):
    refused("lan", card, SEND, WAITING, 422, rules.NO_EVIDENCE, day="09/05/2024")


def test_evidence_that_is_lacking_is_no_evidence(proved, store):
    lacking = prove("mai", proved, store, number="46/BC-GDĐT")
    for document in (reread(proved).evidence[0], lacking):
        review_evidence(person("chi"), document, Review.LACKING, "thiếu dấu", seen_version=document.version)
    with pytest.raises(Refused, match="minh chứng"), untouched(proved):
        move("lan", reread(proved), SEND)
    prove("mai", reread(proved), store, number="47/BC-GDĐT")
    move("lan", reread(proved), SEND)


def test_where_the_duty_asks_for_no_evidence_none_is_needed(card):
    revise(card.action, needs_evidence=False)
    move("lan", reread(card), SEND)
    assert reread(card).status is WAITING


def test_a_day_in_the_future_is_refused(go, proved):
    typed = {"day": "11/05/2024"}
    with untouched(proved):
        answer = go("lan", proved, SEND, WAITING, **typed)
    assert answer.status_code == 422
    assert str(rules.SENT_IN_FUTURE) in answer.text
    assert 'value="11/05/2024"' in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [("40/05/2024", "Ngày không đúng"), ("31/12/2023", "trước năm của kế hoạch (2024)")],
    ids=["no such day", "before the plan's year"],
)
def test_a_day_that_cannot_be_is_refused_and_kept(typed, says, refused, proved):
    refused("lan", proved, SEND, WAITING, 422, says, day=typed)


def test_a_day_before_the_last_return_is_refused_the_day_itself_is_not(sent):
    with clock.at(date(2024, 5, 12)):
        move("chi", sent, Deed.RETURN, MoveInput("chưa đạt"))
    with clock.at(date(2024, 5, 14)), untouched(sent), pytest.raises(Refused, match="12/05/2024"):
        move("lan", reread(sent), SEND, MoveInput(day=date(2024, 5, 11)))
    with clock.at(date(2024, 5, 14)):
        move("lan", reread(sent), SEND, MoveInput(day=date(2024, 5, 12)))
    assert reread(sent).sent_on == date(2024, 5, 12)


def test_staff_do_not_send_where_the_unit_keeps_it_to_its_head(refused, proved):
    refused("mai", proved, SEND, WAITING, 403, policy.HEADS_SEND, day="09/05/2024")


@pytest.mark.parametrize("lacks", [{"number": None}, {"issued_on": None}], ids=["without a number", "without its day"])
def test_staff_send_only_with_the_signed_document(lacks, refused, card, store):
    revise(card.unit, staff_may_send=True)
    prove("mai", card, store, **lacks)
    refused("mai", reread(card), SEND, WAITING, 422, rules.STAFF_NEED_DOCUMENT)
    prove("mai", reread(card), store, number="46/BC-GDĐT")
    move("mai", reread(card), SEND)
    assert reread(card).sent_by_id == person("mai").id


def test_a_document_of_the_coordinating_unit_approves_nothing_of_the_lead(world, store):
    card = world.card("III.7.b")
    revise(card.unit, staff_may_send=True)
    revise(card.action, kind="within_year")
    prove("binh", card, store)
    with pytest.raises(Refused, match="Chuyên viên"), untouched(card):
        move("mai", reread(card), SEND)


def test_staff_of_a_ward_send_by_default(world, store):
    card = world.card("III.10.a", "P. Ea Tam")
    prove("nam", card, store, number="09/KH-UBND")
    assert move("nam", reread(card), SEND).to_status is WAITING


@pytest.mark.parametrize("who", ["binh", "son", "quantri", "yen", "hoa"])
def test_nobody_else_sends(who, proved):
    with pytest.raises(Forbidden, match="Chỉ xem"), untouched(proved):
        move(who, proved, SEND)


def test_a_refusal_by_right_has_one_sentence_by_every_way(refused, proved):
    refused("binh", proved, SEND, WAITING, 403, policy.READ_ONLY, day="09/05/2024")


def test_a_standing_duty_is_not_sent_and_is_told_where_its_results_go(refused, world):
    card = world.card("III.7.b")
    refused("lan", card, SEND, WAITING, 422, rules.STANDING_SENDS_NOT)


def test_what_waits_is_not_sent_again(refused, sent):
    refused("lan", sent, SEND, WAITING, 422, "Chờ xác nhận")


def test_evidence_may_be_added_while_a_result_waits(sent, store):
    prove("mai", sent, store, number="46/BC-GDĐT")
    assert reread(sent).evidence_total == 2
