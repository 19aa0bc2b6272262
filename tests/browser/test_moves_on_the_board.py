"""Undo, refusals and conflicts as people meet them on the page."""

from playwright.sync_api import Page, expect

from tests.browser.person import DUTY, column, notices, press

STANDING = "III.7.b"
WAITING = ("III.8.a", "Cổng thông tin điện tử")


def test_a_move_is_undone_by_its_button(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    lan.card().get_by_role("button", name="Bắt đầu thực hiện").click()
    expect(column(page, "doing")).to_contain_text(DUTY)
    expect(notices(page)).to_contain_text("giây")
    notices(page).get_by_role("button", name="Hoàn tác").click()
    expect(notices(page)).to_contain_text("Đã hoàn tác: nhiệm vụ trở lại “Chưa thực hiện”.")
    expect(column(page, "todo")).to_contain_text(DUTY)


def test_a_refused_drag_puts_the_card_back_and_says_why(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    lan.card().drag_to(page.locator('[data-column="done"]'))
    expect(notices(page)).to_contain_text("Không chuyển trực tiếp từ “Chưa thực hiện” sang “Hoàn thành”.")
    expect(column(page, "todo")).to_contain_text(DUTY)
    assert int(page.locator("#count-todo").inner_text()) == column(page, "todo").locator(".card").count()


def test_a_drag_that_asks_for_a_reason_opens_its_form(shared_site, sit_down):
    ha = sit_down(shared_site)
    page = ha.sign_in("ha")
    page.locator("#don-vi").select_option(label=WAITING[1])
    expect(page.locator(".card")).to_have_count(2)
    ha.card(*WAITING).drag_to(page.locator('[data-column="doing"]'))
    expect(page).to_have_url(f"{shared_site.url}/cards/17#chuyen-ask-more")
    expect(page.locator("#chuyen-ask-more").get_by_label("Nội dung cần bổ sung")).to_be_visible()


def test_sending_asks_for_its_day_wherever_it_is_pressed(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    there = f"{shared_site.url}/cards/13#chuyen-send"
    lan.card("III.7.a").drag_to(page.locator('[data-column="waiting"]'))
    expect(page).to_have_url(there)
    expect(page.get_by_label("Ngày gửi văn bản")).to_be_visible()
    lan.visit("/board")
    press(page, lan.card("III.7.a").get_by_role("link", name="Gửi kết quả"))
    expect(page).to_have_url(there)
    lan.visit("/")
    page.locator('a[href$="#chuyen-send"]').first.click()
    expect(page.get_by_label("Ngày gửi văn bản")).to_be_visible()


def test_who_was_slower_reads_who_was_faster_and_chooses(shared_site, sit_down):
    lan, duc = sit_down(shared_site), sit_down(shared_site)
    page = lan.sign_in("lan")
    page.locator("[data-live]").evaluate("page => delete page.dataset.live")  # nothing arrives here meanwhile
    duc.sign_in("duc")
    for name in ("Chuyển về Chưa thực hiện", "Bắt đầu thực hiện"):
        _press(duc.page, duc.card(STANDING), name)
        expect(notices(duc.page)).to_contain_text("đã chuyển sang")
        notices(duc.page).get_by_role("button", name="Đóng thông báo").click()
    _press(page, lan.card(STANDING), "Chuyển về Chưa thực hiện")
    told = notices(page)
    expect(told).to_contain_text("Lê Minh Đức")
    expect(told).to_contain_text("Chưa thực hiện → Đang thực hiện")
    expect(told).to_contain_text("10/05/2024")
    expect(told.get_by_role("link", name="Giữ kết quả hiện tại")).to_be_visible()
    told.get_by_role("button", name="Thực hiện lại thao tác của tôi: Chuyển về Chưa thực hiện").click()
    expect(page.locator(".steps [aria-current]")).to_contain_text("Chưa thực hiện")


def test_what_was_typed_is_kept_when_somebody_was_faster(shared_site, sit_down):
    ha, chi = sit_down(shared_site), sit_down(shared_site)
    for person, name in ((ha, "ha"), (chi, "chi")):
        person.sign_in(name)
        person.visit("/list?unit=&status=waiting")
        person.page.locator("tr", has_text="UBND phường Tự An").locator("a.duty").click()
    page = ha.page
    page.locator("summary", has_text="Đề nghị bổ sung").click()
    page.locator("#chuyen-ask-more").get_by_label("Nội dung cần bổ sung").fill("Nêu chuyên mục và thời lượng.")
    chi.page.get_by_role("button", name="Hợp lệ").click()
    expect(notices(chi.page)).to_contain_text("Đã ghi nhận xét")
    page.locator("#chuyen-ask-more").get_by_role("button", name="Đề nghị bổ sung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("vừa được người khác cập nhật")
    expect(page.get_by_role("alert")).to_contain_text("H’Chi Niê")
    expect(page.get_by_role("textbox")).to_have_value("Nêu chuyên mục và thời lượng.")
    page.get_by_role("button", name="Thực hiện lại thao tác của tôi").click()
    expect(page.locator("#buoc")).to_contain_text("Nêu chuyên mục và thời lượng.")


def test_a_move_that_meets_no_server_says_so_and_may_be_made_again(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    lan.excused = True
    lan.context.set_offline(True)
    button = lan.card().get_by_role("button", name="Bắt đầu thực hiện")
    button.click()
    expect(notices(page)).to_contain_text("Không nhận được trả lời của máy chủ; chưa rõ thao tác đã ghi hay chưa.")
    lan.context.set_offline(False)
    button.click()
    expect(column(page, "doing")).to_contain_text(DUTY)
    notices(page).get_by_role("button", name="Hoàn tác").click()
    expect(column(page, "todo")).to_contain_text(DUTY)
    lan.excused = False


def test_a_menu_with_keys(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    menu = lan.card("III.7.a").locator("summary")
    press(page, menu)
    page.keyboard.press("ArrowDown")
    expect(lan.card("III.7.a").locator(".drops a, .drops button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(lan.card("III.7.a").locator(".drops[open]")).to_have_count(0)


def _press(page: Page, card, name: str) -> None:
    button = card.get_by_role("button", name=name)
    if not button.is_visible():
        card.locator("summary").click()
    button.click()
    expect(page.locator(".drops[open]")).to_have_count(0)
