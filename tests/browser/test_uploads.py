"""Files on their way: each has its name, its bar and its own sentence."""

import re

from playwright.sync_api import Page, expect

from app.accounts.queries.sessions import actor
from app.organisation.operations.settings import change_settings, version
from tests.browser.person import pdf

SVG = {"name": "so-do.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
DUTY_PAGES = ("/cards/13", "/cards/15")  # III.7.a and III.7.c: each test a duty of its own


def row(page: Page, name: str):
    return page.locator("[data-files] li", has_text=name)


def begin(person, page_of_duty: str) -> Page:
    person.sign_in("mai")
    page = person.visit(page_of_duty)
    person.describe_document()
    return page


def test_refused_files_say_why_beside_their_names_and_the_good_one_is_kept(shared_site, sit_down, tmp_path):
    page = begin(sit_down(shared_site), DUTY_PAGES[1])
    large = tmp_path / "ghi-hinh.mp4"
    with large.open("wb") as stream:
        stream.truncate(101_000_000)
    page.locator("#tep").set_input_files([large])
    expect(row(page, "ghi-hinh.mp4")).to_contain_text("Tệp lớn hơn 100 MB nên chưa gửi.")
    page.locator("#tep").set_input_files([SVG, pdf("bao-cao.pdf")])
    page.get_by_role("button", name="Tải lên").click()
    expect(row(page, "so-do.svg")).to_contain_text("Không nhận tệp HTML, SVG")
    expect(page.get_by_role("link", name="bao-cao.pdf")).to_be_visible()
    expect(page.get_by_label("Trích yếu")).to_have_value("Báo cáo rà soát tài liệu, chương trình giảng dạy")
    for name in ("so-do.svg", "ghi-hinh.mp4"):
        expect(row(page, name)).to_be_visible()
        row(page, name).get_by_role("button", name="Bỏ tệp").click()
    expect(page.locator("[data-files] li")).to_have_count(0)
    expect(page.locator("#minh-chung > #van-ban > .list > li")).to_have_count(1)


def test_files_beyond_the_quota_stay_until_another_makes_room(site, inside, sit_down):
    change_settings(actor("quantri"), {"unit_quota_mb": "1"}, seen_version=version())
    inside.session.remove()
    page = begin(sit_down(site), DUTY_PAGES[0])
    expect(page.locator("#tep-q")).to_contain_text(re.compile(r"Đơn vị còn 95\d kB trong hạn mức lưu trữ 1 MB\."))
    page.locator("#tep").set_input_files([pdf("a.pdf", bytes(600_000)), pdf("b.pdf", bytes(601_000))])
    expect(row(page, "b.pdf")).to_contain_text("vượt phần còn lại trong hạn mức lưu trữ")
    expect(row(page, "a.pdf").locator("[data-says]")).to_be_empty()
    row(page, "a.pdf").get_by_role("button", name="Bỏ tệp").click()
    expect(row(page, "b.pdf").locator("[data-says]")).to_be_empty()
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("link", name="b.pdf")).to_be_visible()
    expect(page.locator("#tep-q")).to_contain_text(re.compile(r"Đơn vị còn 35\d kB"))


def test_after_a_cut_connection_the_file_is_sent_again_by_its_button(shared_site, sit_down):
    mai = sit_down(shared_site)
    page = begin(mai, DUTY_PAGES[0])
    page.locator("#tep").set_input_files([pdf("bao-cao.pdf")])
    mai.excused = True
    mai.context.set_offline(True)
    page.get_by_role("button", name="Tải lên").click()
    expect(row(page, "bao-cao.pdf")).to_contain_text("Mất kết nối khi đang tải, tệp chưa được lưu.")
    mai.context.set_offline(False)
    row(page, "bao-cao.pdf").get_by_role("button", name="Thử lại").click()
    expect(page.get_by_role("link", name="bao-cao.pdf")).to_be_visible()
    mai.excused = False
