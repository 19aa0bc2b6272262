"""Danh mục nhiệm vụ giao of a unit, and the reminder that is pasted into a message group."""

import re
from datetime import date

import pytest

from app.cards.moves import Deed
from app.core import clock
from app.files.store import FileStore
from tests.world import PEOPLE, move, prove


def reminder(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    return found[1].strip() if found else ""


def test_the_reminder_names_units_duties_dates_and_a_link_and_no_person(visit, world):
    text = reminder(visit("ha").get("/reminder-text?unit=").text)
    assert "SẮP ĐẾN HẠN:" in text
    assert "- III.10.a. Báo cáo 6 tháng: hạn 15/05/2024 (còn 5 ngày). Đơn vị: P. Ea Tam, " in text
    assert text.count("III.10.a") == 1
    assert text.rstrip().endswith("http://localhost/")
    assert not [name for name in PEOPLE if name.title() in text.replace("Ea Tam", "")]


def test_who_has_sent_is_not_reminded(visit, world, app):
    mine = ("III.10.a", "P. Ea Tam", "báo cáo 6 tháng")
    move("yen", world.card(*mine), Deed.START)
    assert "P. Ea Tam" in reminder(visit("ha").get("/reminder-text?unit=&unit_kind=ward").text)
    prove("yen", world.card(*mine), FileStore(app.extensions["bdg"].files))
    move("yen", world.card(*mine), Deed.SEND)
    assert "P. Ea Tam" not in reminder(visit("ha").get("/reminder-text?unit=&unit_kind=ward").text)


def test_late_duties_come_before_those_soon_due_and_follow_the_filter(visit, world):
    with clock.at(date(2024, 5, 17)):
        ha = visit("ha")
        text = reminder(ha.get("/reminder-text?unit=&unit_kind=commune").text)
        assert "QUÁ HẠN:" in text
        assert "quá hạn 2 ngày" in text
        assert "P. " not in text
        assert reminder(ha.get("/reminder-text?unit=&timeliness=soon").text) == ""


def test_a_chosen_timeliness_is_followed(visit, world):
    text = reminder(visit("ha").get("/reminder-text?unit=&timeliness=no_date&clause=III.7").text)
    assert "III.7.c" in text
    assert "SẮP ĐẾN HẠN" not in text


@pytest.mark.parametrize("who", ["lan", "mai", "yen", "nam", "hoa", "son", "quantri"])
def test_the_reminder_is_the_offices(visit, who):
    visit(who).get("/reminder-text?unit=", status=403)


def test_the_list_of_a_unit_holds_its_duties_and_what_it_takes_part_in(visit, world):
    page = visit("lan").get(f"/units/{world.unit('Phòng GD&ĐT').id}/duties").text
    assert "DANH MỤC NHIỆM VỤ GIAO<br>Phòng Giáo dục và Đào tạo" in page
    assert "Nhiệm vụ giao (3)" in page
    assert "Kèm theo Kế hoạch triển khai công tác Bình đẳng giới năm 2024, số ……/KH-UBND" in page
    binh = visit("binh").get(f"/units/{world.unit('Phòng VH&TT').id}/duties").text
    assert "Nhiệm vụ phối hợp (1)" in binh


def test_a_body_outside_ubnd_is_asked_and_not_ordered(visit, world):
    page = visit("hoa").get(f"/units/{world.unit('MTTQ').id}/duties").text
    assert "DANH MỤC NỘI DUNG ĐỀ NGHỊ" in page
    assert "Nhiệm vụ giao (" not in page


def test_a_ward_has_its_dates_and_a_letterhead_where_it_stands_alone(visit, world):
    unit_id = world.unit("P. Ea Tam").id
    annex = visit("yen").get(f"/units/{unit_id}/duties").text
    assert ">15/05/2024<" in annex
    assert "CỘNG HÒA" not in annex
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in visit("chi").get(f"/units/{unit_id}/duties?alone=1").text


def test_a_unit_that_does_not_exist_is_not_found(visit):
    visit("ha").get("/units/9999/duties", status=404)
