"""The head's whole task: find the duty, start it, prove it, send it; the office confirms; the workbook shows it."""

from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.person import DUTY, PASSWORD, Person, column, notices, pdf, press, tab_to

FILES = [pdf("Báo cáo.pdf"), pdf("Phụ lục.pdf", b"\n")]
_WATCH_BARS = """() => {
  window.bars = {};
  new MutationObserver(() => {
    for (const row of document.querySelectorAll("[data-files] li")) {
      const bar = row.querySelector("progress");
      if (!bar.hidden) window.bars[row.querySelector("[data-name]").textContent] = bar.value;
    }
  }).observe(document.querySelector("[data-files]"), { subtree: true, attributes: true, childList: true });
}"""


def test_with_the_mouse(site, sit_down, tmp_path):
    lan = sit_down(site)
    page = lan.sign_in("lan")
    lan.card().drag_to(lan.card("III.7.a"))
    expect(column(page, "doing")).to_contain_text(DUTY)
    expect(page.locator("#count-doing")).to_have_text("3")
    lan.open_duty()
    lan.describe_document()
    page.evaluate(_WATCH_BARS)
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Chọn tệp", exact=True).click()
    chooser.value.set_files(FILES)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("link", name="Phụ lục.pdf")).to_be_visible()
    assert page.evaluate("window.bars") == {"Báo cáo.pdf": 100, "Phụ lục.pdf": 100}
    page.get_by_label("Ngày gửi văn bản").fill("09/05/2024")
    page.get_by_role("button", name="Gửi kết quả").click()
    expect(notices(page)).to_contain_text("đã chuyển sang “Chờ xác nhận”")
    _confirm_on_the_board(sit_down(site))
    _look_in_the_workbook(sit_down(site), tmp_path)


def test_with_keys_only(site, sit_down):
    lan = sit_down(site)
    page = lan.visit("/login")
    page.on("filechooser", lambda chooser: chooser.set_files(FILES))
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD.format("lan"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhiệm vụ của đơn vị")
    page.wait_for_load_state()
    press(page, page.get_by_role("link", name="Bảng nhiệm vụ"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    page.wait_for_load_state()
    press(page, lan.card().get_by_role("button", name="Bắt đầu thực hiện"))
    expect(column(page, "doing")).to_contain_text(DUTY)
    expect(lan.card().locator("a.duty")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nhiệm vụ {DUTY}")
    page.wait_for_load_state()
    for label, text in (
        ("Số, ký hiệu", "45/BC-GDĐT"),
        ("Ngày văn bản", "09/05/2024"),
        ("Trích yếu", "Báo cáo rà soát"),
    ):
        tab_to(page, page.locator("#tai-len").get_by_label(label, exact=True))
        page.keyboard.type(text)
    press(page, page.locator("#tep"))
    expect(page.locator("[data-files] li")).to_have_count(2)
    press(page, page.get_by_role("button", name="Tải lên"))
    expect(page.get_by_role("link", name="Phụ lục.pdf")).to_be_visible()
    expect(page.locator("#h-minh-chung")).to_be_focused()
    press(page, page.get_by_role("button", name="Gửi kết quả"))
    expect(notices(page)).to_contain_text("đã chuyển sang “Chờ xác nhận”")


def test_on_a_phone_in_the_dark(site, sit_down):
    lan = sit_down(site, **PHONE, color_scheme="dark")
    page = lan.sign_in("lan")
    assert page.evaluate("!window.Sortable.get(document.getElementById('col-todo'))"), "a drag would fight scrolling"
    lan.card().get_by_role("button", name="Bắt đầu thực hiện").tap()
    expect(column(page, "doing")).to_contain_text(DUTY)
    lan.card().locator("a.duty").tap()
    expect(page.locator("html")).to_have_attribute("data-js", "")
    lan.describe_document()
    page.locator("#tep").set_input_files(FILES)
    page.get_by_role("button", name="Tải lên").tap()
    expect(page.get_by_role("link", name="Phụ lục.pdf")).to_be_visible()
    page.locator(".tabbar").get_by_role("link", name="Bảng").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    page.wait_for_load_state()
    lan.card().locator("summary").tap()
    lan.card().get_by_role("button", name="Chuyển về Chưa thực hiện").tap()
    expect(column(page, "todo")).to_contain_text(DUTY)
    lan.card().get_by_role("link", name="Gửi kết quả").tap()
    page.locator("#chuyen-send").get_by_role("button", name="Gửi kết quả").tap()
    expect(notices(page)).to_contain_text("đã chuyển sang “Chờ xác nhận”")
    lan.visit("/board")
    expect(column(page, "waiting")).to_contain_text(DUTY)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_scripts(site, sit_down, tmp_path):
    lan = sit_down(site, java_script_enabled=False)
    page = lan.sign_in("lan")
    lan.card().get_by_role("button", name="Bắt đầu thực hiện").click()
    expect(column(page, "doing")).to_contain_text(DUTY)
    expect(notices(page)).to_contain_text("Hoàn tác")
    lan.open_duty()
    lan.describe_document()
    page.locator("#tep").set_input_files(FILES)
    page.get_by_role("button", name="Tải lên").click()
    expect(notices(page)).to_contain_text("Đã lưu văn bản.")
    expect(page.get_by_role("link", name="Phụ lục.pdf")).to_be_visible()
    page.get_by_role("button", name="Gửi kết quả").click()
    expect(notices(page)).to_contain_text("đã chuyển sang “Chờ xác nhận”")
    _confirm_on_the_board(sit_down(site, java_script_enabled=False))


def _confirm_on_the_board(chi: Person) -> None:
    page = chi.sign_in("chi")
    expect(column(page, "waiting")).to_contain_text(DUTY)
    chi.card().get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(column(page, "done").locator(".card", has_text=DUTY)).to_contain_text("1 hợp lệ")
    expect(notices(page)).to_contain_text("đã chuyển sang “Hoàn thành”")


def _look_in_the_workbook(chi: Person, folder: Path) -> None:
    page = chi.sign_in("chi")
    page.get_by_role("link", name="Kết xuất").first.click()
    page.get_by_role("button", name="Kết xuất Excel").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải xuống").click()
    download.value.save_as(folder / "bao-cao.xlsx")
    book = openpyxl.load_workbook(folder / "bao-cao.xlsx")
    lines = [[str(cell.value or "") for cell in row] for row in book.worksheets[0].iter_rows()]
    (line,) = [line for line in lines if any("Rà soát tài liệu" in text for text in line)]
    assert any("Hoàn thành đúng hạn" in text for text in line), line
    assert any("45/BC-GDĐT" in text for text in line), line
