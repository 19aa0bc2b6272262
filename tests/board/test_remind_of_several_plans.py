"""The reminder: what was sent back, what is late, what is soon due – of all plans, or of the one that is named."""

import re
from datetime import date

import pytest

from app.cards.moves import Deed, MoveInput
from app.cards.queries import rows
from app.core import clock
from app.files.store import FileStore
from tests.board.test_papers import reminder
from tests.cards.deciding import ask, report
from tests.several import DIGITAL, put_up
from tests.world import move, person, prove


def sent_back(world, app, deed, said):
    card = report(world)
    prove("yen", card, FileStore(app.extensions["bdg"].files))
    move("yen", rows.card(person("chi"), card.id), Deed.SEND)
    move("chi", rows.card(person("chi"), card.id), deed, said)


@pytest.fixture
def two(app, card):
    """The reference and a plan with a duty that is late; the id of the second."""
    return put_up(app.extensions["bdg"].files, DIGITAL)


def under(text, head):
    """The lines under one head."""
    found = re.search(rf"^{head}:\n((?:- .*\n?)*)", text, re.MULTILINE)
    return found[1] if found else ""


def test_a_result_that_was_returned_is_reminded_of_under_its_head(visit, world, app):
    sent_back(world, app, Deed.RETURN, MoveInput(reason="Thiếu phụ lục"))
    text = reminder(visit("ha").get("/reminder-text?unit=").text)
    assert "P. Ea Tam" in under(text, "BỊ TRẢ LẠI, CHƯA ĐẠT YÊU CẦU")
    assert "P. Ea Tam" not in under(text, "SẮP ĐẾN HẠN")
    assert "Thiếu phụ lục" not in text


def test_what_was_asked_for_more_is_reminded_of_with_its_day(visit, world, app):
    said = MoveInput(reason="Bổ sung số liệu nữ", day=date(2024, 5, 13))
    sent_back(world, app, Deed.ASK_MORE, said)
    text = reminder(visit("ha").get("/reminder-text?unit=").text)
    assert "đề nghị gửi lại trước ngày 13/05/2024" in under(text, "ĐỀ NGHỊ BỔ SUNG")
    listed = visit("chi").get("/list?unit=&text=6 tháng").text
    assert re.search(r"Đề nghị gửi lại trước ngày <time[^>]*>13/05/2024", listed)


def test_the_reminder_holds_every_plan_under_its_title(visit, two):
    text = reminder(visit("ha").get("/reminder-text?unit=").text)
    reference, digital = text.index("Bình đẳng giới năm 2024:"), text.index("Kế hoạch triển khai thực hiện chuyển đổi")
    late = text.index("QUÁ HẠN:")
    assert digital < late < reference
    assert text.index("SẮP ĐẾN HẠN:") > reference
    assert "- III.1.a. Báo cáo kết quả: hạn 08/05/2024 (quá hạn 2 ngày). Đơn vị: Phòng GD&amp;ĐT." in text


def test_the_reminder_of_a_board_is_of_its_plan_alone(visit, two, card):
    ha = visit("ha")
    page = ha.get(f"/reminder-text?plan={two}&unit=").text
    assert "III.10.a" not in reminder(page)
    assert "chuyển đổi số" in reminder(page)
    assert f'href="/reminder-text?unit=&amp;plan={two}"' in ha.get(f"/board?plan={two}&unit=").text
    assert "III.1.a" not in reminder(ha.get(f"/reminder-text?plan={card.plan_id}&unit=").text)
    ha.get("/reminder-text?plan=99", status=404)


def test_a_unit_is_reminded_of_what_it_has_in_all_plans(visit, two, world):
    unit = world.unit("Phòng GD&ĐT").id
    with clock.at(date(2024, 5, 11)):
        text = reminder(visit("ha").get(f"/reminder-text?unit={unit}").text)
    assert "III.1.a" in text
    assert "P. Ea Tam" not in text


def test_an_extension_that_waits_is_said(visit, world):
    ask("yen", report(world), "22/5")
    text = reminder(visit("ha").get("/reminder-text?unit=").text)
    lines = [line for line in text.splitlines() if "III.10.a" in line]
    assert len(lines) == 2
    asking = next(line for line in lines if "P. Ea Tam" in line)
    assert "đã đề nghị gia hạn đến 22/05/2024, chưa quyết định" in asking
    assert all(", P. " not in line and "P. Ea Tam." in line for line in [asking])
