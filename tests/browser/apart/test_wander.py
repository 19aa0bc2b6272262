"""People of every role who click whatever stands before them: no page fails, no answer needs an engineer to explain it.

Run when asked for by name: `python3 run.py test --wander`; `BDG_WANDER_MINUTES` says how long, `BDG_WANDER_SEED` which
walk. A refusal (409, 422) is explained by its sentence on the page; any other answer from 400 on is a fault, and so are
a word of the console, a mark left in a page and a page without words.
"""

import os
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Response

from app.accounts.sample_accounts import listed
from tests.browser.conftest import DESK, PHONE
from tests.browser.person import PASSWORD, Person, pdf

MINUTES = float(os.environ.get("BDG_WANDER_MINUTES", "1"))
SEED = int(os.environ.get("BDG_WANDER_SEED", "1"))
WAYS: tuple[dict[str, Any], ...] = (DESK, PHONE, {**DESK, "java_script_enabled": False})
REFUSALS = (409, 422)
MARK = re.compile(r"\[(?:token|key|moment):")
# What would end the walk of somebody else: accounts, roles, passwords and sessions of the cast.
LEFT_ALONE = re.compile(r"/(?:logout|people|account|sessions|units/\d+/people|login|one-time)")
CONTROLS = "a[href], button, summary, select, textarea, input:not([type=hidden])"
SHOWN = """controls => controls.map((e, place) => ({
  place, tag: e.tagName, kind: e.type || "", words: (e.innerText || e.name || "").slice(0, 60),
  leads: String(e.href || (e.type === "submit" && e.formAction) || ""),
  shown: !e.disabled && e.checkVisibility() && e.getClientRects().length > 0,
})).filter(control => control.shown)"""
HAND_MS = 2_000
TEXTS = (
    "Báo cáo kết quả thực hiện",
    "10/05/2024",
    "17/5",
    "45/BC-UBND",
    "0",
    "-1",
    "99999999999999999999",
    "<b>đậm</b> & 'nháy'",
    "ă" * 300,
    " ",
    "=1+1",
)


@dataclass
class Walker:
    """Somebody who does not read: at a browser, with what they were answered."""

    username: str
    person: Person
    chance: random.Random
    faults: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    trail: list[str] = field(default_factory=list)

    def begin(self) -> None:
        self.person.page.on("response", self._answered)
        self.person.page.on("dialog", lambda dialog: dialog.accept())
        self.enter()

    def enter(self) -> None:
        page = self.person.visit("/login")
        page.get_by_label("Tên đăng nhập").fill(self.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD.format(self.username))
        page.get_by_role("button", name="Đăng nhập").click()

    def step(self) -> None:
        """Do one thing with one control of the page; go back to the beginning where there is none."""
        page = self.person.page
        if urlsplit(page.url).path == "/login":
            self.enter()
            return
        wanted = [control for control in page.locator(CONTROLS).evaluate_all(SHOWN) if not self._left_alone(control)]
        if not wanted or self.chance.random() < 0.03:
            self.person.visit(self.chance.choice(("/", "/board", "/list", "/board?unit=", "/help")))
        elif self.chance.random() < 0.05:
            page.go_back()
        else:
            self._use(self.chance.choice(wanted))
        self._look(page)

    def _use(self, chosen: dict[str, Any]) -> None:
        control, tag, kind = self.person.page.locator(CONTROLS).nth(chosen["place"]), chosen["tag"], chosen["kind"]
        self.trail.append(f"{tag} {kind} «{chosen['words']}» {chosen['leads']}")
        if kind == "file":
            said = str(self.chance.random()).encode()
            control.set_input_files(pdf(f"văn bản {self.chance.randrange(99)}.pdf", b"%%" + said), timeout=HAND_MS)
        elif tag == "SELECT":
            values = control.locator("option").evaluate_all("options => options.map(option => option.value)")
            control.select_option(self.chance.choice(values), timeout=HAND_MS)
        elif tag == "TEXTAREA" or kind in ("text", "search", "date", "number", "time"):
            control.fill(self._text(kind), timeout=HAND_MS)
        else:
            control.click(timeout=HAND_MS)

    def _text(self, kind: str) -> str:
        exact = {"date": "2024-05-10", "number": "7", "time": "08:00"}
        return exact.get(kind) or self.chance.choice(TEXTS)

    def _left_alone(self, control: dict[str, Any]) -> bool:
        leads = urlsplit(control["leads"])
        outside = bool(leads.scheme) and not control["leads"].startswith(self.person.site.url)
        return outside or bool(LEFT_ALONE.search(leads.path))

    def _look(self, page: Page) -> None:
        page.wait_for_load_state()
        html = page.content()
        if MARK.search(html):
            self._fault("a mark is left in the page")
        words = page.locator("body").inner_text().strip()
        if not words and not page.evaluate("document.contentType").startswith("image/"):
            self._fault("an empty page")

    def _answered(self, response: Response) -> None:
        self.answers[response.status] += 1
        if response.status < 400:
            return
        explained = response.status in REFUSALS and "text/html" in response.headers.get("content-type", "")
        if not explained:
            self._fault(f"{response.status} {response.request.method} {response.url}")

    def _fault(self, words: str) -> None:
        self.faults.append(f"{self.username}: {words} after {self.trail[-3:]}")


@pytest.mark.parametrize("way", WAYS, ids=["desk", "phone", "no scripts"])
def test_whoever_clicks_whatever_is_answered_in_words(site, sit_down, way):
    people = [account.username for account in listed()]
    walkers = [Walker(who, sit_down(site, **way), random.Random(f"{SEED}-{who}")) for who in people]
    for walker in walkers:
        walker.begin()
    ends = time.monotonic() + MINUTES * 60 / len(WAYS)
    steps = 0
    while time.monotonic() < ends:
        walker = walkers[steps % len(walkers)]
        steps += 1
        try:
            walker.step()
        except Error as error:  # what moved away under the hand is no fault of the page
            walker.trail.append(f"({type(error).__name__})")
    faults = [fault for walker in walkers for fault in walker.faults]
    assert not faults, (steps, sum((walker.answers for walker in walkers), Counter()), faults)
    assert steps > len(walkers), "nobody came to do anything"
