"""Every page, light and dark, wide and narrow: axe finds nothing, nothing scrolls sideways, no script complains."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from app.sample.build import PLAN
from tests.browser.person import Person
from tests.intake.conftest import DAKLAK

SIZES = ((1366, 768), (360, 740))
WIDTHS = (320, 360, 1366)
SCHEMES = {1366: ("light",), 360: ("light", "dark")}  # colours do not depend on the width; narrow pages have every part
FIND = """options => axe.run(document, options).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))"""
Way = Callable[[Person], Any]


def at(path: str) -> Way:
    """Open an address."""
    return lambda person: person.visit(path)


def refused(person: Person) -> None:
    """422: sent without evidence."""
    page = person.visit("/cards/15")
    page.locator("summary", has_text="Gửi kết quả").click()
    page.locator("#chuyen-send").get_by_role("button", name="Gửi kết quả").click()
    expect(page.get_by_role("alert").first).to_contain_text("Cần ít nhất một minh chứng")


def overtaken(person: Person) -> None:
    """409: the page that was open is an old one."""
    page = person.visit("/cards/17")
    page.locator("summary", has_text="Đề nghị bổ sung").click()
    page.locator("#chuyen-ask-more [name=version]").evaluate("field => { field.value = 1 }")
    page.locator("#chuyen-ask-more textarea").fill("Nêu chuyên mục và thời lượng.")
    page.locator("#chuyen-ask-more").get_by_role("button", name="Đề nghị bổ sung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("vừa được người khác cập nhật")


def draft(person: Person) -> None:
    """A plan that was read and waits."""
    page = person.visit("/plans/new")
    page.locator("#tep").set_input_files(PLAN)
    page.get_by_role("button", name="Nhận ra nhiệm vụ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại kế hoạch đã nhập")


def another(person: Person) -> None:
    """A plan of another province, with much still open, and the form of its first duty."""
    page = person.visit("/plans/new")
    page.locator("#tep").set_input_files(DAKLAK)
    page.get_by_role("button", name="Nhận ra nhiệm vụ").click()
    page.locator("article.draft").first.get_by_role("link", name="Sửa").click()
    expect(page.get_by_role("button", name="Lưu nhiệm vụ")).to_be_visible()


def moved(person: Person) -> None:
    """The board with a notice, a menu and a shared duty open."""
    page = person.visit("/board?unit=")
    page.locator("details.parent summary").first.click()
    page.locator(".drops summary").first.click()
    page.locator('[data-column="todo"]').first.scroll_into_view_if_needed()


def unfolded(path: str) -> Way:
    """All that a page folds away lies open at once: forms, earlier versions, the log."""

    def way(person: Person) -> None:
        person.visit(path).evaluate("document.querySelectorAll('main details').forEach(row => { row.open = true })")

    return way


def suggesting(person: Person) -> None:
    """What is found while one types, one of it chosen."""
    page = person.visit("/")
    page.locator("#q").focus()
    page.keyboard.insert_text("bao cao")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def handed_on(person: Person) -> None:
    """The duties of somebody who leaves."""
    page = person.visit("/cards/15")
    page.locator("#nguoi").select_option(label="Trần Thị Mai")
    page.get_by_role("button", name="Lưu người theo dõi").click()
    page.get_by_role("link", name="Bàn giao các nhiệm vụ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bàn giao nhiệm vụ")


def asked_for_time(person: Person) -> None:
    """A request for more time that nobody decided yet."""
    page = person.visit("/cards/64")
    page.locator("summary", has_text="Đề nghị gia hạn").click()
    page.locator("#due-ask-ngay").fill("25/11/2024")
    page.locator("#due-ask-ly-do").fill("Chờ số liệu của các tổ dân phố")
    page.locator("#due-ask").get_by_role("button").click()
    expect(page.locator("#gia-han")).to_be_visible()


def decided(person: Person) -> None:
    """More time that was granted, and what the office may do next."""
    page = person.visit("/cards/64")
    page.locator("summary", has_text="Đồng ý gia hạn").click()
    page.locator("#due-accept-so").fill("128/UBND-LĐTBXH")
    page.locator("#due-accept").get_by_role("button").click()
    expect(page.locator("#thoi-han")).to_contain_text("25/11/2024")
    unfolded("/cards/64")(person)


def entered(person: Person) -> None:
    """What the office wrote for a unit."""
    page = person.visit("/cards/43")
    page.locator("summary", has_text="Ghi tiến độ").click()
    page.locator("#note-nd").fill("Đã phân công viết báo cáo")
    page.locator("#note-so").fill("12/BC-UBND")
    page.locator("#ghi-noi-dung").get_by_role("button", name="Lưu").click()
    expect(page.locator("#nhap-thay")).to_be_visible()


def disputed(person: Person) -> None:
    """A unit asks to correct it; everything unfolded."""
    page = person.visit("/cards/43")
    page.locator("summary", has_text="Đề nghị đính chính").click()
    page.get_by_label("Nội dung chưa đúng").fill("Báo cáo do Công chức Văn hóa viết")
    page.get_by_role("button", name="Gửi đề nghị đính chính").click()
    unfolded("/cards/43")(person)


def to_inspect(person: Person) -> None:
    """A round that was just made, with one unit in it, and the others to choose from."""
    page = person.visit("/inspections/new")
    for field, words in (("#ten-dot", "Kiểm tra 6 tháng"), ("#tk-tu", "01/01/2024"), ("#tk-den", "30/06/2024")):
        page.locator(field).fill(words)
    page.get_by_role("button", name="Lập đợt kiểm tra").click()
    page.get_by_role("link", name="Chọn đơn vị").click()
    page.get_by_label("UBND phường Ea Tam").check()
    page.get_by_role("button", name="Đưa vào đợt kiểm tra").click()
    page.get_by_role("link", name="Chọn đơn vị").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chọn đơn vị kiểm tra")


def unnamed(person: Person) -> None:
    """422: a new account that says too little."""
    page = person.visit("/people/new")
    for field in ("#ho-ten", "#ten"):
        page.locator(field).fill("lan")
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa tạo được tài khoản")


def round_without_words(person: Person) -> None:
    """422: a round of inspection that says too little."""
    page = person.visit("/inspections/new")
    page.locator("#ten-dot").fill("Kiểm tra 6 tháng đầu năm")
    page.locator("#tk-tu").fill("01/06/2024")
    page.locator("#tk-den").fill("01/01/2024")
    page.get_by_role("button", name="Lập đợt kiểm tra").click()
    expect(page.get_by_role("alert")).to_contain_text("Ngày cuối thời kỳ")


def round_of_her_own(person: Person) -> None:
    """A round that runs: its team, its units, one of them with a day."""
    round_without_words(person)
    page = person.page
    page.locator("#tk-tu").fill("01/01/2024")
    page.get_by_role("button", name="Lập đợt kiểm tra").click()
    page.locator("#tv-nguoi").select_option(label=page.locator("#tv-nguoi option").nth(1).inner_text())
    page.locator("#tv-vt").select_option("leader")
    page.get_by_role("button", name="Thêm vào đoàn").click()
    page.get_by_role("link", name="Chọn đơn vị").click()
    page.get_by_label("Ea Tam").check()
    page.get_by_role("button", name="Đưa vào đợt kiểm tra").click()
    page.get_by_role("button", name="Bắt đầu đợt kiểm tra").click()
    page.get_by_role("link", name="Ea Tam").click()
    page.locator("#lich-ngay").fill("10/05/2024")
    page.get_by_role("button", name="Lưu lịch").click()
    expect(page.get_by_text("Đã lưu lịch kiểm tra.")).to_be_visible()
    page.get_by_role("link", name="Kiểm tra 6 tháng đầu năm").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kiểm tra 6 tháng đầu năm")
    unfolded(urlsplit(page.url).path)(person)


def visited(path: str = "", heading: str = "Kiểm tra UBND phường Ea Tam") -> Way:
    """The visit of that round, or what a link of it leads to."""

    def way(person: Person) -> None:
        page = person.visit("/inspections")
        page.get_by_role("link", name="Ea Tam").first.click()
        if path:
            page.get_by_role("link", name=path).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)

    return way


def in_english(person: Person) -> None:
    """One's own account with the menu open, after the language was chosen in it."""
    page = person.visit("/account")
    page.locator(".me summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")
    page.locator(".me summary").click()


