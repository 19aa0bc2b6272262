"""What tests of visits on a device share: pages that are carried along, and a look at what lies there."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE

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
