"""A plan from a file to the board in a browser: corrected, over a restart, and the same plan again without a change."""

import re

from playwright.sync_api import expect

from app.sample.build import PLAN
from tests.browser.serving import Site
from tests.intake.conftest import DAKLAK


def read_in(person, path):
    """Choose a file and have it read; returns the address of its draft."""
    page = person.visit("/plans/new")
    page.locator("#tep").set_input_files(path)
    page.get_by_role("button", name="Nhận ra nhiệm vụ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại kế hoạch đã nhập")
    return page.url.removeprefix(person.site.url)


def test_a_plan_is_corrected_over_a_restart_and_put_on_the_board(site, sit_down):
    chi = sit_down(site)
    page = chi.sign_in("chi")
    address = read_in(chi, DAKLAK)
    first = page.locator("article.draft").first
    code = first.locator("h3 a").inner_text().split()[0]
    first.locator("h3 a").click()
    expect(page.locator(f"[id='goc-{code}']")).to_be_in_viewport()
    first.get_by_role("link", name=f"Sửa {code}").click()
    page.get_by_label("Sản phẩm").fill("Báo cáo kết quả khắc phục")
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(page.locator("article.draft").first).to_contain_text("Báo cáo kết quả khắc phục")
    page.goto("about:blank")
    site.stop()
    again = Site(site.data)
    chi.site = again
    try:
        _finish(chi, address)
    finally:
        again.stop()


def _finish(chi, address):
    page = chi.visit(address)
    expect(page.locator("article.draft").first).to_contain_text("Báo cáo kết quả khắc phục")
    page.get_by_role("button", name=re.compile("nhiệm vụ lên bảng")).click()
    expect(page.get_by_role("alert")).to_contain_text("điểm chưa xử lý")
    page.get_by_role("button", name=re.compile("đơn vị này vào danh mục")).click()
    waiting = page.locator("#can-xu-ly form[action$=leftovers] button.quiet")
    while waiting.count():
        waiting.first.click()
    page.get_by_role("button", name=re.compile("nhiệm vụ lên bảng")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    expect(page.locator("#notices")).to_contain_text("Đã đưa kế hoạch")
    read_in(chi, PLAN)
    expect(page.get_by_text("Không có thay đổi").first).to_be_visible()
