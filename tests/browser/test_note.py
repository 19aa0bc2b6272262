"""A note on a duty: written, refused with what was typed, corrected, resolved by the office, in every way."""

from playwright.sync_api import expect

from tests.browser.hands import Hands, in_every_way
from tests.browser.person import notices

DIFFICULTY = "Thiếu giáo viên được tập huấn về lồng ghép giới"
CARDS = {"keys only": 13, "a phone in the dark": 14, "no scripts": 15}


@in_every_way
def test_a_difficulty_is_noted_corrected_and_resolved(way, shared_site, sit_down):
    mai, duty = Hands(way, sit_down, shared_site, "mai"), f"/cards/{CARDS[way]}"
    mai.open(duty)
    mai.unfold("Ghi tiến độ, khó khăn, đề xuất")
    mai.choose(mai.find.locator("#loai-ghi-chu"), "Khó khăn, vướng mắc")
    mai.write(mai.find.locator("#note-nd"), "x" * 4001)
    mai.press(mai.find.locator("#ghi-noi-dung").get_by_role("button", name="Lưu"))
    expect(mai.find.locator("#ghi-noi-dung").get_by_role("alert")).to_be_visible()
    expect(mai.find.locator("#note-nd")).to_have_value("x" * 4001)
    mai.write(mai.find.locator("#note-nd"), DIFFICULTY)
    mai.press(mai.find.locator("#ghi-noi-dung").get_by_role("button", name="Lưu"))
    expect(notices(mai.page)).to_contain_text("Đã ghi")
    note = mai.find.locator("#ghi-chu .list > li").filter(has_text=DIFFICULTY)
    mai.press(note.locator("summary", has_text="Sửa…"))
    mai.write(note.get_by_label("Nội dung sửa lại"), f"{DIFFICULTY} tại 3 trường")
    mai.press(note.get_by_role("button", name="Lưu nội dung sửa"))
    expect(mai.find.locator("#ghi-chu")).to_contain_text("tại 3 trường")
    mai.unfold("Đã sửa; xem 1 bản trước")
    expect(mai.find.get_by_text(DIFFICULTY, exact=True)).to_be_visible()
    mai.leave()
    chi = Hands(way, sit_down, shared_site, "chi")
    chi.open(duty)
    note = chi.find.locator("#ghi-chu .list > li").filter(has_text=DIFFICULTY)
    chi.press(note.get_by_role("button", name="Đã giải quyết"))
    expect(note.get_by_role("button")).to_have_count(0)
    expect(note).to_contain_text("Đã giải quyết")
    chi.leave()
