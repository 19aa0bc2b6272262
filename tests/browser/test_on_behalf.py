"""The office enters for a unit on its document; the unit is told and asks for a correction; in every way of working."""

from playwright.sync_api import expect

from tests.browser.hands import Hands, in_every_way
from tests.browser.person import notices

CARDS = {"keys only": 13, "a phone in the dark": 14, "no scripts": 15}
WRONG = "Số lớp tập huấn là 3, không phải 2"


@in_every_way
def test_what_was_entered_for_a_unit_is_corrected_at_its_word(way, shared_site, sit_down):
    duty = f"/cards/{CARDS[way]}"
    chi = Hands(way, sit_down, shared_site, "chi")
    chi.open(duty)
    chi.unfold("Ghi tiến độ, khó khăn, đề xuất")
    chi.write(chi.find.locator("#note-nd"), "Đã mở 2 lớp tập huấn")
    chi.write(chi.find.locator("#note-so"), f"{CARDS[way]}/BC-GDĐT")
    chi.write(chi.find.locator("#note-ngay-vb"), "08/05/2024")
    chi.press(chi.find.locator("#ghi-noi-dung").get_by_role("button", name="Lưu"))
    expect(chi.find.locator("#nhap-thay")).to_contain_text("đã nhập thay trên cơ sở văn bản số")
    lan = Hands(way, sit_down, shared_site, "lan")
    lan.open("/")
    expect(lan.find.locator("#muc-entered")).to_contain_text(f"{CARDS[way]}/BC-GDĐT")
    lan.press(lan.find.locator(f"#muc-entered a[href*='{duty}']").first)
    lan.page.wait_for_load_state()
    entry = lan.find.locator("#nhap-thay li").filter(has_text=f"{CARDS[way]}/BC-GDĐT")
    lan.press(entry.locator("summary", has_text="Đề nghị đính chính"))
    lan.write(entry.get_by_label("Nội dung chưa đúng, đề nghị đính chính"), WRONG)
    lan.press(entry.get_by_role("button", name="Gửi đề nghị đính chính"))
    expect(notices(lan.page)).to_contain_text("đính chính")
    lan.press_button("Đơn vị đã xem")
    expect(lan.find.get_by_role("button", name="Đơn vị đã xem")).to_have_count(0)
    lan.leave()
    chi.open("/")
    expect(chi.find.locator("#muc-corrections")).to_contain_text(WRONG)
    chi.leave()
