"""Tạm dừng, không thực hiện and back: by Lãnh đạo UBND, or by the office entering their document."""

from datetime import date

import pytest

from app.board.views.card import Today
from app.cards import policy, rules
from app.cards.moves import Deed, MoveInput
from app.cards.queries.rows import row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core.errors import Forbidden, Refused
from app.organisation.settings import Settings
from tests.conftest import reread
from tests.deeds import last_event, untouched
from tests.world import TODAY, move

ON = date(2024, 5, 7)
BY_DOCUMENT = MoveInput("chờ hướng dẫn", document_number="512/UBND-TP", document_on=ON)
PLAN_REPORT = ("III.10.a", "P. Ea Tam", "báo cáo 6 tháng")


@pytest.mark.parametrize("way", ["form", "fragment"])
@pytest.mark.parametrize("who", ["son", "ha"])
@pytest.mark.parametrize(("deed", "to"), [(Deed.PAUSE, Status.PAUSED), (Deed.DROP, Status.DROPPED)])
def test_a_leader_decides_or_the_office_enters_the_document(deed, to, who, way, go, card):
    typed = {"document_number": "512/UBND-TP", "document_on": "07/05/2024"}
    answer = go(who, card, deed, to, way, **typed)
    assert answer.status_code == (303 if way == "form" else 200), answer.text[:300]
    event = last_event(card)
    assert (reread(card).status, event.document_number, event.effective_on) == (to, "512/UBND-TP", ON)
    assert event.entered_on == TODAY


@pytest.mark.parametrize("who", ["lan", "yen", "binh", "quantri"])
@pytest.mark.parametrize("deed", [Deed.PAUSE, Deed.DROP])
def test_nobody_else_does(deed, who, card):
    with pytest.raises(Forbidden, match="do Lãnh đạo UBND quyết định"), untouched(card):
        move(who, card, deed, BY_DOCUMENT)


def test_the_refusal_is_the_same_by_every_way(refused, card):
    refused("lan", card, Deed.PAUSE, Status.PAUSED, 403, policy.LEADER_ONLY, reason="chờ hướng dẫn")


def test_without_the_documents_number_it_is_refused(refused, card):
    refused("son", card, Deed.PAUSE, Status.PAUSED, 422, rules.DOCUMENT_NEEDED, reason="chờ hướng dẫn")


def test_a_document_of_tomorrow_is_refused(go, card):
    with untouched(card):
        answer = go("son", card, Deed.PAUSE, Status.PAUSED, document_number="512/UBND", document_on="11/05/2024")
    assert answer.status_code == 422
    assert str(rules.DOCUMENT_IN_FUTURE) in answer.text
    assert "512/UBND" in answer.text


def test_it_goes_on_in_its_column_with_its_ngay_gui(sent):
    move("son", sent, Deed.PAUSE, BY_DOCUMENT)
    move("son", reread(sent), Deed.DROP, BY_DOCUMENT)
    move("ha", reread(sent), Deed.RESUME, BY_DOCUMENT)
    now = reread(sent)
    assert (now.status, now.resume_to, now.sent_on) == (Status.WAITING, None, TODAY)


def test_a_paused_duty_is_never_late_and_its_deadline_stands_when_it_goes_on(world):
    report = world.card(*PLAN_REPORT)
    move("son", report, Deed.PAUSE, BY_DOCUMENT)
    after = Today(date(2024, 6, 1), Settings())
    assert after.timeliness(row(report.id)) is Timeliness.IN_TIME
    move("son", reread(report), Deed.RESUME, BY_DOCUMENT)
    assert after.timeliness(row(report.id)) is Timeliness.LATE


def test_a_paused_duty_takes_no_part_in_the_work_until_it_goes_on(card):
    move("son", card, Deed.PAUSE, BY_DOCUMENT)
    with pytest.raises(Refused, match="Tạm dừng"), untouched(card):
        move("lan", reread(card), Deed.START)


def test_what_is_done_is_not_set_aside(sent):
    move("chi", sent, Deed.CONFIRM)
    with pytest.raises(Refused, match="Hoàn thành"), untouched(sent):
        move("son", reread(sent), Deed.DROP, BY_DOCUMENT)


def test_a_parent_row_leaves_out_what_is_not_carried_out(visit, world):
    report = world.card(*PLAN_REPORT)
    move("son", report, Deed.DROP, BY_DOCUMENT)
    page = visit("chi").get("/board?unit=").text
    assert "0/20" in page
    assert "104 nhiệm vụ (102 giao, 2 đề nghị)" in page
