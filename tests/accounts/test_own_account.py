"""One's own account: the password, and the sessions that are open."""

import re

import pytest

from app.accounts.operations import sign_in
from app.accounts.operations.throttle import FAILURES_PER_ACCOUNT
from app.core.errors import Refused
from tests.page_client import Browser
from tests.world import PASSWORD

NEW = "một mật khẩu mới đủ dài"
FORM = {"now": PASSWORD, "password": NEW, "password_again": NEW}


@pytest.fixture
def lan(visit):
    opened = visit("lan")
    opened.get("/account")
    return opened


def test_a_new_password_ends_every_other_session_and_renews_this_one(app, visit, lan):
    other, before = visit("lan"), lan.client.get_cookie(lan.cookie_name).value
    assert lan.post("/account/password", FORM, status=303).location == "/account"
    assert lan.client.get_cookie(lan.cookie_name).value != before
    assert "Đã đổi mật khẩu" in lan.get("/account").text
    other.get("/account", status=303, follow=False)
    Browser(app).sign_in("lan", NEW)
    with pytest.raises(Refused):
        sign_in.sign_in("lan", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"now": "sai"}, "Mật khẩu hiện tại không đúng"),
        ({"password": "ngắn", "password_again": "ngắn"}, "ít nhất 10 ký tự"),
        ({"password_again": "không giống nhau"}, "không giống nhau"),
        ({"password": PASSWORD, "password_again": PASSWORD}, "trùng với mật khẩu hiện tại"),
        ({"password": "mau-bdg-lan-dai", "password_again": "mau-bdg-lan-dai"}, "mật khẩu mẫu đã công bố"),
    ],
    ids=["wrong", "short", "unlike", "same", "published"],
)
def test_an_unfit_password_is_refused_beside_its_field(lan, change, said):
    answer = lan.post("/account/password", FORM | change, status=422)
    assert re.search(rf'class="wrong"[^>]*>[^<]*{said}', answer.text)
    assert NEW not in answer.text


def test_guessing_the_current_password_is_stopped(lan):
    for _ in range(FAILURES_PER_ACCOUNT):
        lan.post("/account/password", FORM | {"now": "sai"}, status=422)
    lan.post("/account/password", FORM, status=422)


def test_sessions_are_seen_and_ended_one_by_one_or_all(visit, lan):
    second, third = visit("lan"), visit("lan")
    page = lan.get("/account").text
    ids = re.findall(r"/account/sessions/(\d+)/closure", page)
    assert (len(ids), page.count("Phiên này")) == (2, 1)
    lan.post(f"/account/sessions/{max(ids, key=int)}/closure", status=303)
    third.get("/board", status=303, follow=False)
    second.get("/board")
    lan.post("/account/other-sessions/closure", status=303)
    second.get("/board", status=303, follow=False)
    assert "Đã kết thúc các phiên làm việc khác" in lan.get("/account").text


def test_somebody_elses_session_is_not_found(visit, lan):
    duc = visit("duc")
    duc.get("/account")
    for session_id in range(1, 60):
        duc.post(f"/account/sessions/{session_id}/closure")
    lan.get("/board")
