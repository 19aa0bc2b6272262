"""Two officers of equal rights and a unit at work: what arrives by itself can be used by everybody it came to."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.person import DUTY, Person, notices, pdf

ASKED = "Bổ sung biểu tổng hợp theo trường."
CARD = "#card-15"
BOARDS = ("/board?unit=", "/board?unit=&text=r%C3%A0+so%C3%A1t", "/board?unit=&group=unit")


def watch(person: Person, who: str, path: str) -> Page:
    """Somebody who looks at a board and does not reload it."""
    person.context.clock.install()
    person.sign_in(who)
    person.visit(path)
    person.page.wait_for_load_state()
    return person.page


def arrives(page: Page, column: str) -> Locator:
    """The card, once it has come into a column of a board that nobody reloaded."""
    card = page.locator(f'[data-column="{column}"] {CARD}')
    for _ in range(4):
        page.clock.fast_forward(5_000)
        page.wait_for_timeout(300)
        if card.count():
            break
    expect(card).to_be_visible()
    return card


def send(lan: Person, name: str) -> None:
    """Prove the duty with one more document, and send it."""
    page = lan.visit("/cards/15")
    page.wait_for_load_state()
    lan.describe_document()
    page.locator("#tep").set_input_files(pdf(name, name.encode()))
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    form = page.locator("#chuyen-send")
    form.get_by_label("Ngày gửi văn bản").fill("10/5")
    form.get_by_role("button", name="Gửi").click()
    expect(notices(page)).to_contain_text("đã chuyển sang “Chờ xác nhận”")


def test_what_arrives_live_is_asked_for_answered_and_confirmed(site, sit_down):
    lan, chi, ha = sit_down(site), sit_down(site), sit_down(site)
    lan.sign_in("lan")
    tabs = [watch(chi, "chi", BOARDS[0])]
    for path in BOARDS[1:]:
        tab = chi.context.new_page()
        tab.goto(f"{site.url}{path}")
        tab.wait_for_load_state()
        tabs.append(tab)
    page = watch(ha, "ha", BOARDS[0])
    own = lan.context.new_page()
    own.clock.install()
    own.goto(f"{site.url}/board")
    own.wait_for_load_state()

    send(lan, "Báo cáo.pdf")
    for tab in tabs:
        arrives(tab, "waiting")
    card = arrives(page, "waiting")
    card.locator("summary").click()
    card.get_by_role("link", name="Đề nghị bổ sung").click()
    page.locator("#chuyen-ask-more").get_by_label("Nội dung cần bổ sung").fill(ASKED)
    page.locator("#chuyen-ask-more").get_by_role("button", name="Đề nghị bổ sung").click()
    expect(notices(page)).to_contain_text("Đang thực hiện")
    expect(arrives(own, "doing")).to_contain_text(ASKED)

    ha.visit(BOARDS[0])
    send(lan, "Biểu tổng hợp.pdf")
    arrives(page, "waiting")
    for tab in tabs[1:]:
        arrives(tab, "waiting")
    arrives(tabs[0], "waiting").get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(tabs[0].locator(f'[data-column="done"] {CARD}')).to_be_visible()
    arrives(own, "done")
    arrives(page, "done")


@pytest.mark.parametrize("path", BOARDS)
def test_without_a_script_the_same_is_done_page_by_page(site, sit_down, path):
    lan, chi, ha = (sit_down(site, java_script_enabled=False) for _ in range(3))
    for person, who in ((lan, "lan"), (chi, "chi"), (ha, "ha")):
        person.sign_in(who)
    for person in (chi, ha):
        person.visit(path)
    page = lan.visit("/cards/15")
    lan.describe_document()
    page.locator("#tep").set_input_files(pdf("Báo cáo.pdf"))
    page.get_by_role("button", name="Tải lên").click()
    page.locator("#chuyen-send").get_by_role("button", name="Gửi").click()
    for person in (chi, ha):
        person.visit(path)
        expect(person.page.locator(f'[data-column="waiting"] {CARD}')).to_be_visible()
    ha.page.locator(CARD).get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(ha.page.locator("main")).to_contain_text("Hoàn thành")
    chi.page.locator(CARD).get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(chi.page.get_by_role("heading", level=1)).to_contain_text("vừa được người khác cập nhật")
    expect(lan.visit("/cards/15").get_by_role("heading", level=1)).to_contain_text(DUTY)
