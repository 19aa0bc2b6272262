"""The sample as it ships, made once per worker and database and only read by these tests."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.accounts.sample_accounts import listed
from app.config import Config
from app.core import clock
from app.deployment import schema
from app.extensions import db
from app.sample import build
from tests.page_client import Browser
from tests.several import DIGITAL, NEXT_YEAR, put_up

_AS_USED: dict[str, Any] = {"TESTING": False, "PROPAGATE_EXCEPTIONS": False}


def _sample(data: Path, url: str) -> Flask:
    app = create_app(Config(data, url, "k" * 40), **_AS_USED)
    schema.upgrade(app)
    with app.test_request_context(), clock.at(build.TODAY):
        build.build(data / "files")
        db.session.remove()
    # only a folder that is marked lets the published passwords in
    (data / "sample.json").write_text(json.dumps({"today": build.TODAY.isoformat(), "complete": True}))
    return app


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("sample")
    app = _sample(data, f"sqlite:///{data / 'bdg.sqlite3'}")
    yield app
    _close(app)


@pytest.fixture(scope="session")
def postgres_sample(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Any, worker_name: str
) -> Iterator[Flask]:
    name = f"sample_{worker_name}"
    postgres_server.create_database(name)
    app = _sample(tmp_path_factory.mktemp("sample"), postgres_server.url_for(name))
    yield app
    _close(app)


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The sample's application. Days are chosen with `clock.at`; nothing may be changed."""
    app: Flask = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_sample")
    clock.pretend(None)
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def look(sample: Flask) -> Any:
    """A page as one of the sample's people sees it: `look("lan", "/")`."""
    return _looking(sample)


@pytest.fixture(scope="session")
def sample_of_three(sqlite_sample: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The sample with two other plans on its board, made once per worker; only read."""
    data = tmp_path_factory.mktemp("three")
    _close(sqlite_sample)
    shutil.copytree(sqlite_sample.extensions["bdg"].data, data, dirs_exist_ok=True)
    app = create_app(Config(data, f"sqlite:///{data / 'bdg.sqlite3'}", "k" * 40), **_AS_USED)
    with app.test_request_context(), clock.at(build.TODAY):
        for name in (DIGITAL, NEXT_YEAR):
            put_up(data / "files", name)
        db.session.remove()
    yield app
    _close(app)


@pytest.fixture
def look_at_three(sample_of_three: Flask) -> Iterator[Any]:
    """A page of the sample with three plans, as one of its people sees it."""
    clock.pretend(None)
    with sample_of_three.app_context():
        yield _looking(sample_of_three)
        db.session.remove()


def _looking(app: Flask) -> Any:
    passwords = {account.username: account.password for account in listed()}
    opened = app.extensions.setdefault("tests.browsers", {})  # signing in is slow by design

    def at(username: str, url: str) -> str:
        if username not in opened:
            opened[username] = Browser(app)
            opened[username].sign_in(username, passwords[username])
        return str(opened[username].get(url).text)

    return at
