"""The address and the scheme that a proxy tells are believed only where a proxy was configured."""

import pytest
from flask import request

from app import create_app
from app.config import Config, ConfigError, from_environment

FORWARDED = {"X-Forwarded-For": "203.0.113.7, 10.0.0.2", "X-Forwarded-Proto": "https"}


def seen(tmp_path, **settings):
    """What the application takes for the address and the scheme of a request that came through a proxy."""
    app = create_app(Config(tmp_path, f"sqlite:///{tmp_path / 'bdg.sqlite3'}", "k" * 40, **settings))
    told = []
    app.before_request_funcs[None].insert(0, lambda: told.append((request.remote_addr, request.scheme)))
    app.test_client().get("/healthz", headers=FORWARDED, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    return told[0]


def test_nobody_pretends_an_address(tmp_path):
    assert seen(tmp_path) == ("10.0.0.1", "http")


def test_the_configured_proxy_is_believed_and_nobody_beyond_it(tmp_path):
    assert seen(tmp_path, proxies=1) == ("10.0.0.2", "https")


@pytest.fixture
def environment(monkeypatch, tmp_path):
    for name in ("BDG_DATABASE_URL", "BDG_SECRET_KEY", "BDG_HTTPS", "BDG_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BDG_DATA", str(tmp_path / "data"))
    return monkeypatch


def test_the_cookie_travels_by_https_alone_where_there_is_https(environment, tmp_path):
    environment.setenv("BDG_HTTPS", "1")
    app = create_app(from_environment())
    answer = app.test_client().get("/login")
    assert all("; Secure;" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


def test_a_secret_is_made_once_for_the_owner_alone(environment):
    first, second = from_environment(), from_environment()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 43
    assert (first.data / "secret.key").stat().st_mode & 0o077 == 0
    assert first.data.stat().st_mode & 0o077 == 0


def test_a_secret_that_everybody_reads_stops_the_start(environment):
    config = from_environment()
    (config.data / "secret.key").chmod(0o644)
    with pytest.raises(ConfigError, match="600"):
        from_environment()


@pytest.mark.parametrize("secret", ["ngắn", "changeme"])
def test_a_secret_that_is_too_short_stops_the_start(environment, secret):
    environment.setenv("BDG_SECRET_KEY", secret)
    with pytest.raises(ConfigError, match="32"):
        from_environment()


def test_postgresql_is_reached_by_the_usual_address(environment):
    environment.setenv("BDG_DATABASE_URL", "postgresql://bdg@db/bdg")
    assert from_environment().database_url == "postgresql+psycopg://bdg@db/bdg"
