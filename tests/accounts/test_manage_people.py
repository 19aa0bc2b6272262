"""People: added with a one-time code, given roles between two days, switched off; and who may do that to whom."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Person, RoleGrant
from app.accounts.operations import management, one_time_codes, sign_in, throttle
from app.accounts.operations.management import Term
from app.accounts.policy import Giving
from app.accounts.queries import directory
from app.accounts.queries.sessions import actor, actor_by_token
from app.core import clock
from app.core.actor import Role, system
from app.core.audit import AuditEntry
from app.core.errors import Forbidden, Refused, Stale
from app.extensions import db
from tests.world import PASSWORD, TODAY, person

NEW = "một mật khẩu mới đủ dài"
EDUCATION, OFFICE = "Phòng GD&ĐT", "Phòng LĐTBXH"


def account(username):
    db.session.rollback()
    return directory.person(db.session.scalar(select(Person.id).where(Person.username == username)))


def add(who, world, role=Role.STAFF, unit=EDUCATION, term=None, username="moi"):
    giving = Giving(role, world.unit(unit).id)
    return management.add_person(person(who), (username, "Người Mới", "Chuyên viên"), giving, term or Term())


def give(who, username, role, unit_id, term=None):
    one = account(username)
    giving = Giving(role, unit_id, one.id)
    management.give_role(person(who), one, giving, term or Term(), seen_version=one.version)


def test_somebody_new_sets_a_password_with_a_code_that_works_once(visit, world):
    lan = visit("lan")
    lan.get("/people/new")
    form = {"username": "Moi", "name": "Y Mới Niê", "role": "staff", "unit": world.unit(EDUCATION).id}
    answer = lan.post("/people", form, status=200)
    code = re.search(r'id="ma">([^<]+)<', answer.text)[1]
    assert answer.headers["Cache-Control"] == "no-store"
    assert code not in lan.get(f"/people/{account('moi').id}").text
    log = db.session.scalars(select(AuditEntry.changes).where(AuditEntry.subject_type == "Person")).all()
    assert not [entry for entry in log if code in entry or "code_hash" in entry]
    new = visit(None)
    new.get("/one-time-code")
    said = {"username": "moi", "code": code.upper().replace("-", " "), "password": NEW, "password_again": NEW}
    refused = new.post("/one-time-code", said | {"password_again": "khác hẳn"}, status=422)
    assert code.upper().replace("-", " ") in refused.text
    assert new.post("/one-time-code", said, status=303).location == "/login?username=moi"
    assert new.post("/one-time-code", said, status=422)
    new.sign_in("moi", NEW)
    assert "Phòng Giáo dục và Đào tạo" in new.get("/").text


def test_a_code_runs_out_and_guessing_is_stopped(world, monkeypatch, app):
    _one, code = add("lan", world)
    monkeypatch.setattr(one_time_codes, "LASTS", -timedelta(seconds=1))
    _two, old = add("lan", world, username="cu")
    with pytest.raises(Refused, match="đã hết hạn"):
        one_time_codes.redeem("cu", old, NEW, NEW, "10.0.0.1")
    for _ in range(throttle.FAILURES_PER_ACCOUNT):
        with pytest.raises(Refused):
            one_time_codes.redeem("moi", "sai", NEW, NEW, "10.0.0.2")
        db.session.rollback()
    assert throttle.is_blocked(["account:moi"])
    one_time_codes.redeem("moi", code, NEW, NEW, "10.0.0.2")
    assert not throttle.is_blocked(["account:moi"]), "no guess hits a right code: it ends the wait"


@pytest.mark.parametrize(
    ("who", "role", "unit", "may"),
    [
        ("quantri", Role.HEAD, EDUCATION, True),
        ("quantri", Role.COORDINATOR, OFFICE, True),
        ("lan", Role.DEPUTY, EDUCATION, True),
        ("duc", Role.STAFF, EDUCATION, True),
        ("duc", Role.DEPUTY, EDUCATION, False),
        ("lan", Role.HEAD, EDUCATION, False),
        ("lan", Role.STAFF, OFFICE, False),
        ("lan", Role.ADMIN, EDUCATION, False),
        ("chi", Role.COORDINATOR, OFFICE, False),
        ("chi", Role.STAFF, OFFICE, True),
        ("ha", Role.STAFF, OFFICE, False),
        ("mai", Role.STAFF, EDUCATION, False),
        ("son", Role.STAFF, EDUCATION, False),
    ],
)
def test_nobody_gives_a_role_that_is_not_theirs_to_give(world, who, role, unit, may):
    if may:
        assert add(who, world, role, unit)[0].username == "moi"
    else:
        with pytest.raises(Forbidden):
            add(who, world, role, unit)
        assert account("moi") is None


def test_a_role_is_only_where_it_exists_and_once(world):
    with pytest.raises(Refused, match="chỉ có ở cơ quan thường trực"):
        add("quantri", world, Role.COORDINATOR, EDUCATION)
    with pytest.raises(Refused, match="chỉ có ở UBND"):
        add("quantri", world, Role.LEADER, EDUCATION)
    with pytest.raises(Refused, match="không được trước"):
        add("quantri", world, term=Term(TODAY, TODAY - timedelta(days=1)))
    with pytest.raises(Refused, match="đang giữ vai trò"):
        give("quantri", "mai", Role.STAFF, world.unit(EDUCATION).id)


def test_a_role_begins_and_ends_on_its_days(world):
    term = Term(TODAY + timedelta(days=2), TODAY + timedelta(days=4))
    give("quantri", "mai", Role.DEPUTY, world.unit(EDUCATION).id, term)
    roles = []
    for days in range(1, 6):
        with clock.at(TODAY + timedelta(days=days)):
            roles.append(person("mai").has(Role.DEPUTY))
    assert roles == [False, True, True, True, False]


def test_a_session_does_not_outlive_its_role(visit, world):
    mai = account("mai")
    grant, lasts = mai.grants[0].id, clock.local(clock.now()).date()
    management.end_role(person("lan"), mai, grant, lasts, seen_version=mai.version)
    token = sign_in.sign_in("mai", PASSWORD, "10.0.0.1").token
    with clock.at(lasts):
        assert actor_by_token(token).has(Role.STAFF)
    with clock.at(lasts + timedelta(days=1)):
        assert actor_by_token(token) is None
        with pytest.raises(Refused):
            sign_in.sign_in("mai", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize("path", ["roles", "role-ends", "state", "one-time-code"])
def test_open_sessions_end_with_what_they_were_opened_under(visit, world, path):
    mai, lan, one = visit("mai"), visit("lan"), account("mai")
    lan.get(f"/people/{one.id}")
    said = {"version": one.version, "grant": one.grants[0].id, "last": "31/12/2024", "state": "off"}
    if path == "roles":
        give("quantri", "mai", Role.DEPUTY, world.unit(EDUCATION).id)
    else:
        lan.post(f"/people/{one.id}/{path}", said, status=200 if path == "one-time-code" else 303)
    assert mai.get("/board", status=303, follow=False).location.startswith("/login")


def test_a_new_code_makes_the_old_password_worthless(app):
    mai = account("mai")
    management.renew_code(person("lan"), mai, seen_version=mai.version)
    with pytest.raises(Refused):
        sign_in.sign_in("mai", PASSWORD, "10.0.0.1")


def test_a_head_touches_nobody_who_holds_more(world):
    give("quantri", "mai", Role.HEAD, world.unit("MTTQ").id)
    mai = account("mai")
    with pytest.raises(Forbidden, match="chỉ quản trị được thay đổi"):
        management.renew_code(person("lan"), mai, seen_version=mai.version)


def test_nobody_manages_their_own_account(world):
    one = account("quantri")
    with pytest.raises(Forbidden, match="tài khoản của chính mình"):
        management.switch(person("quantri"), one, on=False, seen_version=one.version)
    with pytest.raises(Forbidden):
        give("quantri", "quantri", Role.LEADER, world.unit("UBND thành phố").id)


def test_the_last_administrator_stays(app, world):
    one = account("quantri")
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        management.switch(system(), one, on=False, seen_version=one.version)
    one = account("quantri")
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        management.end_role(system(), one, one.grants[0].id, TODAY + timedelta(days=90), seen_version=one.version)
    assert (actor("quantri").administers, account("quantri").grants[0].valid_to) == (True, None)
    give("quantri", "son", Role.ADMIN, world.unit("UBND thành phố").id)
    one = account("quantri")
    management.switch(person("son"), one, on=False, seen_version=one.version)
    assert actor("quantri") is None


def test_two_who_change_one_account_do_not_overwrite_each_other(visit, world):
    lan, mai = visit("lan"), account("mai")
    seen = mai.version
    lan.get(f"/people/{mai.id}")
    give("quantri", "mai", Role.DEPUTY, world.unit(EDUCATION).id)
    form = {"version": seen, "name": "Trần Thị Mai Anh", "title": "Chuyên viên chính"}
    answer = lan.post(f"/people/{mai.id}/particulars", form, status=409)
    assert "vừa được người khác cập nhật" in answer.text
    assert "Trần Thị Mai Anh" in answer.text
    with pytest.raises(Stale):
        management.switch(person("quantri"), account("mai"), on=False, seen_version=seen)
    assert account("mai").name == "Mai"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"username": "lan"}, "Tên đăng nhập này đã có"),
        ({"role": ""}, "Chọn vai trò"),
        ({"last": "31/02/2024"}, "Ngày không đúng"),
        ({"unit": ""}, "Chọn đơn vị"),
    ],
    ids=["name taken", "no role", "no such day", "no unit"],
)
def test_a_refused_form_keeps_what_was_typed(visit, world, change, said):
    lan = visit("lan")
    lan.get("/people/new")
    form = {"username": "moi", "name": "H’Mới Êban", "title": "Kế toán", "role": "staff", "unit": 0}
    answer = lan.post("/people", form | {"unit": world.unit(EDUCATION).id} | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert "H’Mới Êban" in answer.text
    assert account("moi") is None


def test_a_head_sees_the_own_unit_and_the_administrator_all(visit, world):
    for who, seen, unseen in [("lan", ">Mai<", ">Binh<"), ("quantri", ">Binh<", ">System<")]:
        page = visit(who).get("/people").text
        assert seen in page
        assert unseen not in page


def test_nobody_is_ever_deleted(app, world):
    add("lan", world)
    one = account("moi")
    management.switch(person("lan"), one, on=False, seen_version=one.version)
    assert account("moi") is not None
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == one.id)).all()
