"""A browser, a fresh sample made once, and people who sit down at it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from app import create_app
from app.config import Config
from app.core import clock
from app.extensions import db
from tests.browser import launching, serving
from tests.browser.person import Person
from tests.browser.serving import Site
from tests.machine import chromium_path

DESK = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, or the one it was told to use."""
    return launching.options(chromium_path())


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh sample, made once; to be copied."""
    return serving.fresh_sample(tmp_path_factory.mktemp("sample") / "data")


@pytest.fixture(scope="module")
def shared_site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server for the tests of one module, each of which has its own duties on it or changes nothing."""
    site = serving.copy_of(sample, tmp_path_factory.mktemp("shared") / "data")
    yield site
    site.stop()


@pytest.fixture
def site(sample: Path, tmp_path: Path) -> Iterator[Site]:
    """A server of this test's own."""
    site = serving.copy_of(sample, tmp_path / "data")
    yield site
    site.stop()


class Door:
    """Lets people in, and asks at the end what their pages did wrong."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.people = browser, list[Person]()

    def __call__(self, site: Site, **options: Any) -> Person:
        context = self.browser.new_context(**{**DESK, "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE_MS)
        person = Person(site, context, context.new_page()).watch()
        self.people.append(person)
        return person

    def close(self) -> None:
        for person in self.people:
            person.context.close()
        faults = [fault for person in self.people for fault in person.faults]
        assert not faults, faults


@pytest.fixture
def sit_down(browser: Browser) -> Iterator[Callable[..., Person]]:
    """`sit_down(site, **options of the context)`: a person at a browser of their own."""
    door = Door(browser)
    yield door
    door.close()


@pytest.fixture
def inside(site: Site) -> Iterator[Any]:
    """The program on the data of the site, beside the server."""
    app = create_app(Config(site.data, f"sqlite:///{site.data / 'bdg.sqlite3'}", "k" * 40))
    with app.app_context():
        clock.pretend(date(2024, 5, 10))
        yield db
        db.engine.dispose()
    clock.pretend(None)
