"""Three ways of working a page: the keyboard alone, a finger on a phone in the dark, a mouse where no script runs."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import PHONE
from tests.browser.person import press, tab_to
from tests.browser.serving import Site

WAYS: dict[str, dict[str, Any]] = {
    "keys only": {},
    "a phone in the dark": {**PHONE, "color_scheme": "dark"},
    "no scripts": {"java_script_enabled": False},
}
in_every_way = pytest.mark.parametrize("way", WAYS)


class Hands:
    """Presses, writes and chooses in one of the ways."""

    def __init__(self, way: str, sit_down: Callable[..., Any], site: Site, who: str) -> None:
        self.way, self.person = way, sit_down(site, **WAYS[way])
        self.page: Page = self.person.sign_in(who)
        self.find = self.page.locator("main")

    def open(self, path: str) -> None:
        """Open a page, scripts and all."""
        self.person.visit(path)
        self.page.wait_for_load_state()

    def press(self, target: Locator) -> None:
        if self.way == "keys only":
            press(self.page, target)
        elif "phone" in self.way:
            target.tap()
        else:
            target.click()

    def press_button(self, name: str) -> None:
        self.press(self.find.get_by_role("button", name=name).locator("visible=true"))

    def unfold(self, words: str) -> None:
        """Open what is folded under a button."""
        self.press(self.find.locator("summary", has_text=words))

    def write(self, target: Locator, text: str) -> None:
        if self.way == "keys only":
            tab_to(self.page, target)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)
        else:
            target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        if self.way != "keys only":
            target.select_option(label=label)
            return
        tab_to(self.page, target)
        self.page.keyboard.press("Home")
        while target.evaluate("field => field.selectedOptions[0].text") != label:
            self.page.keyboard.press("ArrowDown")

    def leave(self) -> None:
        """What must hold on any page that was worked on: nothing scrolls sideways."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
