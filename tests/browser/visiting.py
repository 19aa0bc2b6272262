"""What tests of visits on a device share: the program beside the server, and pages that are carried along."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from app import create_app
from app.config import Config
from app.core import clock
from app.extensions import db
from tests.browser.conftest import PHONE
from tests.browser.serving import Site

NARROW: dict[str, Any] = {**PHONE, "viewport": {"width": 390, "height": 844}}
HELD = """async () => {
  const pages = await (await caches.open("visits-pages")).keys();
  return pages.length >= 6 && navigator.serviceWorker.controller !== null;
}"""
KEPT = """async () => {
  const database = await new Promise((done) => {
    const asked = indexedDB.open("bdg-visits");
    asked.onsuccess = () => done(asked.result);
  });
  const all = await new Promise((done) => {
    const asked = database.transaction("entries").objectStore("entries").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  database.close();
  const shown = (_, value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value);
  return all.map((record) => JSON.stringify(record, shown));
}"""


@pytest.fixture
def inside(site: Site) -> Iterator[Any]:
    """The program on the data of the site, beside the server."""
    app = create_app(Config(site.data, f"sqlite:///{site.data / 'bdg.sqlite3'}", "k" * 40))
    with app.app_context():
        clock.pretend(date(2024, 5, 10))
        yield db
        db.engine.dispose()
    clock.pretend(None)


def carried(page: Page) -> None:
    """Wait until the browser holds the visit and each of its five contents."""
    for _ in range(400):
        if page.evaluate(HELD):
            return
        page.wait_for_timeout(100)
    pytest.fail("the pages of the visit were not carried along")


def kept(page: Page) -> list[str]:
    """Everything that lies in the device's store, as anybody with the browser's own tools reads it."""
    records: list[str] = page.evaluate(KEPT)
    return records
