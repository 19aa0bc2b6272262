"""The panel Thời hạn: forms for those who may, refusals beside what was typed, dates on board, list and workbook."""

import html
import re

import pytest

from app.board.views.card import Today
from app.cards.moves import Deed
from app.files.store import installed_store
from app.organisation.settings import Settings
from app.plans.models import DueLevel
from app.summaries.queries.progress import progress
from tests.cards.deciding import ask, day, decide, grant, report, set_date
from tests.conftest import reread
from tests.world import move, prove


def text(answer):
    return " ".join(html.unescape(answer.text).split())


def post(browser, duty, url, **form):
    browser.get(f"/cards/{duty.id}")
    return browser.post(url, {"version": str(reread(duty).version)} | form)


FORMS = {
    "yen": {"due-ask"},
    "nam": {"due-ask"},
    "ha": {"due-set", "due-grant", "due-kind"},
    "son": {"due-grant"},
    "lan": set(),
    "hoa": set(),
    "quantri": set(),
}
WHEN_ASKED = {
    "yen": {"due-withdraw"},
    "ha": {"due-accept", "due-decline", "due-kind"},
    "son": {"due-accept", "due-decline"},
    "lan": set(),
}
ALL = {"due-ask", "due-set", "due-grant", "due-kind", "due-accept", "due-decline", "due-withdraw"}


@pytest.mark.parametrize("who", FORMS)
def test_each_person_finds_the_forms_that_are_theirs(visit, world, who):
    page = visit(who).get(f"/cards/{report(world).id}").text
    assert {form for form in ALL if f'<form class="asks" id="{form}"' in page} == FORMS[who]


@pytest.mark.parametrize("who", WHEN_ASKED)
def test_while_an_extension_waits_it_is_decided_or_taken_back(visit, world, who):
    duty = report(world)
    ask("yen", duty, "20/5", "Chờ số liệu của trường")
    page = visit(who).get(f"/cards/{duty.id}")
    assert {form for form in ALL if f' id="{form}"' in page.text} == WHEN_ASKED[who]
    assert ("Chờ số liệu của trường" in page.text) is (who != "lan")


def test_a_date_is_set_and_its_history_read(visit, card):
    ha = visit("ha")
    answer = post(
        ha, card, f"/cards/{card.id}/deadline",
        day="20/5/2024", level="office", reason="Theo thống nhất", document_number="131/LĐTBXH", document_on="8/5/2024",
    )  # fmt: skip
    assert answer.status_code == 303
    page = text(ha.get(answer.location))
    assert "Đã ghi thời hạn 20/05/2024." in page
    assert "Theo thống nhất; văn bản số 131/LĐTBXH ngày 08/05/2024" in page
    assert "Kế hoạch không nêu thời hạn" in page
    assert "đặt thời hạn: 20/05/2024" in page


def test_an_extension_goes_from_asking_to_the_board_the_list_and_the_workbook(visit, world):
    duty = report(world)
    yen, son = visit("yen"), visit("son")
    answer = post(yen, duty, f"/cards/{duty.id}/extensions", day="20/5/2024", reason="Chờ số liệu")
    assert answer.status_code == 303
    for url in (f"/board?unit={duty.unit_id}", f"/list?unit={duty.unit_id}"):
        assert "Đề nghị gia hạn đến" in yen.get(url).text
        assert "Đề nghị gia hạn đến" not in visit("lan").get(url).text
    asked = reread(duty).extension_id
    answer = post(
        son, duty, f"/extensions/{asked}/decision", outcome="granted", day="20/5/2024", document_number="412/UBND"
    )
    assert answer.status_code == 303
    page = text(yen.get(f"/cards/{duty.id}"))
    assert "Đã gia hạn 1 lần, hạn gốc 15/05/2024." in page
    assert "Kế hoạch nêu: “trước ngày 15/5/2024”" in page
    for url in (f"/board?unit={duty.unit_id}", f"/list?unit={duty.unit_id}"):
        assert "Hạn 20/05/2024, đã gia hạn 1 lần" in text(yen.get(url))
    duty = reread(duty)
    line = next(line for s in progress(duty.plan_id, duty.unit_id, today()).sections for line in s.rows if line.short)
    assert (line.deadline, line.note) == (day("20/5"), "Gia hạn 1 lần, hạn gốc 15/05/2024")


def today(on="10/5"):
    return Today(day(on), Settings())


def test_ghi_chú_says_chậm_so_với_đề_nghị_beside_the_extension(card):
    set_date("ha", card, DueLevel.OFFICE, "15/5")
    grant("chi", reread(card), "17/5")
    sections = progress(card.plan_id, card.unit_id, today("18/5")).sections
    line = next(line for s in sections for line in s.rows if line.clause == "III.7.c")
    assert (line.deadline, line.note) == (day("17/5"), "Gia hạn 1 lần, hạn gốc 15/05/2024; chậm so với đề nghị")


