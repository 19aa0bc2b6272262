"""What was asked for lapses with the duty: nothing waits for a decision that would extend nothing."""

import pytest

from app.cards.deadlines.queries import open_extensions
from app.cards.due import replay_due
from app.cards.moves import Deed
from app.cards.operations.moving import undo
from app.cards.queries.rows import events
from app.files.store import installed_store
from tests.cards.deciding import ask, day, report, said
from tests.conftest import reread
from tests.world import move, person, prove


@pytest.fixture
def asked(world):
    """The report of Ea Tam, whose head asks for 20/5 instead of the plan's 15/5."""
    duty = report(world)
    ask("yen", duty, "20/5", "Chờ số liệu của trường")
    return reread(duty)


@pytest.fixture
def sent_and_asked(asked):
    """A report that was sent while more time for it is asked."""
    prove("yen", asked, installed_store())
    move("yen", reread(asked), Deed.SEND)
    return reread(asked)


def test_what_is_confirmed_needs_no_more_time_and_its_history_says_so(sent_and_asked, visit):
    assert sent_and_asked.extension_id
    event = move("chi", sent_and_asked, Deed.CONFIRM)
    duty = reread(sent_and_asked)
    assert (duty.extension_id, duty.extension_wanted) == (None, None)
    assert open_extensions() == []
    assert duty.due == replay_due(duty.action, events(duty.id))
    assert "khép lại trước khi có quyết định" in visit("yen").get(f"/cards/{duty.id}").text
    assert "đề nghị gia hạn" not in visit("lan").get(f"/cards/{duty.id}").text
    undo(person("chi"), duty, event.id)
    assert reread(duty).extension_wanted == day("20/5")
    assert len(open_extensions()) == 1


def test_what_is_not_to_be_carried_out_asks_for_nothing_and_may_ask_again_when_it_goes_on(asked):
    move("son", asked, Deed.DROP, said(number="12/UBND"))
    assert open_extensions() == []
    move("son", reread(asked), Deed.RESUME, said(number="15/UBND"))
    assert open_extensions() == []
    ask("yen", reread(asked), "22/5")
    assert [found.wanted_on for found in open_extensions()] == [day("22/5")]


def test_while_a_duty_rests_its_asking_waits(asked):
    move("son", asked, Deed.PAUSE, said(number="12/UBND"))
    assert len(open_extensions()) == 1
