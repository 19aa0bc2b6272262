"""Tries of others keep nobody out: a wait ends by itself or by who manages the account; a known device has none."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import LoginFailure
from app.accounts.operations import passwords, sign_in, throttle
from app.accounts.operations.throttle import FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, WINDOW
from app.core import clock, database
from app.core.audit import AuditEntry
from app.core.errors import Refused
from app.extensions import db
from tests.page_client import Browser
from tests.world import PASSWORD, person

NEW = "mật khẩu mới tinh"
SENTENCE = "Tên đăng nhập hoặc mật khẩu không đúng, hoặc đã thử quá nhiều lần"


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch):
    monkeypatch.setattr(passwords, "matches", lambda stored, given: stored is not None and given == PASSWORD)


def guess(times, name="lan", password="sai", address="10.0.0.9", **more):
    for _ in range(times):
        with pytest.raises(Refused, match="Chưa đăng nhập được"):
            sign_in.sign_in(name, password, address, **more)
        db.session.rollback()


def pass_by(by):
    with database.independent_write(db.engine) as session:
        for row_id, at in session.execute(select(LoginFailure.id, LoginFailure.at)).all():
            session.execute(update(LoginFailure).where(LoginFailure.id == row_id).values(at=at - by))
    db.session.rollback()


def rows():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(LoginFailure))


def told(action):
    db.session.rollback()
    return db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all()


def enter(browser, password=PASSWORD, name="lan"):
    browser.get("/login")
    return browser.post("/login", {"username": name, "password": password})


def test_nothing_is_counted_while_an_account_waits_and_the_wait_ends_by_itself(app):
    guess(FAILURES_PER_ACCOUNT)
    counted = rows()
    pass_by(WINDOW - timedelta(seconds=5))
    guess(3)
    guess(3, password=PASSWORD)
    assert rows() == counted
    pass_by(timedelta(seconds=6))
    assert sign_in.sign_in("lan", PASSWORD, "10.0.0.9").token


def test_after_a_wait_counting_begins_anew(app):
    guess(FAILURES_PER_ACCOUNT)
    pass_by(WINDOW + timedelta(seconds=1))
    guess(FAILURES_PER_ACCOUNT - 1)
    assert sign_in.sign_in("lan", PASSWORD, "10.0.0.9").token


def test_a_right_code_passes_the_wait_of_account_and_address_and_makes_the_device_known(app, visit):
    guess(FAILURES_PER_ACCOUNT, address="127.0.0.1")
    guess(FAILURES_PER_ADDRESS, name="ai-do", address="127.0.0.1")
    quantri = visit(None)
    with database.independent_write(db.engine) as session:
        throttle.forgive(session, "address:127.0.0.1")
    quantri.sign_in("quantri", PASSWORD)
    mai_page = quantri.get(f"/people/{person('lan').id}").text
    version = re.search(r'name="version" value="(\d+)"', mai_page)[1]
    shown = quantri.post(f"/people/{person('lan').id}/one-time-code", {"version": version}, status=200).text
    code = re.search(r"[a-z0-9]{4}(?:[- ][a-z0-9]{4}){3}", shown)[0]
    for n in range(9):
        guess(FAILURES_PER_ACCOUNT, name=f"ai-{n}", address="127.0.0.1")
    assert throttle.is_blocked(["address:127.0.0.1"])
    lan = Browser(app)
    lan.get("/one-time-code")
    said = {"username": "lan", "code": code, "password": NEW, "password_again": NEW}
    lan.post("/one-time-code", said | {"code": "sai"}, status=422)
    lan.post("/one-time-code", said, status=303)
    passwords_match = passwords.matches
    try:
        passwords.matches = lambda stored, given: stored is not None and given == NEW
        assert enter(lan, NEW).status_code == 303
    finally:
        passwords.matches = passwords_match
    assert [len(told(f"account.code_{deed}")) for deed in ("given", "used")] == [1, 1]


def test_the_page_of_the_person_says_until_when_and_who_manages_it_ends_the_wait(visit, app):
    mai, url = person("mai"), f"/people/{person('mai').id}"
    lan = visit("lan")
    assert "tạm khóa đến" not in lan.get(url).text
    guess(FAILURES_PER_ACCOUNT, name="mai")
    until = throttle.locked_until("account:mai")
    assert f"tạm khóa đến {clock.local(until):%H:%M}" in lan.get(url).text
    lan.post(f"{url}/lock-end", status=303)
    assert "tạm khóa đến" not in lan.get(url).text
    db.session.rollback()
    assert sign_in.sign_in("mai", PASSWORD, "10.0.0.9").token
    guess(FAILURES_PER_ACCOUNT, name="mai")
    visit("binh").post(f"{url}/lock-end", status=403)
    assert throttle.is_blocked(["account:mai"])
    assert {entry.subject_id for entry in told("account.unlock")} == {str(mai.id)}


def test_tries_from_elsewhere_do_not_shut_out_a_known_device(app):
    lan = Browser(app)
    assert enter(lan).status_code == 303
    lan.post("/logout")
    guess(FAILURES_PER_ACCOUNT)
    guess(FAILURES_PER_ADDRESS, name="ai-do", address="127.0.0.1")
    for n in range(9):
        guess(FAILURES_PER_ACCOUNT, name=f"ai-{n}", address="127.0.0.1")
    assert throttle.is_blocked(["account:lan"])
    assert throttle.is_blocked(["address:127.0.0.1"])
    assert enter(Browser(app)).status_code == 422, "a device that nobody knows waits"
    assert enter(lan, "sai").status_code == 422
    assert enter(lan).status_code == 303


def test_a_known_device_is_known_for_one_person_and_may_guess_no_more_than_others(app):
    lan = Browser(app)
    enter(lan)
    lan.post("/logout")
    guess(FAILURES_PER_ACCOUNT, name="duc")
    assert enter(lan, name="duc").status_code == 422
    for _ in range(FAILURES_PER_ACCOUNT):
        assert SENTENCE in enter(lan, "sai").text
    answer = enter(lan)
    assert (answer.status_code, SENTENCE in answer.text) == (422, True)
    assert not throttle.is_blocked(["account:lan"]), "elsewhere the account is open"
    assert enter(Browser(app)).status_code == 303


@pytest.mark.parametrize("made_up", ["", "x", "W1sxLCJhIiwxXV0.x", '[[2,"a",99999999999]]', "null"])
def test_a_made_up_device_is_unknown(app, made_up):
    guess(FAILURES_PER_ACCOUNT)
    lan = Browser(app)
    lan.client.set_cookie("bdg_device", made_up)
    assert enter(lan).status_code == 422


def test_a_device_is_forgotten_after_some_months(app, monkeypatch):
    lan = Browser(app)
    enter(lan)
    lan.post("/logout")
    guess(FAILURES_PER_ACCOUNT)
    monkeypatch.setattr("app.accounts.devices.LATELY", -1)
    assert enter(lan).status_code == 422


def test_who_is_signed_in_may_change_the_password_while_others_guess(visit):
    lan = visit("lan")
    guess(FAILURES_PER_ACCOUNT)
    form = {"now": PASSWORD, "password": NEW, "password_again": NEW}
    assert lan.post("/account/password", form).status_code == 303


def test_the_log_tells_of_sign_ins_locks_and_the_sum_of_failures(app):
    sign_in.sign_in("lan", PASSWORD, "10.0.0.1")
    guess(FAILURES_PER_ACCOUNT, name="duc")
    (entered,), (locked,) = told("account.sign_in"), told("account.lock")
    assert (entered.actor_id, entered.subject_type) == (person("lan").id, "Account")
    assert (locked.subject_id, told("account.failures")) == (str(person("duc").id), [])
    pass_by(WINDOW + timedelta(seconds=1))
    guess(1, name="mai")
    (summed,) = told("account.failures")
    assert summed.changes == f'{{"failures":{FAILURES_PER_ACCOUNT},"locks":1}}'


def test_a_flood_of_tries_writes_a_bounded_log(app):
    before = db.session.scalar(select(func.max(AuditEntry.sequence)))
    for n in range(150):
        guess(1, name=f"ai-{n}", address=f"10.0.{n % 3}.1")
    guess(40, name="lan", address="10.1.0.1")
    pass_by(WINDOW + timedelta(seconds=1))
    for n in range(20):
        guess(1, name=f"lai-{n}", address=f"10.2.0.{n}")
    assert db.session.scalar(select(func.max(AuditEntry.sequence))) - before <= 2  # one lock, one sum
