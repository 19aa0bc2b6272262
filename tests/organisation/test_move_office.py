"""The role of cơ quan thường trực moves to another unit, at once, by the administrator alone."""

import pytest
from sqlalchemy import select

from app.accounts.operations.office_role import move_office
from app.accounts.queries.sessions import actor
from app.core.errors import Forbidden, Refused
from app.extensions import db
from app.organisation.models import Unit
from app.organisation.queries import coordinating_unit
from tests.world import person


def unit(short_name):
    db.session.rollback()
    return db.session.scalars(select(Unit).where(Unit.short_name == short_name)).one()


def test_the_heads_of_the_new_office_coordinate_and_those_of_the_old_no_longer(world, visit):
    education, admin = unit("Phòng GD&ĐT"), visit("quantri")
    assert "Có hiệu lực ngay" in admin.get("/units/office").text
    admin.post("/units/office", {"unit": education.id}, status=303)
    db.session.rollback()
    assert coordinating_unit().id == education.id
    assert [actor(who).coordinates for who in ("lan", "mai", "chi", "ha")] == [True, False, False, False]
    assert unit("Phòng GD&ĐT").staff_may_send
    assert not unit("Phòng LĐTBXH").is_coordinating


def test_who_cannot_take_it_is_refused_with_the_sentence(world, visit):
    admin = visit("quantri")
    admin.get("/units/office")
    for short_name, said in (("P. Ea Tam", "không phải phường, xã"), ("Phòng LĐTBXH", "Chọn một đơn vị khác")):
        assert said in admin.post("/units/office", {"unit": unit(short_name).id}, status=422).text
    with pytest.raises(Refused, match="chưa có thủ trưởng"):
        move_office(person("quantri"), unit("Phòng Y tế").id)
    with pytest.raises(Forbidden):
        move_office(person("chi"), unit("Phòng GD&ĐT").id)
    assert coordinating_unit().short_name == "Phòng LĐTBXH"
