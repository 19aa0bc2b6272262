"""Every page, light and dark, wide and narrow: axe finds nothing, nothing scrolls sideways, no script complains."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from app.sample.build import PLAN
from tests.browser.person import Person
from tests.intake.conftest import DAKLAK

SIZES = ((1366, 768), (360, 740))
WIDTHS = (320, 360, 1366)
FIND = """options => axe.run(document, options).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))"""
Way = Callable[[Person], Any]


def at(path: str) -> Way:
    """Open an address."""
    return lambda person: person.visit(path)


def refused(person: Person) -> None:
    """422: sent without evidence."""
    page = person.visit("/cards/15")
    page.locator("summary", has_text="Gửi kết quả").click()
    page.locator("#chuyen-send").get_by_role("button", name="Gửi kết quả").click()
    expect(page.get_by_role("alert").first).to_contain_text("Cần ít nhất một minh chứng")


def overtaken(person: Person) -> None:
    """409: the page that was open is an old one."""
    page = person.visit("/cards/17")
    page.locator("summary", has_text="Đề nghị bổ sung").click()
    page.locator("#chuyen-ask-more [name=version]").evaluate("field => { field.value = 1 }")
    page.locator("#chuyen-ask-more textarea").fill("Nêu chuyên mục và thời lượng.")
    page.locator("#chuyen-ask-more").get_by_role("button", name="Đề nghị bổ sung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("vừa được người khác cập nhật")


def draft(person: Person) -> None:
    """A plan that was read and waits."""
    page = person.visit("/plans/new")
    page.locator("#tep").set_input_files(PLAN)
    page.get_by_role("button", name="Nhận ra nhiệm vụ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại kế hoạch đã nhập")


def another(person: Person) -> None:
    """A plan of another province, with much still open, and the form of its first duty."""
    page = person.visit("/plans/new")
    page.locator("#tep").set_input_files(DAKLAK)
    page.get_by_role("button", name="Nhận ra nhiệm vụ").click()
    page.locator("article.draft").first.get_by_role("link", name="Sửa").click()
    expect(page.get_by_role("button", name="Lưu nhiệm vụ")).to_be_visible()


def moved(person: Person) -> None:
    """The board with a notice, a menu and a shared duty open."""
    page = person.visit("/board?unit=")
    page.locator("details.parent summary").first.click()
    page.locator(".drops summary").first.click()
    page.locator('[data-column="todo"]').first.scroll_into_view_if_needed()


PAGES: tuple[tuple[str | None, str, Way], ...] = (
    (None, "sign-in", at("/login")),
    ("lan", "own board", at("/board")),
    ("lan", "all units, what is due soon", at("/board?unit=&timeliness=soon")),
    ("lan", "own list", at("/list")),
    ("lan", "duty not begun", at("/cards/15")),
    ("lan", "duty with a remark", at("/cards/13")),
    ("lan", "duty of others", at("/cards/17")),
    ("lan", "422", refused),
    ("lan", "export", at("/export")),
    ("lan", "404", at("/khong-co")),
    ("lan", "403", at("/plans/new")),
    ("chi", "all units, to decide", moved),
    ("chi", "list of what is under way", at("/list?unit=&status=doing")),
    ("chi", "duty that waits", at("/cards/17")),
    ("chi", "duty that is done", at("/cards/5")),
    ("chi", "duty that is paused", at("/cards/7")),
    ("chi", "409", overtaken),
    ("chi", "plans", at("/plans")),
    ("chi", "plan to read in", at("/plans/new")),
    ("chi", "draft of the same plan", draft),
    ("chi", "draft of another plan, a duty open", another),
    ("chi", "results from Excel", at("/plans/1/results")),
    ("yen", "a ward's board", at("/board")),
    ("yen", "a ward's report", at("/cards/43")),
    ("hoa", "a request", at("/cards/20")),
)


@pytest.mark.parametrize("who", [None, "lan", "chi", "yen", "hoa"], ids=str)
def test_every_page_is_fit_for_everybody(who, shared_site, sit_down):
    person = sit_down(shared_site)
    if who is not None:
        person.sign_in(who)
    faults = []
    for _who, name, way in (page for page in PAGES if page[0] == who):
        way(person)
        person.excused = True
        faults += [f"{name}: {fault}" for fault in _faults(person.page)]
        person.page.wait_for_timeout(300)  # what axe's own styles made the browser say comes in late
        person.excused = False
    assert not faults, "\n".join(faults)


def _faults(page: Page) -> list[str]:
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{width} px wide it is {found} px")
    page.evaluate(AXE_SCRIPT)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += [f"{width} {scheme} {said}" for said in page.evaluate(FIND, _OPTIONS[scheme])]
    return faults


# Everything in the light; in the dark the colours, which are all that differs.
_OPTIONS = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}
