"""The named cast, a small plan on the board, and a page client that always looks twice."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app import create_app
from app.accounts.operations import passwords
from app.cards.models import Card
from app.cards.queries import rows
from app.config import Config
from app.core import clock
from app.core.actor import Actor
from app.deployment import schema
from app.extensions import db
from tests.page_client import Browser
from tests.world import PASSWORD, TODAY, World, fill, person

pytest_plugins = ["tests.machine", "tests.postgres", "tests.deeds", "tests.shipped_sample"]

SHIPPED_HASHER = passwords._hasher
# Real hashes cost 20 ms each by design, and these tests sign in thousands of times.
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


SETTINGS: dict[str, Any] = {"TESTING": False, "PROPAGATE_EXCEPTIONS": False, "DRAWS_PAGES": False}


@dataclass
class Bench:
    """One application on one database that is put back to the filled template before each test."""

    app: Flask
    data: Path

    def reset(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


class SqliteBench(Bench):
    """The template is a file; putting back is copying."""

    def reset(self) -> None:
        self.close()
        for leftover in self.data.glob("bdg.sqlite3*"):
            leftover.unlink()
        shutil.copy(self.data / "template.sqlite3", self.data / "bdg.sqlite3")
        shutil.rmtree(self.data / "files", ignore_errors=True)
        shutil.copytree(self.data / "template-files", self.data / "files")


class PostgresBench(Bench):
    """The template is a database; putting back is creating from it."""

    server: Any
    name: str

    def reset(self) -> None:
        self.close()
        self.server.drop_database(self.name)
        self.server.create_database(self.name, template=f"{self.name}_template")
        shutil.rmtree(self.data / "files", ignore_errors=True)
        shutil.copytree(self.data / "template-files", self.data / "files")


def application(data: Path, url: str, fill: Callable[[Path], None] = fill) -> Flask:
    """An application on an empty database that `fill` fills on 10/05/2024."""
    app = create_app(Config(data, url, "k" * 40), **SETTINGS)
    schema.upgrade(app)
    with app.test_request_context(), clock.at(TODAY):
        fill(data / "files")
        db.session.remove()
        db.engine.dispose()
    shutil.copytree(data / "files", data / "template-files")
    return app


def sqlite_world(data: Path, fill: Callable[[Path], None] = fill) -> SqliteBench:
    """A bench on a file that `fill` has filled."""
    app = application(data, f"sqlite:///{data / 'bdg.sqlite3'}", fill)
    with app.app_context():  # fold the write-ahead log into the file before it becomes the template
        db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
        db.engine.dispose()
    shutil.copy(data / "bdg.sqlite3", data / "template.sqlite3")
    return SqliteBench(app, data)


@pytest.fixture(scope="session")
def sqlite_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteBench]:
    data = tmp_path_factory.mktemp("sqlite")
    bench = sqlite_world(data)
    yield bench
    bench.close()


@pytest.fixture(scope="session")
def postgres_bench(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Any, worker_name: str
) -> Iterator[PostgresBench]:
    data, name = tmp_path_factory.mktemp("postgres"), f"world_{worker_name}"
    postgres_server.create_database(f"{name}_template")
    application(data, postgres_server.url_for(f"{name}_template"))
    app = create_app(Config(data, postgres_server.url_for(name), "k" * 40), **SETTINGS)
    bench = PostgresBench(app, data)
    bench.server, bench.name = postgres_server, name
    yield bench
    bench.close()


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Bench:
    """The application's bench, on SQLite unless the test is marked `both_databases`."""
    found: Bench = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_bench")
    return found


@pytest.fixture
def app(bench: Bench) -> Iterator[Flask]:
    """The application on a fresh copy of the small world, on 10/05/2024."""
    bench.reset()
    clock.pretend(None)
    with clock.at(TODAY), bench.app.test_request_context():
        yield bench.app
        db.session.remove()
    clock.pretend(None)


@pytest.fixture
def world(app: Flask) -> World:
    """Where the units, the plan and the cards of the small world are."""
    return World()


@pytest.fixture
def cast(app: Flask) -> Any:
    """Everybody by name: `cast("lan")`."""
    return person


@pytest.fixture
def lan(app: Flask) -> Actor:
    """Thủ trưởng Phòng Giáo dục và Đào tạo, which leads III.7: may move and send."""
    return person("lan")


@pytest.fixture
def mai(app: Flask) -> Actor:
    """Her chuyên viên: uploads; sends only with a signed document, where her unit's setting lets her."""
    return person("mai")


@pytest.fixture
def binh(app: Flask) -> Actor:
    """Thủ trưởng Phòng Văn hóa và Thông tin: the one who must be refused (but coordinates III.7.b)."""
    return person("binh")


@pytest.fixture
def chi(app: Flask) -> Actor:
    """Thủ trưởng and coordinator of the coordinating office."""
    return person("chi")


@pytest.fixture
def ha(app: Flask) -> Actor:
    """Chuyên viên and coordinator of the coordinating office."""
    return person("ha")


@pytest.fixture
def son(app: Flask) -> Actor:
    """Lãnh đạo UBND."""
    return person("son")


@pytest.fixture
def card(world: World) -> Card:
    """III.7.c of Phòng Giáo dục và Đào tạo, where it all begins: Chưa thực hiện, no evidence, no date."""
    return world.card("III.7.c")


@pytest.fixture
def visit(app: Flask) -> Any:
    """A page client signed in as somebody: `visit("lan")`; `visit(None)` is a stranger."""

    def open_as(username: str | None) -> Browser:
        opened = Browser(app)
        if username is not None:
            opened.sign_in(username, PASSWORD)
        return opened

    return open_as


def reread(card: Card) -> Card:
    """The card as it stands in the database now."""
    db.session.rollback()
    found = rows.card(person("chi"), card.id)
    assert found is not None
    return found
