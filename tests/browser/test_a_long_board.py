"""Looking through a board: filters that stay, rows that stay open, and columns of more than a hundred duties."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from app.board.views.columns import COLUMN_CARDS, FIRST_CARDS
from tests.browser.person import column, press, tab_to
from tests.browser.serving import Site

MANY = 230
DUTY = 15
_COPY = "INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = ?"


@pytest.fixture(scope="module")
def shared_site(sample, tmp_path_factory):
    """The sample, with one duty that has not begun many times over."""
    data = tmp_path_factory.mktemp("long") / "data"
    shutil.copytree(sample, data)
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as base, base:
        (action,) = base.execute("SELECT action_id FROM card WHERE id = ?", (DUTY,)).fetchone()
        for _ in range(MANY):
            _copy(base, "card", DUTY, action_id=_copy(base, "action", action))
    site = Site(data)
    yield site
    site.stop()


def _copy(base: sqlite3.Connection, table: str, row: int, **changed: int) -> int:
    names = [name for _, name, *_ in base.execute(f"PRAGMA table_info({table})") if name != "id"]
    values = [str(changed.get(name, name)) for name in names]
    made = base.execute(_COPY.format(table=table, names=", ".join(names), values=", ".join(values)), (row,)).lastrowid
    assert made is not None
    return made


def cards(page: Page):
    return column(page, "todo").locator(".card")


def test_a_column_goes_on_as_it_is_scrolled(shared_site, sit_down):
    chi = sit_down(shared_site)
    page = chi.sign_in("chi")
    page.goto(f"{shared_site.url}/board?unit=")
    total = int(page.locator("#count-todo").inner_text())
    assert total > MANY
    expect(cards(page)).to_have_count(FIRST_CARDS)
    for shown in (FIRST_CARDS + COLUMN_CARDS, FIRST_CARDS + 2 * COLUMN_CARDS, total):
        cards(page).last.scroll_into_view_if_needed()
        page.mouse.wheel(0, 2000)
        expect(cards(page)).to_have_count(shown)
    expect(column(page, "todo").locator(".more")).to_have_count(0)
    assert len(set(cards(page).evaluate_all("cards => cards.map(card => card.id)"))) == total
    expect(cards(page).nth(total - 40).locator(".drops summary")).to_be_visible()


def test_a_column_goes_on_by_keyboard_and_by_a_plain_link(shared_site, sit_down):
    chi = sit_down(shared_site)
    page = chi.sign_in("chi")
    page.goto(f"{shared_site.url}/board?unit=")
    page.wait_for_load_state()
    last = cards(page).nth(FIRST_CARDS - 1)
    last.locator("a.duty").focus()
    page.keyboard.press("End")
    expect(cards(page)).to_have_count(FIRST_CARDS + COLUMN_CARDS)
    expect(last.locator("a.duty")).to_be_focused()
    plain = sit_down(shared_site, java_script_enabled=False)
    page = plain.sign_in("chi")
    page.goto(f"{shared_site.url}/board?unit=")
    column(page, "todo").get_by_role("link", name="Xem thêm").click()
    expect(cards(page)).to_have_count(FIRST_CARDS + COLUMN_CARDS)


def test_filters_change_without_reload_and_are_kept_for_the_person(shared_site, sit_down):
    chi = sit_down(shared_site)
    page = chi.sign_in("chi")
    page.goto(f"{shared_site.url}/board?unit=")
    page.wait_for_load_state()
    page.evaluate("window.same = true")
    tab_to(page, page.get_by_label("Đơn vị", exact=True))
    page.get_by_label("Đơn vị", exact=True).select_option(label="Phòng Y tế")
    expect(page.locator("#totals")).to_contain_text("2 nhiệm vụ (2 giao, 0 đề nghị)")
    page.get_by_label("Nội dung có chữ").fill("tuyen truyen")
    page.keyboard.press("Enter")
    page.wait_for_url("**text=tuyen*")
    expect(page.get_by_label("Đơn vị", exact=True).locator(":checked")).to_have_text("Phòng Y tế")
    assert page.evaluate("window.same"), "the page was read again"
    page.go_back()
    expect(page.get_by_label("Nội dung có chữ")).to_have_value("")
    chi.visit("/cards/13")
    chi.visit("/board")
    expect(page.get_by_label("Đơn vị", exact=True).locator(":checked")).to_have_text("Phòng Y tế")
    press(page, page.get_by_role("link", name="Bỏ lọc"))
    expect(page.locator("#totals")).to_contain_text("của 32 đơn vị")


def test_a_shared_duty_opened_stays_open(shared_site, sit_down):
    chi = sit_down(shared_site)
    page = chi.sign_in("chi")
    chi.visit("/board?unit=")
    row = page.locator("details.parent", has=page.get_by_text("Báo cáo 6 tháng", exact=True))
    press(page, row.locator("summary"))
    expect(row.locator(".cell")).to_have_count(21)
    chi.visit("/board?unit=&kind=dated")
    expect(row).to_have_attribute("open", "")
    press(page, row.locator("summary"))
    chi.visit("/board?unit=")
    expect(row).not_to_have_attribute("open", "")
