"""What was typed outlives the end of a session, another person's sign-in, and a move that somebody else made first."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import DUTY, PASSWORD, column, notices

DAYS = json.loads((Path(__file__).parents[1] / "core" / "data" / "days.json").read_text(encoding="utf-8"))
NOTE = "Đã tập huấn 3 trường\ncòn 2 trường"


def in_another_tab(person, username=None):
    """Signs out there; and in again as `username`."""
    tab = person.context.new_page()
    tab.goto(f"{person.site.url}/account")
    tab.locator(".me summary").click()
    tab.locator(".me").get_by_role("button", name="Đăng xuất").click()
    expect(tab.get_by_label("Tên đăng nhập")).to_be_visible()  # a tab closed too soon takes its unsent sign-out along
    if username:
        sign_in_at(tab, username)
        expect(tab.get_by_role("heading", level=1)).to_have_text("Nhiệm vụ của đơn vị")
    tab.close()


def sign_in_at(page: Page, username: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD.format(username))
    page.get_by_role("button", name="Đăng nhập").click()


def write_note(page: Page, text: str) -> None:
    page.locator("summary", has_text="Ghi tiến độ, khó khăn, đề xuất").click()
    page.locator("#note-nd").fill(text)


@pytest.mark.parametrize(("scripts", "duty"), [(True, "/cards/13"), (False, "/cards/14")])
def test_a_note_outlives_the_end_of_its_session(shared_site, sit_down, scripts, duty):
    lan = sit_down(shared_site, java_script_enabled=scripts)
    lan.sign_in("lan")
    page = lan.visit(duty)
    write_note(page, NOTE)
    if scripts:
        page.locator("#trich-yeu").fill("Báo cáo chưa gửi")
    in_another_tab(lan)
    page.locator("#ghi-noi-dung").get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Phiên làm việc của Nguyễn Thị Lan đã kết thúc")
    expect(page.locator("main")).to_contain_text("Đã tập huấn 3 trường")
    sign_in_at(page, "lan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nội dung đã nhập, chưa được ghi")
    expect(page.get_by_role("textbox", name="Nội dung đã nhập")).to_have_value(NOTE)
    page.get_by_role("button", name="Gửi lại").click()
    expect(notices(page)).to_contain_text("Đã ghi tiến độ.")
    expect(page.locator("#ghi-chu")).to_contain_text("Đã tập huấn 3 trường")
    if scripts:
        expect(page.locator("#trich-yeu")).to_have_value("Báo cáo chưa gửi")


def test_a_tab_of_one_person_does_nothing_as_another(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    in_another_tab(lan, "duc")
    lan.card().get_by_role("button", name="Bắt đầu thực hiện").click()
    told = "Trang này của Nguyễn Thị Lan; đang đăng nhập là Lê Minh Đức"
    expect(notices(page)).to_contain_text(told)
    expect(column(page, "todo")).to_contain_text(DUTY)
    notices(page).get_by_role("link", name="Đăng nhập lại").click()
    sign_in_at(page, "lan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    expect(column(page, "todo")).to_contain_text(DUTY)
    duty = lan.visit("/cards/13")
    write_note(duty, NOTE)
    in_another_tab(lan, "duc")
    again = notices(duty).get_by_role("link", name="Đăng nhập lại")  # the open page notices by itself
    again.click()
    expect(duty.get_by_label("Mật khẩu")).to_be_visible()
    lan.visit("/cards/13")
    expect(duty.locator(".me b")).to_have_text("Lê Minh Đức")
    expect(duty.locator("#note-nd")).to_have_value("")
    in_another_tab(lan, "lan")
    lan.visit("/cards/13")
    expect(duty.locator("#note-nd")).to_have_value(NOTE)


def test_a_note_in_another_form_outlives_a_move_that_was_too_late(shared_site, sit_down):
    lan, duc = sit_down(shared_site), sit_down(shared_site)
    lan.sign_in("lan")
    page = lan.visit("/cards/15")
    write_note(page, NOTE)
    duc.sign_in("duc")
    duc.card().get_by_role("button", name="Bắt đầu thực hiện").click()
    expect(notices(duc.page)).to_contain_text("đã chuyển sang")
    page.locator("#chuyen-start").get_by_role("button").dispatch_event("click")
    expect(page.get_by_role("heading", level=1)).to_contain_text("vừa được người khác cập nhật")
    expect(page.locator("main")).not_to_contain_text("còn nguyên ở dưới")
    expect(page.get_by_text("biểu mẫu khác của trang nhiệm vụ còn nguyên")).to_be_visible()
    page.get_by_role("link", name="Giữ kết quả hiện tại").click()
    expect(page.locator("#note-nd")).to_have_value(NOTE)
    expect(page.locator("#note-nd")).to_be_visible()


def test_a_day_stands_written_out_as_it_was_understood(shared_site, sit_down):
    chi = sit_down(shared_site)
    chi.sign_in("chi")
    page = chi.visit("/cards/13")
    page.locator("summary", has_text="Đặt thời hạn").click()
    day = page.locator("#due-set-ngay")
    for text, meant in DAYS["days"].items():
        day.evaluate("field => { delete field.dataset.first; }")
        day.fill(text)
        day.blur()
        expect(day).to_have_value("/".join(reversed(meant.split("-"))) if meant else text)
    page.locator("#due-set-ngay-lich").fill("2024-06-30")
    page.locator("#due-set-ngay-lich").dispatch_event("change")
    expect(day).to_have_value("30/06/2024")
    page.get_by_label("Cơ quan thường trực đề nghị").check()
    number = page.locator("#due-set-so")
    assert not number.evaluate("field => field.required")
    expect(page.locator("label[for=due-set-so]")).to_contain_text("(không bắt buộc)")
    page.get_by_label("UBND đặt, nhập theo văn bản").check()
    assert number.evaluate("field => field.required")
    expect(page.locator("label[for=due-set-so] .dim")).to_be_hidden()
    hours = page.evaluate_handle("() => Object.assign(document.createElement('input'), {id: 'gio'})")
    page.evaluate("field => { field.dataset.hour = ''; document.querySelector('main').append(field); }", hours)
    for text, meant in DAYS["hours"].items():
        page.locator("#gio").fill(text)
        page.locator("#gio").blur()
        expect(page.locator("#gio")).to_have_value(meant or text)


def test_without_scripts_the_calendar_counts_and_the_page_opens_at_the_refused_field(shared_site, sit_down):
    chi = sit_down(shared_site, java_script_enabled=False)
    chi.sign_in("chi")
    page = chi.visit("/cards/15")
    page.locator("summary", has_text="Đặt thời hạn").click()
    form = page.locator("#due-set")
    form.get_by_label("Căn cứ").fill("Theo công văn")
    form.get_by_label("Thời hạn đến hết ngày").fill("31/6")
    form.get_by_role("button", name="Đặt thời hạn").click()
    expect(form.get_by_label("Thời hạn đến hết ngày")).to_be_focused()
    expect(form.get_by_label("Thời hạn đến hết ngày")).to_be_in_viewport()
    expect(form.locator("#due-set-ngay-e")).to_contain_text("Ngày không đúng")
    form.locator("#due-set-ngay-lich").fill("2024-06-30")
    form.get_by_role("button", name="Đặt thời hạn").click()
    expect(notices(page)).to_contain_text("30/06/2024")


def test_an_enter_that_ends_a_composed_word_opens_nothing(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    box = page.get_by_role("combobox", name="Tìm nhiệm vụ, văn bản, đơn vị")
    box.fill("bình đẳng giới")
    expect(page.locator("#goi-y [role=option]").first).to_be_visible()
    box.press("ArrowDown")
    enter = "key: 'Enter', isComposing: false, bubbles: true, cancelable: true"
    sent = f"field => field.dispatchEvent(new KeyboardEvent('keydown', {{{enter}, keyCode: 229}}))"
    assert not box.evaluate(sent), "nor is a form sent"
    expect(page).to_have_url(f"{shared_site.url}/board")
    expect(page.locator("#goi-y")).to_be_visible()
    box.evaluate(f"field => field.dispatchEvent(new KeyboardEvent('keydown', {{{enter}, keyCode: 13}}))")
    expect(page).not_to_have_url(f"{shared_site.url}/board")
