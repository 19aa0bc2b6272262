"""Finding things from the box on every page: as one types, with the keyboard, by finger, without scripts."""

from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import PHONE

SECONDS = 5_000


def box(page: Page):
    return page.get_by_label("Tìm nhiệm vụ, văn bản, đơn vị")


def test_with_keys_only(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.keyboard.type("ea tam", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("UBND phường Ea Tam")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#goi-y-nghe")).to_contain_text("gợi ý")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(chosen).to_have_text(options.nth(1).inner_text())
    expect(box(page)).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("ea tam")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(chosen).to_contain_text("Xem tất cả")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tìm kiếm")
    expect(page.locator(".found li").first).to_contain_text("Khớp ở:")
    box(page).fill("ra soat tai lieu")
    expect(page.locator("#ket-qua")).to_contain_text("III.7.c")
    assert "q=ra%20soat%20tai%20lieu" in page.url
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_letters_being_composed_are_not_asked_for(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = lan.sign_in("lan")
    asked = list[str]()

    def note(request: Request) -> None:
        if "/search/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    box(page).focus()
    keyboard = page.context.new_cdp_session(page)
    for text in ("g", "gi", "gio", "giớ", "giới"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    assert asked == []
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
    keyboard.send("Input.insertText", {"text": "giới"})
    expect(page.get_by_role("option").first).to_be_visible()
    expect(box(page)).to_have_value("giới")
    assert len(asked) == 1, asked


def test_on_a_phone_in_the_dark(shared_site, sit_down):
    yen = sit_down(shared_site, **PHONE, color_scheme="dark")
    page = yen.sign_in("yen")
    box(page).tap()
    page.keyboard.insert_text("bao cao 6 thang")
    option = page.get_by_role("option").filter(has_text="UBND phường Ea Tam").first
    expect(option).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    option.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nhiệm vụ III.10.a")


def test_without_scripts_and_with_nothing_found(shared_site, sit_down):
    mai = sit_down(shared_site, java_script_enabled=False)
    page = mai.sign_in("mai")
    box(page).fill("xyzq khong co")
    box(page).press("Enter")
    expect(page.locator("#ket-qua")).to_contain_text("Không tìm thấy “xyzq khong co”")
    box(page).fill("GDĐT")
    box(page).press("Enter")
    page.locator(".found").get_by_role("link", name="Phòng Giáo dục và Đào tạo", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng nhiệm vụ")
