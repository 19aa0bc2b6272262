"""Who follows a duty within its unit, and the hand-over of all that one person follows."""

import pytest
from sqlalchemy import select

from app.accounts.queries.unit_members import colleagues
from app.board.views.card import Today, face
from app.cards.models import CardEvent
from app.cards.moves import Deed
from app.cards.operations import assignees, moving
from app.cards.queries import rows
from app.cards.state import EventKind
from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from app.organisation.settings import Settings
from tests.conftest import reread
from tests.world import TODAY, move, person

pytestmark = pytest.mark.both_databases


def give(who, card, holder, seen=None):
    card = reread(card)
    holder_id = person(holder).id if holder else None
    assignees.set_holder(person(who), card, holder_id, seen_version=card.version if seen is None else seen)


def held_by(who):
    db.session.rollback()
    return [card.action.clause.address for card in assignees.held(person(who).id)]


def seen_by(who, card):
    db.session.rollback()
    return face(person(who), rows.row(card.id), Today(TODAY, Settings())).holder


@pytest.mark.parametrize("who", ["lan", "duc"])
def test_the_head_chooses_among_the_units_people_and_only_they_read_it(who, card):
    version = card.version
    give(who, card, "mai")
    assert (reread(card).holder_id, reread(card).version) == (person("mai").id, version + 1)
    assert seen_by("lan", card) == seen_by("mai", card) == "Mai"
    assert {seen_by(other, card) for other in ("binh", "chi", "son", "quantri")} == {None}
    event = rows.events(card.id)[-1]
    assert (event.kind, event.reason, event.from_status) == (EventKind.HOLDER_SET, "Mai", event.to_status)
    give(who, card, None)
    assert reread(card).holder_id is None


@pytest.mark.parametrize("who", ["mai", "binh", "chi", "son", "quantri"])
def test_nobody_else_chooses(who, card):
    with pytest.raises(Forbidden):
        give(who, card, "mai")
    assert reread(card).holder_id is None


@pytest.mark.parametrize("holder", ["binh", "chi", "quantri", "nam"])
def test_a_stranger_to_the_unit_follows_nothing_of_it(holder, card):
    with pytest.raises(Refused) as refusal:
        give("lan", card, holder)
    assert refusal.value.field == "holder"


def test_a_stale_page_chooses_nobody(card):
    seen = card.version
    move("duc", card, Deed.START)
    with pytest.raises(Stale):
        give("lan", card, "mai", seen=seen)


def test_choosing_leaves_the_state_and_cannot_be_undone_as_a_move(card):
    give("lan", card, "mai")
    event = rows.events(card.id)[-1]
    with pytest.raises(Refused, match="Không còn thao tác"):
        moving.undo(person("lan"), reread(card), event.id)
    assert reread(card).holder_id == person("mai").id


@pytest.fixture
def mais(world):
    """Mai follows the three duties of her unit."""
    cards = [world.card(address) for address in ("III.7.a", "III.7.b", "III.7.c")]
    for card in cards:
        give("lan", card, "mai")
    return cards


@pytest.mark.parametrize("who", ["lan", "duc", "quantri"])
def test_the_head_or_the_administrator_hands_everything_over_at_once(who, mais):
    versions = [reread(card).version for card in mais]
    given = assignees.hand_over(person(who), person("mai").id, mais[0].unit_id, person("duc").id)
    assert len(given) == 3
    assert (held_by("mai"), held_by("duc")) == ([], ["III.7.a", "III.7.b", "III.7.c"])
    assert [reread(card).version for card in mais] == [version + 1 for version in versions]
    events = db.session.scalars(
        select(CardEvent).where(CardEvent.actor_id == person(who).id, CardEvent.reason == "Duc")
    )
    assert len(events.all()) == 3


@pytest.mark.parametrize("who", ["mai", "binh", "chi", "son", "yen"])
def test_nobody_else_hands_over(who, mais):
    with pytest.raises(Forbidden):
        assignees.hand_over(person(who), person("mai").id, mais[0].unit_id, person("duc").id)
    assert len(held_by("mai")) == 3


@pytest.mark.parametrize("successor", [None, "mai", "binh", "quantri"])
def test_the_successor_is_a_colleague(successor, mais):
    chosen = person(successor).id if successor else None
    with pytest.raises(Refused) as refusal:
        assignees.hand_over(person("lan"), person("mai").id, mais[0].unit_id, chosen)
    assert refusal.value.field == "successor"
    assert len(held_by("mai")) == 3


def test_where_nothing_is_held_nothing_is_handed_over(card):
    with pytest.raises(Refused, match="Không còn nhiệm vụ"):
        assignees.hand_over(person("lan"), person("mai").id, card.unit_id, person("duc").id)


def test_the_page_lists_the_duties_and_hands_them_over(visit, mais):
    mai, duc = person("mai").id, person("duc").id
    lan = visit("lan")
    page = lan.get(f"/people/{mai}/hand-over")
    assert page.text.count("/cards/") == 3
    url, unit = f"/people/{mai}/hand-over", mais[0].unit_id
    refused = lan.post(url, {"unit": unit, "successor": ""}, status=422)
    assert "Chọn người nhận bàn giao trong đơn vị." in refused.text
    answer = lan.post(url, {"unit": unit, "successor": duc}, status=303)
    page = lan.get(answer.location)
    assert "Đã bàn giao 3 nhiệm vụ." in page.text
    assert "không theo dõi nhiệm vụ nào đang mở" in page.text


@pytest.mark.parametrize(("who", "status"), [("quantri", 200), ("binh", 403), ("mai", 403), ("chi", 403)])
def test_the_page_is_for_the_head_and_the_administrator(who, status, visit, mais):
    url = f"/people/{person('mai').id}/hand-over"
    browser = visit(who)
    browser.get(url, status=status)
    if status == 403:
        assert browser.post(url, {"unit": mais[0].unit_id, "successor": person("duc").id}).status_code == 403
    browser.get("/people/999999/hand-over", status=404)


def test_a_refused_choice_comes_back_to_the_duty(visit, card):
    lan = visit("lan")
    page = lan.get(f"/cards/{card.id}")
    assert "Người theo dõi" in page.text
    assert "Người theo dõi" not in visit("binh").get(f"/cards/{card.id}").text
    refused = lan.post(f"/cards/{card.id}/holder", {"version": 1, "holder": person("binh").id}, status=422)
    assert "phải là người của đơn vị" in refused.text
    lan.post(f"/cards/{card.id}/holder", {"version": 1, "holder": person("mai").id}, status=303)
    assert f"/people/{person('mai').id}/hand-over" in lan.get(f"/cards/{card.id}").text
    assert lan.post(f"/cards/{card.id}/holder", {"version": 1, "holder": ""}).status_code == 409


def test_who_can_be_chosen_are_the_units_people_by_name(card):
    assert [name for _id, name in colleagues(card.unit_id)] == ["Duc", "Lan", "Mai"]
