"""Plans, workbooks, signed papers: a form with a file stands as it is until the product says that it is written."""

import sqlite3
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.browser.person import PASSWORD, notices, pdf

SECONDS = 31_000
PLAN = Path(__file__).parents[2] / "app" / "sample" / "plan.txt"


def portal(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<h1>Wi-Fi</h1>")


def rows(site, table: str) -> int:
    with sqlite3.connect(Path(site.data) / "bdg.sqlite3") as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def said(page: Page):
    return page.locator("main form [data-says]").first


def test_a_plan_waits_in_its_form_for_the_network_the_session_and_the_file(shared_site, sit_down, tmp_path):
    ha = sit_down(shared_site)
    ha.sign_in("ha")
    page = ha.visit("/plans/new")
    page.wait_for_load_state()
    before = rows(shared_site, "plan_draft")
    file = tmp_path / "ke-hoach.txt"
    file.write_bytes(PLAN.read_bytes())
    page.locator("#tep").set_input_files(file)
    page.route("**/plans/drafts", portal)
    press = page.locator("main form").get_by_role("button", name="Nhận ra nhiệm vụ")
    press.click()
    expect(said(page)).to_contain_text("mạng đang chặn hoặc đòi đăng nhập")
    page.unroute("**/plans/drafts")
    file.write_bytes(PLAN.read_bytes() + b"\n\n")
    press.click()
    expect(said(page)).to_contain_text("Tệp đã thay đổi sau khi chọn: chọn lại tệp.")
    page.locator("#tep").set_input_files(file)
    ha.context.clear_cookies()
    press.click()
    expect(said(page)).to_contain_text("Phiên làm việc")
    with page.expect_popup() as beside:
        page.locator("main form").get_by_role("link", name="Đăng nhập lại").click()
    beside.value.get_by_label("Tên đăng nhập").fill("ha")
    beside.value.get_by_label("Mật khẩu").fill(PASSWORD.format("ha"))
    beside.value.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/plans/drafts/*")
    assert rows(shared_site, "plan_draft") == before + 1


def test_a_refused_workbook_and_one_that_hangs_are_still_chosen(shared_site, sit_down):
    chi = sit_down(shared_site)
    chi.sign_in("chi")
    page = chi.visit("/plans/1/results")
    page.wait_for_load_state()
    page.clock.install()
    page.get_by_label("Căn cứ: số, ký hiệu văn bản").fill("9/LĐTBXH")
    page.locator("#tep").set_input_files([pdf("ket-qua.xlsx")])
    press = page.get_by_role("button", name="Kiểm tra tệp")
    press.click()
    expect(said(page)).to_contain_text("mẫu")
    expect(page.locator("[data-chosen]")).to_have_text("ket-qua.xlsx")
    expect(page.get_by_label("Căn cứ: số, ký hiệu văn bản")).to_have_value("9/LĐTBXH")
    page.route("**/results", lambda route: None, times=1)
    press.click()
    expect(said(page)).to_contain_text("Đang tải tệp")
    page.clock.fast_forward(SECONDS)
    expect(said(page)).to_contain_text("Đã 30 giây tệp không chuyển động")
    page.locator("main form").get_by_role("button", name="Thử lại").click()
    expect(said(page)).to_contain_text("mẫu")
    assert rows(shared_site, "results_import") == 0


def test_a_signed_paper_is_noted_and_said_where_the_person_is(shared_site, sit_down):
    chi = sit_down(shared_site)
    chi.sign_in("chi")
    page = chi.visit("/inspections/2")
    page.wait_for_load_state()
    before = rows(shared_site, "round_document")
    page.locator("summary", has_text="Ghi văn bản của cơ quan khác").click()
    page.locator("#nk-ten").fill("Kết luận giám sát")
    page.locator("#nk-co-quan").fill("HĐND thành phố")
    page.locator("#nk-so").fill("9/KL-HĐND")
    page.locator("#nk-ngay").fill("09/05/2024")
    page.locator("#nk-tep").set_input_files([pdf("ket-luan.pdf")])
    page.get_by_role("button", name="Ghi văn bản", exact=True).click()
    expect(notices(page)).to_contain_text("lưu tệp đã ký")
    assert rows(shared_site, "round_document") == before + 1
