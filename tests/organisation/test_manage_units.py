"""Units: listed in their order, added, renamed from a day, written in other ways, closed from a day; never deleted."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.accounts.queries.sessions import actor
from app.cards.models import Card
from app.cards.moves import Deed, MoveInput
from app.cards.operations.unit_closing import close_unit, open_duties
from app.cards.queries import rows as board
from app.core import clock
from app.core.errors import Forbidden, Refused, Stale
from app.core.vietnamese import fold
from app.extensions import db
from app.organisation import queries
from app.organisation.models import Unit, UnitKind
from app.organisation.operations import lifecycle
from app.organisation.operations.lifecycle import UnitNaming
from tests.world import TODAY, move, person

EA_TAM, EDUCATION = "P. Ea Tam", "Phòng GD&ĐT"
DECISION = "17/NQ-UBTVQH15"
WARDS = (
    "Ea Tam, Khánh Xuân, Tân An, Tân Hòa, Tân Lập, Tân Lợi, Tân Thành, Tân Tiến, "
    "Thành Công, Thành Nhất, Thắng Lợi, Thống Nhất, Tự An"
)
COMMUNES = "Cư Êbur, Ea Kao, Ea Tu, Hòa Khánh, Hòa Phú, Hòa Thắng, Hòa Thuận, Hòa Xuân"
KINDS = ["UBND, Ban", "Phòng, cơ quan chuyên môn", "Đơn vị sự nghiệp", "Mặt trận, đoàn thể", "Phường", "Xã"]


def fresh(short_name):
    db.session.rollback()
    return db.session.scalars(select(Unit).where(Unit.short_name == short_name)).one()


def rename(who, unit, name, first=TODAY, seen=None, short_name="", decision=DECISION):
    seen = unit.version if seen is None else seen
    lifecycle.rename_unit(
        person(who), unit, UnitNaming(name, short_name), first=first, decision=decision, seen_version=seen
    )


def close(who, unit, first, decision=DECISION):
    close_unit(person(who), unit, first=first, decision=decision, seen_version=unit.version)


def idle(world):
    """A unit without duties."""
    return lifecycle.add_unit(person("chi"), UnitKind.SERVICE, UnitNaming("Trung tâm Thử nghiệm"), first=None)


def test_the_list_is_by_kind_in_the_official_order(visit):
    page = visit("chi").get("/units").text
    headings = re.findall(r'<h2 id="h-\w+">([^<]+)', page)
    assert headings == KINDS
    wards = re.findall(r">UBND phường ([^<]+)</a>", page)
    communes = re.findall(r">UBND xã ([^<]+)</a>", page)
    assert (wards, communes) == (WARDS.split(", "), COMMUNES.split(", "))


def test_a_new_unit_stands_where_it_was_put_and_from_its_day(world):
    after = world.unit("P. Tân An")
    lifecycle.add_unit(
        person("quantri"), UnitKind.WARD, UnitNaming("UBND phường Tân Bình"), first=None, after_id=after.id
    )
    later = TODAY + timedelta(days=3)
    lifecycle.add_unit(person("chi"), UnitKind.WARD, UnitNaming("UBND phường Ăn"), first=later)
    names = [unit.name for unit in queries.units(later)]
    assert names.index("UBND phường Tân Bình") == names.index("UBND phường Tân An") + 1
    assert names.index("UBND phường Ăn") == names.index("UBND phường Tự An") + 1
    assert "UBND phường Ăn" not in [unit.name for unit in queries.units(TODAY)]
    assert fresh("UBND phường Ăn").staff_may_send


def test_a_name_that_means_a_unit_already_is_refused(visit, world):
    chi = visit("chi")
    chi.get("/units/new")
    form = {"name": "Phòng Giáo dục - Đào tạo", "kind": "department", "short_name": "Giáo dục"}
    answer = chi.post("/units", form, status=422)
    assert "đang là của Phòng Giáo dục và Đào tạo" in answer.text
    assert 'value="Giáo dục"' in answer.text
    with pytest.raises(Refused, match="đang là của"):
        lifecycle.add_alias(
            person("chi"), fresh(EDUCATION), "UBND phường Ea Tam", seen_version=fresh(EDUCATION).version
        )


def test_a_renamed_unit_keeps_its_name_of_before_and_is_found_by_both(world):
    first = TODAY - timedelta(days=9)
    rename("chi", fresh(EDUCATION), "Phòng Giáo dục", first)
    unit = fresh("Phòng Giáo dục")
    assert queries.names_on(first - timedelta(days=1))[unit.id] == "Phòng Giáo dục và Đào tạo"
    assert queries.names_on(first)[unit.id] == queries.names_on(TODAY)[unit.id] == "Phòng Giáo dục"
    known = queries.ids_by_key(queries.units())
    assert {known[fold(name)] for name in ("Phòng Giáo dục", "Phòng Giáo dục và Đào tạo")} == {unit.id}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"first": TODAY + timedelta(days=1)}, "Chưa đến ngày đổi tên"),
        ({"first": None}, "Nhập ngày có hiệu lực"),
        ({"decision": " "}, "Nhập số, ký hiệu"),
        ({"name": ""}, "Nhập tên đơn vị"),
        ({"name": "Phòng Nội vụ"}, "đang là của"),
        ({"name": "Phòng Giáo dục và Đào tạo", "short_name": EDUCATION}, "giống tên hiện tại"),
    ],
    ids=["in the future", "no day", "no decision", "no name", "taken", "the same"],
)
def test_a_change_of_name_that_cannot_be_is_refused(world, said, sentence):
    with pytest.raises(Refused, match=sentence):
        rename("chi", fresh(EDUCATION), **{"name": "Phòng Giáo dục"} | said)
    assert fresh(EDUCATION).version == 1


def test_names_follow_each_other(world):
    rename("chi", fresh(EDUCATION), "Phòng Giáo dục")
    with pytest.raises(Refused, match="không sau ngày bắt đầu của tên hiện tại"):
        rename("chi", fresh("Phòng Giáo dục"), "Phòng Học", TODAY)


def test_a_closed_unit_is_gone_from_its_day_on_with_its_roles(world):
    unit = idle(world)
    first = TODAY + timedelta(days=5)
    close("quantri", unit, first)
    unit = fresh("Trung tâm Thử nghiệm")
    assert (unit.valid_to, unit.closed_by) == (first - timedelta(days=1), DECISION)
    assert [unit.id in {u.id for u in queries.units(day)} for day in (unit.valid_to, first)] == [True, False]


def test_a_ward_that_has_done_its_duties_closes_and_its_people_go(world):
    said = MoveInput(reason="Sáp nhập", document_number="5/UBND", document_on=TODAY)
    for card_id in db.session.scalars(select(Card.id).where(Card.unit_id == world.unit(EA_TAM).id)).all():
        card = board.card(person("chi"), card_id)
        move("son", card, Deed.DROP, said)
    unit = fresh(EA_TAM)
    assert open_duties(unit.id) == 0
    close("chi", unit, TODAY)
    assert actor("yen").grants == ()
    with clock.at(TODAY - timedelta(days=1)):
        assert len(actor("yen").grants) == 1


def test_a_unit_with_duties_and_the_coordinating_office_stay(visit, world):
    with pytest.raises(Refused, match="nhiệm vụ chưa kết thúc"):
        close("chi", fresh(EA_TAM), TODAY)
    with pytest.raises(Refused, match="Cơ quan thường trực không thể"):
        close("chi", fresh("Phòng LĐTBXH"), TODAY)
    assert "chưa giải thể được" in visit("chi").get(f"/units/{fresh(EA_TAM).id}").text


def test_who_may_send_is_set_for_each_unit(visit, world):
    unit = fresh(EDUCATION)
    chi = visit("chi")
    chi.get(f"/units/{unit.id}")
    both = {"staff_may_send": "1", "leader_confirms": "1"}
    chi.post(f"/units/{unit.id}/rules", both | {"version": unit.version}, status=303)
    assert (fresh(EDUCATION).staff_may_send, fresh(EDUCATION).leader_confirms) == (True, False)
    office = fresh("Phòng LĐTBXH")
    chi.post(f"/units/{office.id}/rules", both | {"version": office.version}, status=303)
    assert fresh("Phòng LĐTBXH").leader_confirms


def test_somebody_was_faster(visit, world):
    unit = fresh(EDUCATION)
    seen, chi = unit.version, visit("chi")
    chi.get(f"/units/{unit.id}")
    lifecycle.set_up(person("quantri"), unit, staff_may_send=True, leader_confirms=False, seen_version=seen)
    form = {"version": seen, "name": "Phòng Học", "first": "10/05/2024", "decision": DECISION}
    answer = chi.post(f"/units/{unit.id}/names", form, status=409)
    assert 'value="Phòng Học"' in answer.text
    with pytest.raises(Stale):
        lifecycle.add_alias(person("chi"), fresh(EDUCATION), "PGD", seen_version=seen)


@pytest.mark.parametrize("who", ["lan", "mai", "son"])
def test_units_are_not_everybodys(world, who):
    with pytest.raises(Forbidden):
        rename(who, fresh(EDUCATION), "Phòng Giáo dục", date(2024, 5, 1))
    assert fresh(EDUCATION).name == "Phòng Giáo dục và Đào tạo"


def test_many_units_come_in_at_once_or_none_does(visit, world):
    chi = visit("chi")
    chi.get("/units/new")
    form = {"names": "UBND phường Một\nUBND phường Hai", "kind": "ward", "first": ""}
    for wrong, said in (
        ({"names": "UBND phường Một\nUBND phường Ea Tam"}, "đang là của"),
        ({"names": "UBND phường Một\nubnd phường một"}, "chỉ ghi một lần"),
        ({"names": " "}, "mỗi dòng một tên"),
        ({"kind": ""}, "Chọn loại đơn vị"),
    ):
        page = chi.post("/units/list", form | wrong, status=422).text
        assert said in page
    chi.post("/units/list", form, status=303)
    db.session.rollback()
    names = [unit.name for unit in queries.units()]
    assert names.index("UBND phường Hai") == names.index("UBND phường Một") + 1 == names.index("UBND phường Tự An") + 2
