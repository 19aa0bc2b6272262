"""Back on a shared computer, in a browser that remembers whole pages, as people's browsers do."""

import pytest
from playwright.sync_api import expect

from tests.browser import launching
from tests.browser.conftest import DESK, PATIENCE_MS
from tests.browser.person import Person
from tests.machine import chromium_path

SHOWN = ("/cards/14", "/incidents", "/account", "/board")
REMEMBERS = {"ignore_default_args": ["--disable-back-forward-cache"]}


@pytest.fixture
def remembering(browser_type):
    """A browser that keeps whole pages to go back to; the one of the other tests is told not to."""
    opened = browser_type.launch(**launching.options(chromium_path()), **REMEMBERS)
    yield opened
    opened.close()


def test_after_signing_out_back_shows_the_sign_in_page_and_before_it_keeps_what_was_typed(remembering, shared_site):
    context = remembering.new_context(**DESK)
    context.set_default_timeout(PATIENCE_MS)
    chi = Person(shared_site, context, context.new_page())
    page = chi.sign_in("chi")
    page.evaluate("addEventListener('pageshow', ({ persisted }) => { window.sessionStorage.restored = persisted; })")
    page = chi.visit("/list")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    assert page.evaluate("window.sessionStorage.restored") == "true", (
        "the browser did not keep the page: nothing is shown here"
    )
    for address in SHOWN:
        page = chi.visit(address)
        page.wait_for_load_state("networkidle")
    page.locator(".me summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(f"{shared_site.url}/login")
    for address in reversed(SHOWN):
        page.go_back()
        expect(page).to_have_url(f"{shared_site.url}/login?next={address}")
        expect(page.get_by_role("heading", level=2, name="Đăng nhập", exact=True)).to_be_visible()
        assert "Sổ vụ việc" not in page.content()
    context.close()