def registered(person: Person) -> None:
    """The register with a line in it, written for a ward."""
    page = person.visit("/incidents")
    page.locator("#vv-don-vi").select_option(label="UBND phường Ea Tam")
    told = {"tu": "01/01/2024", "den": "30/04/2024", "so-vu": "3", "so": "45/BC-UBND", "ngay": "06/05/2024"}
    for field, text in told.items():
        page.locator(f"#vv-{field}").fill(text)
    page.locator("#vv-noi-nhan").select_option(index=1)
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_role("rowheader", name="UBND phường Ea Tam").first).to_be_visible()


PAGES: tuple[tuple[str | None, str, Way], ...] = (
    (None, "sign-in", at("/login")),
    (None, "one-time code", at("/one-time-code")),
    ("lan", "home of a head", at("/")),
    ("lan", "suggestions", suggesting),
    ("lan", "nothing found", at("/search?q=xyzq")),
    ("lan", "hand-over", handed_on),
    ("lan", "own board", at("/board")),
    ("lan", "all units, what is due soon", at("/board?unit=&timeliness=soon")),
    ("lan", "own list", at("/list")),
    ("lan", "duty not begun", at("/cards/15")),
    ("lan", "duty with a remark", unfolded("/cards/13")),
    ("lan", "duty of others", at("/cards/17")),
    ("lan", "422", refused),
    ("lan", "export", at("/export")),
    ("lan", "own account", at("/account")),
    ("lan", "help for every role", at("/help")),
    ("lan", "404", at("/khong-co")),
    ("lan", "403", at("/plans/new")),
    ("yen", "a ward's board", at("/board")),
    ("yen", "a ward's report", at("/cards/43")),
    ("chi", "signing forms", at("/export/profiles")),
    ("chi", "all units, to decide", moved),
    ("chi", "by unit, filtered", at("/board?unit=&group=unit&text=ke+hoach")),
    ("chi", "by part of the plan", at("/board?unit=&group=part")),
    ("chi", "results", at("/search?q=bao+cao")),
    ("chi", "reminder", at("/reminder-text?unit=")),
    ("chi", "duties of a unit, with a letterhead", at("/units/8/duties?alone=1")),
    ("chi", "list of what is under way", at("/list?unit=&status=doing")),
    ("chi", "duty that waits", unfolded("/cards/17")),
    ("chi", "duty that is done", at("/cards/5")),
    ("chi", "duty that is paused", at("/cards/7")),
    ("chi", "409", overtaken),
    ("chi", "plans", at("/plans")),
    ("chi", "plan to read in", at("/plans/new")),
    ("chi", "draft of the same plan", draft),
    ("chi", "draft of another plan, a duty open", another),
    ("chi", "results from Excel", at("/plans/1/results")),
    ("chi", "units", at("/units")),
    ("chi", "a new round, its units", to_inspect),
    ("chi", "a round of inspections", unfolded("/inspections/1")),
    ("chi", "a visit", unfolded("/visits/1")),
    ("chi", "round of inspection, refused", round_without_words),
    ("chi", "checklist", at("/checklists/1")),
    ("chi", "all inspections", at("/inspections/overview")),
    ("chi", "a round that was concluded", unfolded("/inspections/1")),
    ("chi", "a visit that was concluded", unfolded("/visits/1")),
    ("chi", "what inspections ask", at("/board?unit=&source=inspection")),
    ("chi", "a duty that an inspection asks", unfolded("/cards/106")),
    ("chi", "register of sudden cases", registered),
    ("son", "home of a leader", at("/")),
    ("yen", "a ward's register of sudden cases", at("/incidents")),
    ("hoa", "home of a body that is asked", at("/")),
    ("hoa", "a request", at("/cards/20")),
    ("quantri", "people", at("/people")),
    ("quantri", "a person", at("/people/4")),
    ("quantri", "a new person, refused", unnamed),
    ("quantri", "a unit", at("/units/3")),
    ("quantri", "a new unit", at("/units/new")),
    ("quantri", "the coordinating office", at("/units/office")),
    ("quantri", "abbreviations", at("/abbreviations")),
    ("quantri", "settings", at("/settings")),
    ("quantri", "own account, in English", in_english),
    ("quantri", "help", at("/help/head")),
    ("quantri", "home of the administrator", at("/")),
)
BETWEEN: tuple[tuple[str, str, Way], ...] = (
    ("yen", "extension asked", asked_for_time),
    ("chi", "entered for a unit", entered),
    ("yen", "home of a ward", at("/")),
    ("yen", "correction asked", disputed),
    ("son", "extension decided", decided),
    ("chi", "home of the office", at("/")),
    ("chi", "round of inspection", round_of_her_own),
    ("chi", "content of a visit", visited("Công tác cán bộ nữ", "Nội dung 2/5")),
    ("yen", "visit seen by its unit", visited()),
    ("yen", "self-report", visited("Lập báo cáo tự kiểm tra", "Báo cáo tự kiểm tra")),
)


