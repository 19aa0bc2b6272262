"""Signing in: one sentence for every failure, guessing slowed down, sessions that end when they must."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import LoginFailure, LoginSession, Person
from app.accounts.operations import passwords, sign_in
from app.accounts.operations.throttle import FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS, WINDOW
from app.accounts.queries.sessions import ABSOLUTE, IDLE, actor_by_token, token_hash
from app.core import clock, database
from app.core.actor import Role, system
from app.core.errors import Busy, Refused
from app.extensions import db
from tests.conftest import SHIPPED_HASHER
from tests.page_client import Browser
from tests.world import PASSWORD, person

SENTENCE = "Tên đăng nhập hoặc mật khẩu không đúng, hoặc đã thử quá nhiều lần"


@pytest.fixture
def light_hashes(monkeypatch):
    """Argon2 replaced by a comparison: what is counted here is not its work. Returns what was compared."""
    compared = []

    def matches(stored, password):
        compared.append(stored)
        return stored is not None and password == PASSWORD

    monkeypatch.setattr(passwords, "matches", matches)
    return compared


def try_in(browser, username="lan", password=PASSWORD, **form):
    browser.get("/login")
    return browser.post("/login", {"username": username, "password": password} | form)


def sessions(username):
    db.session.rollback()
    query = select(LoginSession).join(Person, Person.id == LoginSession.person_id).where(Person.username == username)
    return db.session.scalars(query.order_by(LoginSession.id)).all()


def failures(key):
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(LoginFailure.key == key))


def age(model, by):
    """Move the rows of a table into the past."""
    with database.independent_write(db.engine) as session:
        for column in [c for c in model.__table__.columns if c.key in ("opened_at", "used_at", "at")]:
            for row_id, moment in session.execute(select(model.id, column)).all():
                session.execute(update(model).where(model.id == row_id).values({column.key: moment - by}))


def test_the_right_password_opens_the_board(app):
    lan = Browser(app)
    assert try_in(lan).location == "/"
    assert "Nhiệm vụ của" in lan.get("/").text
    assert "Lan" in lan.get("/board").text


def test_the_name_is_taken_in_any_case_and_with_blanks(app, light_hashes):
    assert try_in(Browser(app), " LAN ").status_code == 303


def test_every_failure_is_answered_alike(app, light_hashes):
    switch_off("duc")
    answers = {
        "unknown": try_in(Browser(app), "khong-co"),
        "wrong": try_in(Browser(app), "lan", "sai"),
        "operator": try_in(Browser(app), "-", "sai"),
        "locked": try_in(Browser(app), "duc"),
        "throttled": throttled(app, "mai"),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 422)
    pages = {name: without_what_differs(answer.text) for name, answer in answers.items()}
    assert all(SENTENCE in page for page in pages.values())
    assert len(set(pages.values())) == 1


def switch_off(username):
    with db.engine.begin() as connection:
        connection.execute(update(Person.__table__).where(Person.username == username).values(active=False))


def throttled(app, username):
    browser = Browser(app)
    for _ in range(FAILURES_PER_ACCOUNT):
        try_in(browser, username, "sai")
    return try_in(browser, username)


def without_what_differs(page):
    """The page without its token and without the name that was typed."""
    page = re.sub(r'name="csrf_token" value="[^"]+"', "", page)
    return re.sub(r'(name="username"[^>]*?value=")[^"]*', r"\1", page)


def test_an_unknown_name_costs_the_same_work(app, monkeypatch):
    verified = []
    monkeypatch.setattr(passwords, "_hasher", Watching(SHIPPED_HASHER, verified))
    monkeypatch.setattr(passwords, "_nobody", passwords._nobody.__wrapped__)
    sign_in.create_person(system(), username="moi", name="Mới", password=PASSWORD)
    try_in(Browser(app), "moi", "sai")
    try_in(Browser(app), "khong-co", "sai")
    throttled_ones = len(verified)
    parameters = {stored.split("$")[3] for stored in verified}
    assert throttled_ones == 2
    assert parameters == {"m=19456,t=2,p=1"}


class Watching:
    """The real hasher, watched."""

    def __init__(self, hasher, verified):
        self.hasher, self.verified = hasher, verified

    def verify(self, stored, password):
        self.verified.append(stored)
        return self.hasher.verify(stored, password)

    def __getattr__(self, name):
        return getattr(self.hasher, name)


def test_a_password_is_kept_as_argon2id_only(app, monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", SHIPPED_HASHER)
    sign_in.create_person(system(), username="moi", name="Mới", password=PASSWORD)
    stored = db.session.scalar(select(Person.password_hash).where(Person.username == "moi"))
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_guessing_at_one_account_is_stopped_and_later_forgiven(app, light_hashes):
    assert throttled(app, "lan").status_code == 422
    assert try_in(Browser(app), "duc").status_code == 303, "another account from the same address"
    age(LoginFailure, WINDOW + timedelta(seconds=1))
    assert try_in(Browser(app), "lan").status_code == 303


def test_guessing_from_one_address_at_many_accounts_is_stopped(app, light_hashes):
    for n in range(FAILURES_PER_ADDRESS):
        with pytest.raises(Refused):
            sign_in.sign_in(f"ai-do-{n}", "sai", "10.0.0.9")
        db.session.rollback()  # each would be a request of its own
    with pytest.raises(Refused, match="Chưa đăng nhập được"):
        sign_in.sign_in("lan", PASSWORD, "10.0.0.9")
    assert sign_in.sign_in("lan", PASSWORD, "10.0.0.10").token


def test_failures_are_counted_though_the_sign_in_failed(app, light_hashes):
    try_in(Browser(app), "lan", "sai")
    assert failures("account:lan") == failures("address:127.0.0.1") == 1


def test_a_success_forgives_the_account_and_not_the_address(app, light_hashes):
    try_in(Browser(app), "lan", "sai")
    try_in(Browser(app), "lan")
    assert (failures("account:lan"), failures("address:127.0.0.1")) == (0, 1)


def test_old_failures_are_swept(app, light_hashes):
    try_in(Browser(app), "lan", "sai")
    age(LoginFailure, WINDOW + timedelta(seconds=1))
    try_in(Browser(app), "duc", "sai")
    assert failures("account:lan") == 0


def test_an_address_cannot_be_pretended(app, light_hashes):
    browser = Browser(app)
    browser.get("/login")
    form = {"username": "lan", "password": "sai", "csrf_token": browser.token}
    with app.app_context():
        browser.client.post("/login", data=form, headers={"X-Forwarded-For": "10.9.8.7", "Forwarded": "for=10.9.8.7"})
    assert failures("address:10.9.8.7") == 0
    assert failures("address:127.0.0.1") == 1


def test_a_very_long_name_and_a_nul_are_only_wrong(app, light_hashes):
    assert try_in(Browser(app), "x" * 5000, "sai").status_code == 422
    assert try_in(Browser(app), "lan\x00", "sai").status_code == 422


def test_the_browser_holds_a_token_and_the_database_its_hash(app, light_hashes):
    signed = sign_in.sign_in("lan", PASSWORD, "10.0.0.1")
    (row,) = sessions("lan")
    assert row.token_hash == token_hash(signed.token) != signed.token
    assert len(signed.token) >= 43
    assert actor_by_token(signed.token).name == "Lan"
    assert actor_by_token(signed.token[:-1]) is None


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(app, light_hashes):
    answer = try_in(Browser(app))
    (cookie,) = [
        value
        for value in answer.headers.getlist("Set-Cookie")
        if value.startswith(f"{app.config['SESSION_COOKIE_NAME']}=")
    ]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


@pytest.mark.parametrize(
    ("idle_for", "open_for", "stands"),
    [
        (IDLE - timedelta(minutes=1), timedelta(), True),
        (IDLE + timedelta(seconds=1), timedelta(), False),
        (timedelta(), ABSOLUTE - timedelta(minutes=1), True),
        (timedelta(), ABSOLUTE + timedelta(seconds=1), False),
    ],
    ids=["used this morning", "idle too long", "a week less a minute", "open too long"],
)
def test_a_session_ends_when_idle_or_old(app, light_hashes, idle_for, open_for, stands):
    signed = sign_in.sign_in("lan", PASSWORD, "10.0.0.1")
    now = clock.now()
    with database.independent_write(db.engine) as session:
        opened = now - max(open_for, idle_for)
        session.execute(update(LoginSession).values(used_at=now - idle_for, opened_at=opened))
    assert (actor_by_token(signed.token) is not None) is stands


def test_an_expired_session_leads_to_the_sign_in_page_and_back(visit, light_hashes):
    lan = visit("lan")
    age(LoginSession, ABSOLUTE)
    assert lan.get("/list?status=doing", status=303, follow=False).location == "/login?next=/list?status%3Ddoing"


def test_use_keeps_a_session_open_and_is_noted_at_most_once_a_minute(visit, light_hashes):
    lan = visit("lan")
    age(LoginSession, timedelta(seconds=40))
    before = sessions("lan")[-1].used_at
    lan.get("/login", status=303, follow=False)
    assert sessions("lan")[-1].used_at == before
    age(LoginSession, timedelta(seconds=40))
    lan.get("/login", status=303, follow=False)
    assert clock.now() - sessions("lan")[-1].used_at < timedelta(seconds=20)


def test_a_page_opens_though_its_use_cannot_be_noted(visit, light_hashes, monkeypatch):
    lan = visit("lan")
    age(LoginSession, timedelta(minutes=5))
    monkeypatch.setattr(sign_in, "independent_write", full_disk)
    lan.get("/list")


@contextmanager
def full_disk(_engine, *_patience):
    """A write of its own, as it ends on a full disk."""
    raise Busy(database.BUSY)
    yield


def test_signing_in_again_rotates_everything(app, light_hashes):
    lan = Browser(app)
    try_in(lan)
    lan.get("/list")
    old_token, old_cookie = lan.token, cookie(lan)
    try_in_while_signed_in(lan, "duc")
    assert cookie(lan) != old_cookie
    assert lan.post("/logout", {"csrf_token": old_token}).status_code == 403
    assert lan.post("/logout", {"csrf_token": old_token.partition("~")[0]}).status_code == 400
    assert [row.closed_at is not None for row in sessions("lan")] == [True]
    lan.client.set_cookie(lan.cookie_name, old_cookie)
    lan.get("/board", status=303, follow=False)


def try_in_while_signed_in(browser, username):
    answer = browser.post("/login", {"username": username, "password": PASSWORD})
    assert answer.status_code == 303, answer.text[:300]


def cookie(browser):
    return browser.client.get_cookie(browser.cookie_name).value


def test_a_token_from_before_the_sign_in_is_worth_nothing_after_it(app, light_hashes):
    lan = Browser(app)
    lan.get("/login")
    before = lan.token
    lan.post("/login", {"username": "lan", "password": PASSWORD})
    assert lan.post("/logout", {"csrf_token": before}).status_code == 400


def test_signing_out_ends_the_session_on_the_server(visit, light_hashes):
    lan = visit("lan")
    kept = cookie(lan)
    assert lan.post("/logout").location == "/login"
    assert sessions("lan")[-1].closed_at is not None
    lan.client.set_cookie(lan.cookie_name, kept)
    lan.get("/board", status=303, follow=False)


def test_sessions_end_when_roles_change_and_when_the_account_is_switched_off(visit, light_hashes, world):
    lan, duc = visit("lan"), visit("duc")
    sign_in.grant_role(system(), person("lan").id, world.unit("MTTQ").id, Role.STAFF)
    lan.get("/board", status=303, follow=False)
    duc.get("/login", status=303, follow=False)
    switch_off("duc")
    assert duc.get("/board", status=303, follow=False).location.startswith("/login")


def test_passwords_of_the_sample_open_nothing_elsewhere(app):
    with pytest.raises(Refused, match="mật khẩu mẫu đã công bố"):
        create("moi", "mau-bdg-lan")
    made = sign_in.create_person(system(), username="moi", name="Mới", password="mau-bdg-moi-dai", is_sample=True)
    sign_in.grant_role(system(), made.id, person("lan").grants[0].unit_id, Role.STAFF)
    assert try_in(Browser(app), "moi", "mau-bdg-moi-dai").status_code == 422
    assert sign_in.sign_in("moi", "mau-bdg-moi-dai", "10.0.0.1", is_sample=True).token


def create(username, password):
    return sign_in.create_person(system(), username=username, name="Mới", password=password)


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("lan", "một mật khẩu dài", "username"),
        ("LAN", "một mật khẩu dài", "username"),
        ("có dấu", "một mật khẩu dài", "username"),
        ("", "một mật khẩu dài", "username"),
        ("-", "một mật khẩu dài", "username"),
        ("moi", "ngắn", "password"),
    ],
)
def test_an_account_that_cannot_be_is_refused_at_its_field(app, username, password, field):
    with pytest.raises(Refused) as refused:
        create(username, password)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/\t/evil.example", "/%0d%0aSet-Cookie:a=b\r\nX: y", "evil", "", "http:///evil.example", "///evil.example",
        "/\n/evil.example",
    ],
)  # fmt: skip
def test_next_leads_nowhere_else(app, light_hashes, elsewhere):
    location = try_in(Browser(app), next=elsewhere).location
    assert location in ("/", "/%20/evil.example", "/%0d%0aSet-Cookie:a=b%20X:%20y")


def test_next_leads_back_to_where_the_person_was(app, light_hashes):
    assert try_in(Browser(app), next="/cards/15?tab=log").location == "/cards/15?tab=log"


@pytest.mark.parametrize("token", ["", "sai", "IjEi.aa.bb"])
def test_a_form_without_its_token_is_answered_with_a_page_in_vietnamese(app, token):
    browser = Browser(app)
    browser.get("/login")
    answer = browser.post("/login", {"csrf_token": token, "username": "lan", "password": "bí mật lắm"})
    assert answer.status_code == 400
    assert "Trang đăng nhập đã mở quá lâu. Hãy nhập lại mật khẩu." in answer.text
    assert "bí mật lắm" not in answer.text


def test_a_form_with_somebody_elses_token_is_refused(visit, light_hashes):
    lan, duc = visit("lan"), visit("duc")
    for token, status in ((duc.token, 403), (duc.token.partition("~")[0], 400)):
        assert lan.post("/logout", {"csrf_token": token}).status_code == status
        assert lan.htmx("POST", "/logout", {"csrf_token": token}).status_code == status