def test_a_refusal_is_read_by_the_unit_and_not_by_its_peers(visit, world):
    duty = report(world)
    ask("yen", duty, "20/5", "Chờ số liệu")
    decide("son", reread(duty), False, reason="Kế hoạch đã ấn định")
    assert "Kế hoạch đã ấn định" in visit("nam").get(f"/cards/{duty.id}").text
    assert "Kế hoạch đã ấn định" not in visit("lan").get(f"/cards/{duty.id}").text


@pytest.mark.parametrize(
    ("who", "path", "form", "sentence"),
    [
        ("ha", "deadline", {"day": "20/5/2024", "level": "office", "reason": "Căn cứ đã gõ"}, "theo văn bản của UBND"),
        ("ha", "deadline", {"day": "31/2/2024", "level": "ubnd", "reason": "Căn cứ đã gõ"}, "Ngày không đúng"),
        ("yen", "extensions", {"day": "14/5/2024", "reason": "Lý do đã gõ"}, "phải sau thời hạn"),
        ("son", "granted-extensions", {"day": "20/5/2024", "reason": "Lý do đã gõ"}, "số, ký hiệu"),
        ("ha", "kind", {"kind": "standing", "reason": "Lý do đã gõ"}, "ghi số, ký hiệu"),
    ],
)
def test_a_refused_form_comes_back_as_typed_with_its_sentence(visit, world, who, path, form, sentence):
    duty = report(world)
    answer = post(visit(who), duty, f"/cards/{duty.id}/{path}", **form)
    assert answer.status_code == 422
    page = html.unescape(answer.text)
    assert sentence in page
    assert "đã gõ" in page
    assert form.get("day", "") in page
    assert re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL).count('role="alert"') == 1
    assert reread(duty).due_on == day("15/5")


@pytest.mark.parametrize(
    ("who", "path", "form"),
    [
        ("lan", "deadline", {"day": "20/5/2024", "level": "ubnd", "reason": "Đã gõ"}),
        ("son", "deadline", {"day": "20/5/2024", "level": "ubnd", "reason": "Đã gõ", "document_number": "1"}),
        ("lan", "extensions", {"day": "20/5/2024", "reason": "Đã gõ"}),
        ("ha", "extensions", {"day": "20/5/2024", "reason": "Đã gõ"}),
        ("yen", "granted-extensions", {"day": "20/5/2024", "reason": "Đã gõ", "document_number": "1"}),
        ("yen", "kind", {"kind": "standing", "reason": "Đã gõ"}),
        ("quantri", "kind", {"kind": "standing", "reason": "Đã gõ"}),
    ],
)
def test_who_may_not_is_told_so_with_what_was_typed(visit, world, who, path, form):
    duty = report(world)
    answer = post(visit(who), duty, f"/cards/{duty.id}/{path}", **form)
    assert answer.status_code == 403
    assert "Chưa thực hiện được." in answer.text
    assert "Đã gõ" in answer.text
    assert reread(duty).version == 1


def test_the_stale_page_tells_who_was_faster_and_keeps_what_was_typed(visit, world):
    duty = report(world)
    son = visit("son")
    son.get(f"/cards/{duty.id}")
    ask("yen", duty, "20/5")
    answer = son.post(
        f"/cards/{duty.id}/granted-extensions", {"version": "1", "day": "25/5/2024", "document_number": "412/UBND"}
    )
    assert answer.status_code == 409
    assert "Yen" in answer.text
    assert "412/UBND" in answer.text


def test_other_events_are_no_extensions_and_unknown_choices_no_forms(visit, card):
    event = set_date("ha", card, DueLevel.OFFICE, "20/5")
    ha = visit("ha")
    version = {"version": str(reread(card).version)}
    ha.post(f"/extensions/{event.id}/decision", version | {"outcome": "granted"}, status=404)
    ha.post(f"/extensions/{event.id}/withdrawal", version, status=404)
    ha.post(f"/extensions/{event.id}/decision", version | {"outcome": "perhaps"}, status=404)
    ha.post(f"/cards/{card.id}/deadline", version | {"level": "king"}, status=400)
    ha.post(f"/cards/{card.id}/kind", {"kind": "standing"}, status=400)
    ha.post("/cards/999999/extensions", version, status=404)


def test_the_ngày_gửi_is_corrected_with_its_basis_on_the_page(visit, world):
    duty = report(world)
    prove("yen", duty, installed_store())
    move("yen", reread(duty), Deed.SEND)
    chi = visit("chi")
    answer = post(chi, duty, f"/cards/{duty.id}/sent-date", day="8/5/2024", reason="", deed="sent-date")
    assert answer.status_code == 422
    assert "Nêu căn cứ" in html.unescape(answer.text)
    answer = post(chi, duty, f"/cards/{duty.id}/sent-date", day="8/5/2024", reason="Sổ công văn", deed="sent-date")
    assert answer.status_code == 303
    assert reread(duty).sent_on == day("8/5")
    assert "08/05/2024</time>, Ngày gửi được tính" in visit("yen").get(f"/cards/{duty.id}").text
