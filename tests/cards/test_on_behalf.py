"""The office enters for a unit on the strength of the unit's document, and says so."""

import html

import pytest

from app.cards import rules
from app.cards.moves import Deed, MoveInput
from app.cards.state import Status
from app.core.errors import Forbidden
from tests.conftest import reread
from tests.deeds import last_event, untouched
from tests.world import move

NUMBER = MoveInput(document_number="45/BC-GDĐT")


@pytest.mark.parametrize(("deed", "to"), [(Deed.START, Status.DOING), (Deed.SEND, Status.WAITING)])
def test_without_a_number_it_is_refused_by_every_way(deed, to, refused, proved):
    refused("ha", proved, deed, to, 422, rules.BEHALF_DOCUMENT_NEEDED)


@pytest.mark.parametrize("who", ["ha", "chi"])
def test_with_the_number_it_is_entered_and_the_unit_reads_by_which(who, visit, go, proved):
    answer = go(who, proved, Deed.SEND, Status.WAITING, document_number="45/BC-GDĐT", day="09/05/2024")
    assert answer.status_code == 303
    event = last_event(proved)
    assert (event.on_behalf, event.document_number) == (True, "45/BC-GDĐT")
    page = html.unescape(visit("lan").get(f"/cards/{proved.id}").text)
    assert "trên cơ sở văn bản số 45/BC-GDĐT" in page


def test_it_lands_in_waiting_and_the_head_of_the_unit_may_take_it_back(proved):
    move("ha", proved, Deed.SEND, NUMBER)
    move("lan", reread(proved), Deed.WITHDRAW)
    assert reread(proved).status is Status.TODO


def test_a_leader_enters_nothing_for_a_unit(proved):
    with pytest.raises(Forbidden), untouched(proved):
        move("son", proved, Deed.SEND, NUMBER)


def test_for_its_own_unit_the_office_needs_no_number(office_card):
    move("chi", office_card, Deed.START)
    move("ha", reread(office_card), Deed.SEND)
    assert not last_event(office_card).on_behalf
