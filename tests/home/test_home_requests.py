"""The home page after deeds: what was asked, entered or sent back shows to whom it concerns, and to no other."""

import re
from datetime import date

from sqlalchemy import event as sql_event

from app.board.views.card import Today
from app.cards.moves import Deed, MoveInput
from app.cards.notes.models import Target
from app.cards.on_behalf import operations
from app.core import clock
from app.extensions import db
from app.files.store import FileStore
from app.home.views import overview
from app.organisation.settings import Settings
from app.plans.models import DueLevel
from tests.cards.deciding import ask, report, set_date
from tests.conftest import reread
from tests.world import PEOPLE, TODAY, move, person, prove

PAPER = MoveInput(document_number="45/BC-GDĐT", document_on=TODAY)


def waits(page):
    found = re.search(r'class="num">(\d+)<span class="vh"> việc cần xử lý', page)
    return int(found[1]) if found else 0


def test_an_extension_of_the_plans_date_waits_for_the_leader(visit, world):
    son, yen = visit("son"), visit("yen")
    before = waits(son.get("/").text)
    ask("yen", report(world), "25/5", "Chờ số liệu của trạm y tế")
    page = son.get("/").text
    assert "Đề nghị gia hạn chờ quyết định" in page
    assert "Chờ số liệu của trạm y tế" in page
    assert waits(page) == before + 1
    assert "đã đề nghị gia hạn đến" in yen.get("/").text
    assert "Chờ số liệu của trạm y tế" not in visit("ha").get("/").text
    assert "Chờ số liệu của trạm y tế" not in visit("lan").get("/").text


def test_what_the_office_entered_is_told_to_the_unit_and_its_request_to_the_office(visit, card):
    event = move("ha", card, Deed.START, PAPER)
    lan = visit("lan")
    page = lan.get("/").text
    assert "Cơ quan thường trực nhập thay, đơn vị chưa xem" in page
    assert "45/BC-GDĐT" in page
    assert "nhập thay" not in visit("binh").get("/").text
    operations.ask_correction(person("lan"), reread(card), Target.EVENT, event.id, "Văn bản số 54, không phải 45")
    office = visit("ha").get("/").text
    assert "Đề nghị đính chính chờ trả lời" in office
    assert "Văn bản số 54, không phải 45" in office
    assert "Văn bản số 54, không phải 45" not in visit("son").get("/").text


def test_what_was_sent_back_comes_first_with_its_reason_and_one_step(visit, world, card, app):
    prove("mai", card, FileStore(app.extensions["bdg"].files))
    move("lan", world.card("III.7.c"), Deed.SEND)
    assert 'id="muc-to-confirm"' in visit("ha").get("/").text
    move("ha", world.card("III.7.c"), Deed.RETURN, MoveInput("Thiếu số liệu quý I."))
    lan = visit("lan")
    page = lan.get("/").text
    first = page[page.index('<article class="item"') : page.index("</article>")]
    assert "Thiếu số liệu quý I." in first
    assert f"/cards/{card.id}#chuyen-send" in first
    assert first.count("btn primary") == 1
    assert page.count("btn primary") == 1
    assert waits(page) == 1
    assert "Thiếu số liệu" not in visit("binh").get("/").text


def test_the_next_step_is_one_press_and_comes_back_here(visit, card):
    lan = visit("lan")
    assert "Bắt đầu thực hiện" in lan.get("/").text
    form = {"to": "doing", "deed": "start", "version": card.version, "next": "home"}
    answer = lan.post(f"/cards/{card.id}/placement", form, status=303)
    assert answer.location == "/"
    page = lan.get("/").text
    assert "đã chuyển sang “Đang thực hiện”" in page
    assert 'name="next" value="home"' in page


def test_staff_are_led_to_where_documents_are_uploaded(visit, card):
    page = visit("mai").get("/").text
    assert f'href="/cards/{card.id}#minh-chung"' in page
    assert "Bắt đầu thực hiện" not in page


def test_a_missed_agreement_with_the_office_is_not_late(visit, world, card):
    set_date("ha", card, DueLevel.OFFICE, "12/5", "Theo biên bản làm việc")
    assert 'id="muc-soon"' in visit("lan").get("/").text
    with clock.at(date(2024, 5, 13)):
        page = visit("lan").get("/").text
    assert 'id="muc-late"' not in page
    assert "chậm 1 ngày so với đề nghị" in page[page.index('id="muc-dated"') :]


def test_every_link_of_the_page_leads_somewhere(visit):
    for who in ("lan", "ha", "son", "yen", "hoa", "quantri"):
        browser = visit(who)
        for url in set(re.findall(r'href="(/[^"#]*)', browser.get("/").text)):
            if not url.startswith("/static"):
                browser.get(url.replace("&amp;", "&"))


def test_a_body_outside_ubnd_is_asked(visit):
    assert "Kế hoạch đề nghị 2 nội dung" in visit("hoa").get("/").text


def test_the_number_in_the_menu_takes_two_questions_at_most_whoever_looks(world):
    plans, today, asked = [world.plan.id], Today(TODAY, Settings()), []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    sql_event.listen(db.engine, "before_cursor_execute", note)
    try:
        for viewer in map(person, PEOPLE):
            asked.clear()
            overview.waits(viewer, plans, today)
            assert len(asked) <= 2, (viewer.name, asked)
    finally:
        sql_event.remove(db.engine, "before_cursor_execute", note)
