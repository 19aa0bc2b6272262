"""More time: asked by the unit, refused or granted by who set the date, found at home; in every way of working."""

from playwright.sync_api import expect

from tests.browser.hands import Hands, in_every_way
from tests.browser.person import notices

DUTY = "/cards/43"  # the half-yearly report of a ward, due on 15/5
LAST = "no scripts"


@in_every_way
def test_more_time_is_asked_and_decided(way, shared_site, sit_down):
    yen = Hands(way, sit_down, shared_site, "yen")
    yen.open(DUTY)
    _ask(yen, "01/05/2024")
    expect(
        yen.find.locator("#due-ask").get_by_role("alert").or_(yen.find.locator("#due-ask .wrong")).first
    ).to_be_visible()
    expect(yen.find.locator("#due-ask-ly-do")).to_have_value("Chờ số liệu của các tổ dân phố")
    _ask(yen, "25/05/2024", again=True)
    expect(notices(yen.page)).to_contain_text("gia hạn")
    expect(yen.find.locator("#gia-han")).to_contain_text("Đề nghị gia hạn đến 25/05/2024")
    yen.leave()
    son = Hands(way, sit_down, shared_site, "son")
    son.open("/")
    expect(son.find.locator("#muc-extensions")).to_contain_text("từ 15/05/2024 đến 25/05/2024")
    son.press(son.find.locator("#muc-extensions").get_by_role("link", name="UBND phường Ea Tam"))
    son.page.wait_for_load_state()
    granted = way == LAST
    deed = "due-accept" if granted else "due-decline"
    son.unfold("Đồng ý gia hạn" if granted else "Không gia hạn")
    son.write(son.find.locator(f"#{deed}-ly-do"), "Bảo đảm chất lượng số liệu")
    son.write(son.find.locator(f"#{deed}-so"), "128/UBND-LĐTBXH")
    son.press(son.find.locator(f"#{deed}").get_by_role("button"))
    expect(notices(son.page)).to_contain_text("Đã gia hạn đến 25/05/2024" if granted else "không gia hạn")
    expect(son.find.locator("#thoi-han")).to_contain_text("25/05/2024" if granted else "15/05/2024")
    son.leave()


def _ask(yen: Hands, day: str, *, again: bool = False) -> None:
    if not again:
        yen.unfold("Đề nghị gia hạn")
    yen.write(yen.find.locator("#due-ask-ngay"), day)
    yen.write(yen.find.locator("#due-ask-ly-do"), "Chờ số liệu của các tổ dân phố")
    yen.press(yen.find.locator("#due-ask").get_by_role("button"))
