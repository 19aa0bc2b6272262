"""A person at a browser: signs in, finds duties, and notices whatever the page does wrong."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.browser.serving import Site

PASSWORD = "mau-bdg-{}"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
DUTY = "III.7.c"


def pdf(name: str, more: bytes = b"") -> dict[str, Any]:
    """A small file to upload."""
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF + more}


@dataclass
class Person:
    """One browser context on one site."""

    site: Site
    context: BrowserContext
    page: Page
    excused: bool = False  # what the console says now is not the page's fault: a cut connection
    faults: list[str] = field(default_factory=list)

    def watch(self) -> "Person":
        """Note errors in the console, faults of scripts and requests to anybody else."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        return self

    def visit(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(f"{self.site.url}{path}")
        return self.page

    def sign_in(self, username: str) -> Page:
        """Through the page, as people do; and on to the board."""
        page = self.visit("/login")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD.format(username))
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nhiệm vụ của đơn vị")
        self.visit("/board")
        expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
        page.wait_for_load_state()  # before its scripts have run, a button is a plain form's
        return page

    def card(self, code: str = DUTY, unit: str = "Phòng Giáo dục và Đào tạo") -> Locator:
        """The card of a duty on the board."""
        cards = self.page.locator(".card").filter(has=self.page.locator(".code", has_text=code))
        return cards.filter(has_text=unit)

    def open_duty(self, code: str = DUTY) -> str:
        """Open a duty from the board; returns its address."""
        self.card(code).locator("a.duty").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(f"Nhiệm vụ {code}")
        self.page.wait_for_load_state()
        return self.page.url.removeprefix(self.site.url)

    def describe_document(self, number: str = "45/BC-GDĐT") -> None:
        """Fill in what is said once for all files."""
        self.page.get_by_label("Số, ký hiệu", exact=True).fill(number)
        self.page.get_by_label("Ngày văn bản", exact=True).fill("09/05/2024")
        self.page.get_by_label("Trích yếu").fill("Báo cáo rà soát tài liệu, chương trình giảng dạy")

    def _heard(self, message: ConsoleMessage) -> None:
        refused = "the server responded with a status of 4" in message.text  # a refusal that the page tells about
        if message.type in ("error", "warning") and not refused and not self.excused:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.faults.append(f"request: {request.url}")


def column(page: Page, status: str) -> Locator:
    """The list of cards in a column."""
    return page.locator(f"#col-{status}")


def notices(page: Page) -> Locator:
    """The live region."""
    return page.locator("#notices")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there: what cannot be reached so cannot be used without a mouse."""
    expect(target).to_be_attached()
    for _ in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {target}")


def press(page: Page, target: Locator) -> None:
    """Reach and press with the keyboard alone."""
    tab_to(page, target)
    page.keyboard.press("Enter")
