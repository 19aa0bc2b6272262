"""Chưa ↔ Đang: the leading unit moves its card; everybody else is refused with a sentence."""

import pytest

from app.cards import policy, rules
from app.cards.moves import BY_DEED, Deed
from app.cards.operations import moving
from app.cards.state import Status
from app.core.errors import Forbidden, Stale
from tests.conftest import reread
from tests.deeds import WAYS, untouched
from tests.world import move, person


def test_the_head_of_the_leading_unit_starts_a_duty(lan, card):
    event = move("lan", card, Deed.START)
    assert (event.from_status, event.to_status, event.actor_id) == (Status.TODO, Status.DOING, lan.id)
    assert reread(card).status is Status.DOING


@pytest.mark.parametrize("who", ["mai", "binh", "son", "quantri", "yen", "hoa"])
def test_others_are_refused(who, card):
    with pytest.raises(Forbidden):
        move(who, card, Deed.START)
    assert reread(card).status is Status.TODO


def test_a_plain_form_moves_and_comes_back_with_a_notice(visit, card):
    lan = visit("lan")
    lan.get(f"/cards/{card.id}")
    answer = lan.post(f"/cards/{card.id}/placement", {"to": "doing", "version": 1, "next": "card"}, status=303)
    page = lan.get(answer.location)
    assert "đã chuyển sang “Đang thực hiện”" in page.text
    assert "Hoàn tác" in page.text


@pytest.mark.parametrize("way", WAYS)
def test_there_and_back_by_every_way(way, go, card):
    expected = 303 if way == "form" else 200
    assert go("duc", card, Deed.START, Status.DOING, way).status_code == expected
    assert go("duc", card, Deed.UNSTART, Status.TODO, way).status_code == expected
    assert (reread(card).status, reread(card).version) == (Status.TODO, 3)


def test_a_chuyen_vien_reads_who_may_by_every_way(refused, card):
    refused("mai", card, Deed.START, Status.DOING, 403, policy.HEADS_ONLY, reason="đã họp")


def test_a_peer_reads_that_it_is_to_be_looked_at_by_every_way(refused, card):
    refused("binh", card, Deed.START, Status.DOING, 403, policy.READ_ONLY)


def test_no_arrow_leads_over_two_columns(go, card):
    with untouched(card):
        answer = go("lan", card, Deed.START, Status.DONE, "drag")
    assert answer.status_code == 422
    assert str(rules.NO_SUCH_MOVE % {"origin": "Chưa thực hiện", "to": "Hoàn thành"}) in answer.text


def test_where_it_is_already_it_is_not_moved_to(go, card):
    with untouched(card):
        answer = go("lan", card, Deed.UNSTART, Status.TODO, "drag")
    assert answer.status_code == 422
    assert "Nhiệm vụ đã ở trạng thái" in answer.text


@pytest.mark.parametrize(
    "form", [{"to": "doing"}, {"version": 1}, {"version": 1, "to": "nowhere"}, {"version": "x", "to": "doing"}]
)
def test_a_form_that_names_no_move_or_no_version_is_a_bad_request(form, visit, card):
    lan = visit("lan")
    lan.get(f"/cards/{card.id}")
    with untouched(card):
        lan.post(f"/cards/{card.id}/placement", form, status=400)


def test_what_a_field_says_goes_before_what_the_address_says(visit, card):
    lan = visit("lan")
    lan.get(f"/cards/{card.id}")
    asked = f"/cards/{card.id}/placement?to=done&deed=nothing&version=9&next=home"
    answer = lan.post(asked, {"to": "doing", "deed": "start", "version": 1, "next": "card"}, status=303)
    assert (answer.location, reread(card).status) == (f"/cards/{card.id}", Status.DOING)


@pytest.mark.parametrize(
    "asked", ["to=doing", "version=1", "version=1&to=nowhere", "version=x&to=doing", "version=1&to=doing&deed="]
)
@pytest.mark.parametrize("token", [True, False])
def test_an_address_says_what_a_form_says_and_no_token(visit, card, asked, token):
    """The last of them names a move; without its token in the body nothing names one."""
    lan = visit("lan")
    lan.get(f"/cards/{card.id}")
    url, moves = f"/cards/{card.id}/placement?{asked}", asked.endswith("deed=") and token
    lan.post(
        url if token else f"{url}&csrf_token={lan.token}",
        {} if token else {"csrf_token": ""},
        status=303 if moves else 400,
    )
    assert reread(card).status is (Status.DOING if moves else Status.TODO)


def test_a_card_that_is_not_there_is_not_found(visit):
    lan = visit("lan")
    lan.get("/board")
    lan.post("/cards/999999/placement", {"to": "doing", "version": 1}, status=404)


@pytest.mark.parametrize("way", WAYS)
def test_a_stale_page_is_told_who_was_faster_and_keeps_what_was_typed(way, go, card):
    seen = str(card.version)
    move("duc", card, Deed.START)
    with untouched(card):
        answer = go("lan", card, Deed.PAUSE, Status.DOING, way, version=seen, reason="ghi chú của Lan")
    assert answer.status_code == 409
    for words in ("Duc", "Chưa thực hiện → Đang thực hiện", "ghi chú của Lan", "Giữ kết quả hiện tại"):
        assert words in answer.text
    assert ("<!doctype" in answer.text) == (way == "form")


def test_the_move_may_be_made_again_where_it_still_can(go, card):
    seen = str(card.version)
    move("duc", card, Deed.START)
    move("duc", reread(card), Deed.UNSTART)
    answer = go("lan", card, Deed.START, Status.DOING, version=seen)
    assert answer.status_code == 409
    assert "Thực hiện lại thao tác của tôi: Bắt đầu thực hiện" in answer.text
    assert f'name="version" value="{reread(card).version}"' in answer.text


def test_a_stale_view_changes_nothing(card):
    seen = card.version
    move("lan", card, Deed.START)
    with pytest.raises(Stale):
        moving.make_move(person("lan"), card, BY_DEED[Deed.UNSTART], seen_version=seen)
    assert reread(card).status is Status.DOING
