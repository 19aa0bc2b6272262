"""What one person does shows at the others' within five seconds, and nothing that they were doing is lost."""

from playwright.sync_api import Page, expect

from tests.browser.person import DUTY, Person, column, notices

TYPED = "Đã phối hợp với Hội LHPN thành phố"
BUSY_CARD = "#card-17"  # waits for the office: a menu on its board
COUNT = """() => {
  window.asked = 0;
  const given = window.fetch;
  window.fetch = (...said) => { window.asked += 1; return given(...said); };
}"""
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def look(person: Person, who: str) -> Page:
    """Somebody whose page is watched: its clock can be put forward."""
    person.context.clock.install()
    return person.sign_in(who)


def later(*pages: Page) -> None:
    """Five seconds pass on these pages: the longest that a change may take to be asked for."""
    for page in pages:
        page.clock.fast_forward(5_000)


def start(person: Person) -> None:
    """One duty goes from Chưa to Đang, or back; on the duty's page."""
    ways = person.visit("/cards/15").locator("#buoc")
    ways.get_by_role("button", name="Bắt đầu thực hiện").or_(
        ways.get_by_role("button", name="Chuyển về Chưa thực hiện")
    ).first.click()
    expect(notices(person.page)).to_contain_text("đã chuyển sang")


def counted(page: Page, status: str) -> int:
    return int(page.locator(f"#count-{status}").inner_text())


def test_a_move_shows_on_boards_in_use_and_leaves_them_as_they_were(shared_site, sit_down):
    lan, chi, duc = (sit_down(shared_site) for _ in range(3))
    lan.sign_in("lan")
    page, lanes = look(chi, "chi"), look(duc, "duc")
    page.goto(f"{shared_site.url}/board?unit=")
    lanes.goto(f"{shared_site.url}/board?unit=&group=unit")
    field, waits = page.get_by_label("Nội dung có chữ"), page.locator(BUSY_CARD)
    waits.locator(".drops summary").click()
    waits.scroll_into_view_if_needed()
    field.evaluate("field => field.focus({ preventScroll: true })")
    page.keyboard.insert_text("bình đ")
    totals, before, doing = page.locator("#totals").inner_text(), waits.bounding_box(), counted(page, "doing")
    start(lan)
    later(page, lanes)
    expect(column(page, "doing")).to_contain_text(DUTY)
    expect(page.locator("#count-doing")).to_have_text(str(doing + 1))
    expect(page.locator("#totals")).not_to_have_text(totals)
    expect(field).to_have_value("bình đ")
    expect(field).to_be_focused()
    expect(waits.locator(".drops")).to_have_attribute("open", "")
    assert waits.bounding_box() == before, "what was being looked at has moved"
    lane = lanes.locator(".lane").filter(has_text="Phòng Giáo dục và Đào tạo")
    expect(lane.locator("[data-column=doing]")).to_contain_text(DUTY)
    expect(lane.locator("[data-column=todo]")).to_have_count(0)


def test_the_card_in_use_waits_and_the_focus_goes_over(shared_site, sit_down):
    lan, duc = sit_down(shared_site), sit_down(shared_site)
    lan.sign_in("lan")
    page = look(duc, "duc")
    card = page.locator("#card-15")
    was = card.locator("xpath=ancestor::section").get_attribute("data-column")
    other = "todo" if was == "doing" else "doing"
    card.locator(".drops summary").click()
    with page.expect_response(lambda answer: "/changes" in answer.url and answer.status == 200):
        start(lan)
        later(page)
    expect(page.locator("#totals")).to_contain_text(f"{2 if was == 'doing' else 3} đang thực hiện")
    expect(column(page, was)).to_contain_text(DUTY)
    page.keyboard.press("Escape")
    later(page)
    expect(column(page, other)).to_contain_text(DUTY)
    expect(card.locator("a.duty")).to_be_focused()


def test_nobody_loses_the_card_they_drag(shared_site, sit_down):
    lan, duc = sit_down(shared_site), sit_down(shared_site)
    lan.sign_in("lan")
    page = look(duc, "duc")
    held = page.locator("#card-14")
    home = held.locator("xpath=ancestor::section").get_attribute("data-column")
    was = page.locator("#card-15").locator("xpath=ancestor::section").get_attribute("data-column")
    held.scroll_into_view_if_needed()
    box = held.locator(".unit").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 30, steps=5)
    expect(page.locator("[data-ghost]")).to_have_count(1)
    with page.expect_response(lambda answer: "/changes" in answer.url and answer.status == 200):
        start(lan)
        later(page)
    expect(held).to_have_attribute("data-ghost", "")
    expect(column(page, was)).to_contain_text(DUTY)
    page.mouse.move(box["x"] + 5, box["y"] + 5, steps=5)
    page.mouse.up()
    later(page)
    expect(column(page, was)).not_to_contain_text(DUTY)
    expect(page.locator(f"[data-column={home}] #card-14")).to_be_visible()


def test_who_types_keeps_it_and_reads_who_changed_the_duty(shared_site, sit_down):
    lan, mai = sit_down(shared_site), sit_down(shared_site)
    lan.sign_in("lan")
    look(mai, "mai")
    page = mai.visit("/cards/15")
    page.get_by_text("Ghi tiến độ, khó khăn, đề xuất…").click()
    field = page.locator("#note-nd")
    field.click()
    page.keyboard.insert_text(TYPED)
    page.locator("#loai-ghi-chu").select_option(label="Đề xuất, kiến nghị")
    chosen = page.locator("#loai-ghi-chu").input_value()
    start(lan)
    later(page)
    told = notices(page)
    expect(told).to_contain_text("vừa thao tác trên nhiệm vụ này")
    expect(told).to_contain_text("Lan")
    expect(field).to_be_focused()
    told.get_by_role("button", name="Tải lại phần đã đổi").click()
    expect(told).to_be_empty()
    expect(field).to_be_visible()
    expect(field).to_have_value(TYPED)
    expect(page.locator("#loai-ghi-chu")).to_have_value(chosen)


def test_an_ended_session_says_so_and_gives_back_what_was_typed(shared_site, sit_down):
    mai = sit_down(shared_site)
    look(mai, "mai")
    page = mai.visit("/cards/15")
    page.get_by_text("Ghi tiến độ, khó khăn, đề xuất…").click()
    page.locator("#note-nd").fill(TYPED)
    mai.context.clear_cookies()
    later(page)
    expect(notices(page)).to_contain_text("Phiên làm việc đã kết thúc")
    expect(page.locator("#note-nd")).to_have_value(TYPED)
    notices(page).get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Mật khẩu").fill("mau-bdg-mai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("#note-nd")).to_have_value(TYPED)


def test_a_hidden_page_rests_and_a_page_without_a_server_goes_on_later(shared_site, sit_down):
    lan, chi = sit_down(shared_site), sit_down(shared_site)
    lan.sign_in("lan")
    page = look(chi, "chi")
    page.goto(f"{shared_site.url}/board?unit=")
    was = page.locator("#card-15").locator("xpath=ancestor::section").get_attribute("data-column")
    page.evaluate(COUNT)
    page.evaluate(HIDE, True)
    chi.excused = True
    chi.context.set_offline(True)
    start(lan)
    later(page)
    assert page.evaluate("window.asked") == 0
    page.evaluate(HIDE, False)
    page.wait_for_function("window.asked > 0")
    expect(column(page, was)).to_contain_text(DUTY)
    chi.context.set_offline(False)
    later(page)
    expect(column(page, was)).not_to_contain_text(DUTY)
    expect(notices(page)).to_be_empty()
