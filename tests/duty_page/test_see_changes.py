"""An open page asks what changed: nothing while nothing did, else the cards, the counts and who it was."""

import html
import re

from app.cards.moves import Deed, MoveInput
from app.cards.state import Status
from app.files.store import installed_store
from tests.conftest import reread
from tests.world import move, prove


def since(page: str) -> str:
    """The state of the log that a page says it shows."""
    found = re.search(r'data-since="([^"]+)"', page)
    assert found
    return found[1]


def test_nothing_is_told_while_nothing_changed(visit):
    chi = visit("chi")
    seen = since(chi.get("/board?unit=").text)
    answer = chi.get(f"/board/changes?unit=&since={seen}", status=204)
    assert answer.headers["X-Since"] == seen


def test_a_move_by_another_is_told_with_its_card_and_the_counts(visit, card):
    chi = visit("chi")
    seen = since(chi.get("/board?unit=").text)
    move("lan", card, Deed.START)
    answer = chi.get(f"/board/changes?unit=&since={seen}")
    assert f'data-card="card-{card.id}" data-version="2" data-column="doing"' in answer.text
    assert 'id="count-doing">1<' in answer.text
    assert len(re.findall("data-card=", answer.text)) == 1
    assert answer.headers["X-Since"] != seen


def test_a_card_that_the_filters_no_longer_keep_is_told_as_gone(visit, card):
    chi = visit("chi")
    seen = since(chi.get("/board?unit=&status=todo").text)
    move("lan", card, Deed.START)
    answer = chi.get(f"/board/changes?unit=&status=todo&since={seen}")
    assert f'data-card="card-{card.id}" data-version="2" data-column=""' in answer.text


def test_the_controls_told_are_the_readers_own(visit, card):
    binh = visit("binh")
    seen = since(binh.get("/board?unit=").text)
    move("lan", card, Deed.START)
    answer = binh.get(f"/board/changes?unit=&since={seen}")
    assert f"card-{card.id}" in answer.text
    assert 'data-place="/cards' not in answer.text
    assert "csrf_token" not in answer.text


def test_a_card_that_arrived_live_can_be_used_by_everybody_it_came_to(visit, card):
    """Two officers of equal rights: what the second is given was made for the first."""
    prove("mai", card, installed_store())
    officers = [(officer, since(officer.get("/board?unit=").text)) for officer in (visit("chi"), visit("ha"))]
    sent = move("lan", reread(card), Deed.SEND)
    for officer, seen in officers:
        told = officer.htmx("GET", f"/board/changes?unit=&since={seen}").text
        button = told[: told.index("Xác nhận hoàn thành")].rpartition("<button")[2]
        place = re.search(r'form="move" formaction="([^"]+)"', button)
        assert place
        assert f"version={sent.card_version}" in place[1]
    assert officer.post(html.unescape(place[1])).status_code == 303
    assert reread(card).status is Status.DONE


def test_a_move_without_a_script_leads_to_a_board_that_can_be_used(visit, world):
    """Under a filter that no longer shows the card: every other card was kept from a page before."""
    lan = visit("lan")
    lan.get("/board?status=todo")
    for address in ("III.7.a", "III.7.c"):
        moved = world.card(address)
        form = {"deed": "start", "version": moved.version, "next": "board"}
        lan.get(lan.post(f"/cards/{moved.id}/placement", form).location)
        lan.get("/board?status=todo")
    assert [reread(world.card(address)).status for address in ("III.7.a", "III.7.c")] == [Status.DOING] * 2


def test_a_state_that_the_log_does_not_know_asks_to_read_the_page_again(visit):
    answer = visit("chi").get("/board/changes?unit=&since=1-nothing")
    assert "Tải lại trang để xem" in answer.text


def test_an_open_duty_is_told_who_changed_it_and_never_about_oneself(visit, card):
    mai, lan = visit("mai"), visit("lan")
    seen = since(mai.get(f"/cards/{card.id}").text)
    move("lan", card, Deed.START)
    assert (
        "Lan vừa thao tác trên nhiệm vụ này: Chưa thực hiện → Đang thực hiện"
        in mai.get(f"/cards/{card.id}/changes?since={seen}").text
    )
    lan.get(f"/cards/{card.id}/changes?since={seen}", status=204)


def test_other_units_do_not_read_what_the_office_said(visit, sent):
    binh, lan = visit("binh"), visit("lan")
    seen = [since(browser.get(f"/cards/{sent.id}").text) for browser in (binh, lan)]
    move("chi", sent, Deed.RETURN, MoveInput(reason="Văn bản chưa ký số"))
    theirs, own = (
        browser.get(f"/cards/{sent.id}/changes?since={before}").text
        for browser, before in zip((binh, lan), seen, strict=True)
    )
    assert "đã cập nhật nhiệm vụ" in theirs
    assert "trả lại" not in theirs.lower()
    assert "chưa ký số" not in theirs
    assert "trả lại" in own.lower()
