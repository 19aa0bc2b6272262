"""Every page in Chromium 109 looks as in today's: wide and narrow, light and dark.

Run by `python3 run.py test --old-browser`. What differs is left in build/old-browser as three pictures a page.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser import launching, serving
from tests.browser.apart import pictures
from tests.browser.conftest import Door
from tests.browser.person import Person
from tests.browser.test_every_page import PAGES, SIZES

OLDEST = "109."
MANY = 20
TRIES = 3  # on a busy machine the old one takes its picture of a long page before all of it is drawn
LEFT = Path(__file__).resolve().parents[3] / "build" / "old-browser"
# Without what only newer ones do (even lines, a field that grows: the style sheets call them extras), without what is
# drawn only once it is looked at, and without the hour.
STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { text-wrap-style: auto !important; content-visibility: visible !important }
    textarea { field-sizing: fixed !important }`);
  document.adoptedStyleSheets = [sheet];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (/\\d\\d:\\d\\d/.test(text.data)) text.data = text.data.replace(/\\d\\d:\\d\\d/g, "00:00");
  }
}"""


def program(variable: str) -> Path:
    return Path(os.environ[variable])


@pytest.fixture(scope="session")
def browsers(playwright: Playwright) -> Iterator[dict[str, Browser]]:
    """The old one and today's, both without hinting."""
    opened = {
        name: playwright.chromium.launch(**launching.options(program(variable), launching.SAME_LETTERS))
        for name, variable in (("old", "BDG_CHROMIUM_109"), ("new", "BDG_CHROMIUM_TODAY"))
    }
    yield opened
    for browser in opened.values():
        browser.close()


@pytest.fixture
def people(browsers: dict[str, Browser], sample: Path, tmp_path: Path) -> Iterator[dict[str, Person]]:
    """Somebody at each browser, each on a copy of the sample of their own: what one does, the other does not see."""
    doors = {name: Door(browser) for name, browser in browsers.items()}
    sites = {name: serving.copy_of(sample, tmp_path / name) for name in browsers}
    yield {name: door(sites[name]) for name, door in doors.items()}
    for door in doors.values():
        door.close()
    for site in sites.values():
        site.stop()


def test_the_old_one_is_the_last_for_windows_7(browsers):
    assert browsers["old"].version.startswith(OLDEST)


@pytest.mark.parametrize("who", sorted({who or "" for who, _name, _way in PAGES}))
def test_every_page_looks_the_same(who, people):
    for person in people.values():
        if who:
            person.sign_in(who)
    faults = []
    for _who, name, way in (page for page in PAGES if (page[0] or "") == who):
        for person in people.values():
            person.page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
            person.page.emulate_media(color_scheme="light")
            way(person)
            settle(person.page)
            person.page.evaluate(STILL)
        faults += compared(f"{who or 'a stranger'}, {name}", people)
    assert not faults, "\n".join(faults)


def compared(name: str, people: dict[str, Person]) -> Iterator[str]:
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            for _ in range(TRIES):
                old, new = (picture(people[which], width, height, scheme) for which in ("old", "new"))
                found = pictures.compare(old, new)
                if found.wrong is None:
                    break
            else:
                keep(f"{name}, {width} px, {scheme}", old, new, found)
                yield f"{name}, {width} px, {scheme}: {found.wrong}"


def settle(page: Page) -> None:
    """Let what comes in by scrolling come in."""
    for _ in range(MANY):
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_load_state("networkidle")
        if page.locator("[hx-trigger=revealed]").count() == 0:
            break
    page.evaluate("window.scrollTo(0, 0)")


def picture(person: Person, width: int, height: int, scheme: str) -> bytes:
    person.page.set_viewport_size({"width": width, "height": height})
    person.page.emulate_media(color_scheme=scheme)
    return person.page.screenshot(full_page=True, animations="disabled")


def keep(name: str, old: bytes, new: bytes, found: pictures.Comparison) -> None:
    LEFT.mkdir(parents=True, exist_ok=True)
    (LEFT / f"{name}, old.png").write_bytes(old)
    (LEFT / f"{name}, today.png").write_bytes(new)
    found.mark.save(LEFT / f"{name}, where.png")
