"""Two installations on one machine, in one browser: cookies do not know ports, so each has names of its own."""

import shutil
from http.cookies import SimpleCookie

import pytest

from app import create_app
from app.accounts.operations import passwords
from app.config import Config
from app.core import clock
from app.extensions import db
from tests.conftest import SETTINGS
from tests.page_client import Browser
from tests.world import PASSWORD, TODAY

SECRETS = {"a": "k" * 40, "b": "k" * 40, "c": "m" * 40}  # the same secret is no reason to share a cookie


class Jar:
    """The cookies of one browser for 127.0.0.1, whatever the port."""

    def __init__(self):
        self.kept = SimpleCookie()

    def visit(self, browser, method, url, form=None):
        """Ask `browser`'s installation with all cookies of the jar, and keep those it sets."""
        browser.client.delete_cookie(browser.cookie_name)
        told = "; ".join(f"{name}={morsel.value}" for name, morsel in self.kept.items())
        with browser.app.app_context():
            data = {"csrf_token": browser.token, **form} if form is not None else None
            answer = browser.app.test_client(use_cookies=False).open(
                url, method=method, data=data, headers={"Cookie": told}
            )
        for line in answer.headers.getlist("Set-Cookie"):
            self.kept.load(line)
        if answer.text.lstrip().startswith("<!doctype"):
            browser._read(answer.text)
        return answer

    def sign_in(self, browser, who):
        self.visit(browser, "GET", "/login")
        answer = self.visit(browser, "POST", "/login", {"username": who, "password": PASSWORD})
        assert answer.status_code == 303
        self.visit(browser, "GET", "/")


@pytest.fixture
def open_installation(sqlite_bench, tmp_path, monkeypatch):
    """`open_installation("a")`: an installation of its own; asked again, the same one after a restart."""
    monkeypatch.setattr(passwords, "matches", lambda stored, password: bool(stored) and password == PASSWORD)
    sqlite_bench.close()
    opened = []

    def open_named(name):
        data = tmp_path / name
        if not data.exists():
            data.mkdir()
            shutil.copy(sqlite_bench.data / "template.sqlite3", data / "bdg.sqlite3")
        opened.append(create_app(Config(data, f"sqlite:///{data / 'bdg.sqlite3'}", SECRETS[name]), **SETTINGS))
        return Browser(opened[-1])

    with clock.at(TODAY):
        yield open_named
    for app in opened:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    sqlite_bench.reset()


@pytest.mark.parametrize("other", ["b", "c"])
def test_somebody_stays_signed_in_to_both_and_may_act_in_both(open_installation, other):
    jar, a, b = Jar(), open_installation("a"), open_installation(other)
    jar.sign_in(a, "lan")
    jar.sign_in(b, "duc")
    for browser, who in ((a, "Lan"), (b, "Duc"), (a, "Lan")):
        page = jar.visit(browser, "GET", "/account")
        assert (page.status_code, who in page.text) == (200, True)
        assert jar.visit(browser, "POST", "/account/password", {"now": "sai"}).status_code == 422
    jar.visit(a, "GET", "/board?status=todo")
    assert jar.visit(b, "GET", "/board?status=doing").status_code == 200
    names = [name for name in jar.kept if name.endswith("_filters")]
    assert len(names) == 2


def test_a_restart_leaves_everybody_signed_in(open_installation):
    jar, a = Jar(), open_installation("a")
    jar.sign_in(a, "lan")
    again = open_installation("a")
    assert again.cookie_name == a.cookie_name
    assert jar.visit(again, "GET", "/account").status_code == 200