@pytest.mark.parametrize("who", [None, "lan", "chi", "son", "yen", "hoa", "quantri"], ids=str)
def test_every_page_is_fit_for_everybody(who, shared_site, sit_down):
    person = sit_down(shared_site)
    if who is not None:
        person.sign_in(who)
    faults = [fault for whose, name, way in PAGES if whose == who for fault in _look(person, name, way)]
    assert not faults, "\n".join(faults)


def test_what_goes_between_a_unit_and_those_above_it_is_fit_for_everybody(site, sit_down):
    people = {who: sit_down(site) for who in ("yen", "chi", "son")}
    for who, person in people.items():
        person.sign_in(who)
    faults = [fault for who, name, way in BETWEEN for fault in _look(people[who], name, way)]
    assert not faults, "\n".join(faults)


def _look(person: Person, name: str, way: Way) -> list[str]:
    way(person)
    faults = [f"{name}: {fault}" for fault in _faults(person.page)]
    person.page.set_viewport_size({"width": 1366, "height": 768})
    return faults


def _faults(page: Page) -> list[str]:
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{width} px wide it is {found} px")
    page.evaluate(AXE_SCRIPT)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES[width]:
            page.emulate_media(color_scheme=scheme)
            faults += [f"{width} {scheme} {said}" for said in page.evaluate(FIND, _OPTIONS[scheme])]
    return faults


_ALWAYS = {"resultTypes": ["violations"], "preload": False}
_OPTIONS = {"light": _ALWAYS, "dark": {**_ALWAYS, "runOnly": ["color-contrast"]}}
