"""Chưa ↔ Đang: the leading unit moves its card; everybody else is refused with a sentence."""

import pytest

from app.board import operations
from app.board.moves import BY_DEED, Deed
from app.board.state import Status
from app.core.errors import Forbidden, Stale
from tests.conftest import reread
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


def test_a_stale_page_is_told_who_was_faster(visit, card):
    move("duc", card, Deed.START)
    lan = visit("lan")
    answer = lan.post(
        f"/cards/{card.id}/placement", {"to": "doing", "deed": "start", "version": 1, "reason": "ghi chú của Lan"}
    )
    assert answer.status_code == 409
    assert "Duc" in answer.text
    assert "ghi chú của Lan" in answer.text
    assert "Giữ kết quả hiện tại" in answer.text


def test_a_stale_view_changes_nothing(card):
    seen = card.version
    move("lan", card, Deed.START)
    with pytest.raises(Stale):
        operations.make_move(person("lan"), card, BY_DEED[Deed.UNSTART], seen_version=seen)
    assert reread(card).status is Status.DOING
