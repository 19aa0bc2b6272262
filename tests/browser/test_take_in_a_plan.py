"""A plan from a file to the board in a browser: put right by two people, over a restart; then a newer text of it."""

import re

from playwright.sync_api import expect

from app.sample.build import PLAN
from tests.browser.serving import Site
from tests.intake.conftest import PLANS
from tests.intake.test_amend_plan import amended

DONG_THAP = PLANS / "09_dongthap_cds_doanh_nghiep_phu_luc.txt"


def read_in(person, file):
    """Choose a file and have it read; returns the address of its draft."""
    page = person.visit("/plans/new")
    page.locator("#tep").set_input_files(file)
    page.get_by_role("button", name="Nhận ra nhiệm vụ").click()
    _shows_the_review(page)
    return page.url.removeprefix(person.site.url)


def test_two_people_put_a_plan_right_over_a_restart_and_put_it_on_the_board(site, sit_down):
    chi, ha = sit_down(site), sit_down(site)
    page = chi.sign_in("chi")
    address = read_in(chi, DONG_THAP)
    first = page.locator("article.draft").first
    code = first.locator("h3 a").inner_text().split()[0]
    first.locator("h3 a").click()
    expect(page.locator(f"[id='goc-{code}']")).to_be_in_viewport()
    ha.sign_in("ha")
    theirs = ha.visit(address)
    first.get_by_role("link", name=f"Sửa {code}").click()
    page.locator("#san-pham").fill("Báo cáo kết quả")
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(first).to_contain_text("Báo cáo kết quả")
    expect(theirs.locator("#notices")).to_contain_text(f"sửa nhiệm vụ: {code}")
    for someone in (chi, ha):
        someone.page.goto("about:blank")
    site.stop()
    chi.site = again = Site(site.data)
    try:
        _finish(chi, address)
    finally:
        again.stop()


def _finish(chi, address):
    page = chi.visit(address)
    expect(page.locator("article.draft").first).to_contain_text("Báo cáo kết quả")
    page.get_by_role("button", name=re.compile("nhiệm vụ lên bảng")).click()
    expect(page.get_by_role("alert")).to_contain_text("điểm chưa xử lý")
    page.get_by_role("button", name=re.compile("đơn vị này vào danh mục")).click()
    group = page.locator("#can-xu-ly li").filter(has_text="Tên chỉ một nhóm đơn vị")
    group.locator("summary").click()
    group.get_by_label("Phòng Nội vụ", exact=True).check()
    group.get_by_label("Sở Công Thương", exact=True).check()
    group.get_by_role("button", name=re.compile("^Giao cho các đơn vị đã chọn")).click()
    expect(group).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Đã xem, không thêm")).click()
    expect(page.locator("#can-xu-ly")).to_contain_text("Không còn điểm nào")
    page.get_by_role("button", name=re.compile("nhiệm vụ lên bảng")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    expect(page.locator("#notices")).to_contain_text("Đã đưa kế hoạch")
    read_in(chi, DONG_THAP)
    expect(page.get_by_text("Không có thay đổi").first).to_be_visible()


def test_a_newer_text_shows_and_puts_up_exactly_what_differs(shared_site, sit_down):
    chi = sit_down(shared_site)
    page = chi.sign_in("chi")
    read_in(chi, PLAN)
    expect(page.get_by_text("Không có thay đổi").first).to_be_visible()
    newer = {"name": "sua-doi.txt", "mimeType": "text/plain", "buffer": amended().encode()}
    read_in(chi, newer)
    difference = page.locator("#khac")
    expect(difference).to_contain_text("1 thay đổi, 1 thêm mới, 1 không còn, 19 không thay đổi")
    expect(difference.locator("ul a")).to_have_text(["III.7.a", "III.7.d", "III.4.b"])
    page.get_by_label("Số, ký hiệu văn bản sửa đổi").fill("77/KH-UBND")
    page.get_by_label("Ngày văn bản sửa đổi").fill("08/05/2024")
    page.get_by_role("button", name="Áp dụng thay đổi vào bảng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    expect(chi.card("III.7.d")).to_have_count(1)
    expect(chi.card("III.7.a")).to_have_count(1)
    read_in(chi, newer)
    expect(page.get_by_text("Không có thay đổi").first).to_be_visible()


def _shows_the_review(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại kế hoạch đã nhập")
