"""A standing duty: never sent, never late, closed by the office at the end of the plan's year."""

from datetime import date

import pytest

from app.cards import policy, rules
from app.cards.moves import Deed, MoveInput
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.errors import Forbidden, Refused
from tests.conftest import reread
from tests.deeds import WAYS, untouched
from tests.world import move

CLOSE, DONE = Deed.CLOSE, Status.DONE
DECEMBER = date(2024, 12, 2)


@pytest.fixture
def standing(world):
    card = world.card("III.7.b")
    move("lan", card, Deed.START)
    return reread(card)


@pytest.mark.parametrize("way", WAYS)
def test_the_office_closes_it_at_the_years_end(way, go, standing):
    with clock.at(DECEMBER):
        answer = go("ha", standing, CLOSE, DONE, way)
    assert answer.status_code == (303 if way == "form" else 200), answer.text[:300]
    assert (reread(standing).status, reread(standing).finished_on) == (DONE, DECEMBER)


def test_before_december_it_is_refused(refused, standing):
    refused("ha", standing, CLOSE, DONE, 422, rules.YEAR_NOT_OVER % {"year": 2024})


def test_its_unit_does_not_close_it(refused, standing):
    with clock.at(DECEMBER):
        refused("lan", standing, CLOSE, DONE, 403, policy.OFFICE_ONLY)


@pytest.mark.parametrize("deed", [Deed.SEND, Deed.CONFIRM, Deed.ASK_MORE, Deed.RETURN, Deed.WITHDRAW, Deed.ANSWER])
def test_it_runs_no_other_course(deed, standing):
    who = "lan" if deed in (Deed.SEND, Deed.WITHDRAW) else "chi"
    with pytest.raises(Refused), untouched(standing):
        move(who, standing, deed, MoveInput("lý do", document_number="1/UB"))


def test_its_page_offers_no_sending(visit, standing):
    page = visit("lan").get(f"/cards/{standing.id}").text
    assert "Gửi kết quả" not in page
    assert 'value="unstart"' in page


def test_an_ordinary_duty_is_not_closed(proved):
    move("lan", proved, Deed.START)
    with clock.at(DECEMBER), pytest.raises(Refused), untouched(proved):
        move("chi", reread(proved), CLOSE)


def test_the_office_may_open_it_again(standing):
    with clock.at(DECEMBER):
        move("ha", standing, CLOSE)
        event = move("ha", reread(standing), Deed.REOPEN, MoveInput("còn kết quả tháng 12"))
    assert (event.kind, reread(standing).finished_on) == (EventKind.REOPENED, None)


def test_the_offices_own_is_closed_by_its_head(world):
    card = world.card("III.1.a")
    move("chi", card, Deed.START)
    with clock.at(DECEMBER):
        with pytest.raises(Forbidden, match="do thủ trưởng cơ quan"), untouched(card):
            move("ha", reread(card), CLOSE)
        move("chi", reread(card), CLOSE)
    assert reread(card).status is DONE
