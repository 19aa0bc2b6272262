"""Two plans in two tabs: each tab keeps its plan, names it, and is told of what happens on it alone."""

import re

from playwright.sync_api import expect

from tests.browser.person import Person, column, notices
from tests.browser.test_take_in_a_plan import read_in
from tests.several import DIGITAL, SHORT, TEXTS

NAME, REFERENCE = SHORT[DIGITAL], SHORT["reference"]


def put_up(person: Person) -> None:
    """The office reads a plan in and puts it on the board."""
    read_in(person, TEXTS / f"{DIGITAL}.txt")
    page = person.page
    page.get_by_role("button", name=re.compile("^Đưa .* lên bảng")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")


def test_each_tab_keeps_its_plan_and_the_switch_is_for_oneself(site, sit_down):
    chi, lan = sit_down(site), sit_down(site)
    lan.sign_in("lan")
    first = lan.page
    chi.sign_in("chi")
    put_up(chi)
    lan.visit("/board")
    rail = first.locator("#danh-muc")
    rail.locator("#chuyen-ke-hoach summary").click()
    rail.get_by_role("button", name=NAME).click()
    expect(first).to_have_url(re.compile(r"/board\?plan=2"))
    expect(rail.get_by_role("link", name=NAME)).to_be_visible()
    second = lan.context.new_page()
    second.goto(f"{site.url}/board?plan=1")
    expect(second.locator("#danh-muc").get_by_role("link", name=REFERENCE)).to_be_visible()
    card = column(first, "todo").locator(".card").filter(has_text="Xây dựng học bạ số")
    card.get_by_role("button", name="Bắt đầu thực hiện").click()
    expect(notices(first)).to_contain_text("đã chuyển sang")
    expect(column(first, "doing")).to_contain_text("Xây dựng học bạ số")
    first.get_by_label("Trạng thái").select_option("doing")
    expect(first).to_have_url(re.compile(r"plan=2&.*status=doing"))
    expect(second.locator("#totals")).to_contain_text("3 nhiệm vụ")  # of her own unit
    second.locator(".card a.duty").first.click()
    expect(second.locator("#danh-muc").get_by_role("link", name=REFERENCE)).to_be_visible()
    second.goto(f"{site.url}/board")
    expect(second).to_have_url(re.compile(r"plan=2&.*status=doing"))
