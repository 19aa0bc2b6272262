"""What is chosen or typed on a duty's page: never lost, never doubled, never said to be what it is not."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.person import PASSWORD, Person, notices, pdf

HALF_A_MINUTE = 31_000
SUMMARY = "Báo cáo rà soát tài liệu, chương trình giảng dạy"


def row(page: Page, name: str = "bao-cao.pdf"):
    return page.locator("[data-files] li", has_text=name)


def documents(site, card: int) -> list[int]:
    """How many files each of the documents described here has, as they lie in the database."""
    with sqlite3.connect(Path(site.data) / "bdg.sqlite3") as database:
        rows = database.execute(
            "SELECT (SELECT count(*) FROM evidence_file f WHERE f.evidence_id = e.id) FROM evidence e"
            " WHERE card_id = ? AND summary = ? ORDER BY e.id",
            (card, SUMMARY),
        )
        return [number for (number,) in rows]


def begin(person: Person, who: str, card: int) -> Page:
    person.sign_in(who)
    page = person.visit(f"/cards/{card}")
    page.wait_for_load_state()
    person.describe_document()
    return page


def upload(page: Page) -> None:
    page.get_by_role("button", name="Tải lên", exact=True).click()


def test_a_chosen_file_goes_with_the_result_and_with_no_other_button(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = begin(lan, "lan", 15)
    page.locator("#tep").set_input_files([pdf("bao-cao.pdf")])
    page.get_by_role("button", name="Lưu người theo dõi").click()
    expect(page.locator("[data-unsent]")).to_contain_text("Có 1 tệp đã chọn chưa tải lên: bao-cao.pdf")
    expect(row(page)).to_be_visible()
    assert documents(shared_site, 15) == []
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(".rail").get_by_role("link", name="Danh sách").click()
    expect(page.get_by_label("Trích yếu")).to_have_value(SUMMARY)
    assert asked == ["beforeunload"]
    page.locator("summary", has_text="Ghi tiến độ").click()
    page.locator("#note-nd").fill("Đang thẩm định")
    page.locator("summary", has_text="Gửi kết quả").click()
    page.locator("#chuyen-send").get_by_role("button", name="Gửi kết quả").click()
    expect(notices(page)).to_contain_text("đã chuyển sang “Chờ xác nhận”")
    assert documents(shared_site, 15) == [1]
    expect(page.locator("#note-nd")).to_have_value("Đang thẩm định")  # typed in a form whose button was not pressed
    expect(page.get_by_label("Trích yếu")).to_have_value("")


def test_after_a_refused_step_an_upload_stays_on_the_page_and_says_what_was_saved(shared_site, sit_down):
    yen = sit_down(shared_site)
    yen.sign_in("yen")
    page = yen.visit("/cards/43")
    page.locator("summary", has_text="Gửi kết quả").click()
    page.locator("#chuyen-send").get_by_role("button", name="Gửi kết quả").click()
    expect(page.locator("#buoc")).to_contain_text("Cần ít nhất một minh chứng")
    expect(page).to_have_title(re.compile("^Chưa thực hiện được"))
    yen.describe_document("12/KH-UBND")
    page.locator("#tep").set_input_files([pdf("ke-hoach.pdf"), pdf("so-do.svg")])
    upload(page)
    expect(page.get_by_role("link", name="ke-hoach.pdf")).to_be_visible()
    told = page.locator("#minh-chung-tin")
    expect(told).to_contain_text(f"Đã lưu văn bản. “{SUMMARY}”: ke-hoach.pdf.")
    expect(told).to_contain_text("Chưa lưu: so-do.svg.")
    expect(told).to_have_attribute("aria-live", "polite")
    row(page, "so-do.svg").get_by_role("button", name="Bỏ tệp").click()
    expect(page.get_by_label("Trích yếu")).to_have_value("")
    told.get_by_role("link", name="Xem văn bản").click()
    expect(page).to_have_url(re.compile(r"#minh-chung-\d+$"))
    assert documents(shared_site, 43) == [1]


def test_after_the_session_ended_the_same_file_is_sent_once_its_owner_is_back(shared_site, sit_down):
    mai = sit_down(shared_site)
    page = begin(mai, "mai", 13)
    page.locator("#tep").set_input_files([pdf("bao-cao.pdf")])
    mai.context.clear_cookies()
    upload(page)
    expect(row(page)).to_contain_text("Phiên làm việc đã kết thúc nên tệp chưa được lưu")
    with page.expect_popup() as beside:
        row(page).get_by_role("link", name="Đăng nhập lại").click()
    beside.value.get_by_label("Tên đăng nhập").fill("mai")
    beside.value.get_by_label("Mật khẩu").fill(PASSWORD.format("mai"))
    beside.value.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("link", name="bao-cao.pdf")).to_be_visible()
    assert beside.value.is_closed()
    assert documents(shared_site, 13) == [1]


def test_a_file_that_was_saved_again_is_chosen_again_and_the_others_go(site, sit_down, tmp_path):
    mai = sit_down(site)
    page = begin(mai, "mai", 13)
    workbook = tmp_path / "bang.pdf"
    workbook.write_bytes(pdf("bang.pdf")["buffer"])
    other = tmp_path / "khac.pdf"
    other.write_bytes(pdf("khac.pdf", b"%khac\n")["buffer"])
    page.locator("#tep").set_input_files([workbook, other])
    workbook.write_bytes(pdf("bang.pdf", b"%mot trang nua\n")["buffer"])
    upload(page)
    expect(row(page, "bang.pdf")).to_contain_text("Tệp đã thay đổi sau khi chọn: chọn lại tệp.")
    expect(row(page, "bang.pdf").get_by_role("button", name="Thử lại")).to_be_hidden()
    expect(page.get_by_role("link", name="khac.pdf")).to_be_visible()
    assert documents(site, 13) == [1]
    expect(page.get_by_label("Trích yếu")).to_have_value(SUMMARY)
    with page.expect_file_chooser() as chooser:
        row(page, "bang.pdf").get_by_role("button", name="Chọn lại tệp").click()
    chooser.value.set_files(workbook)
    upload(page)
    expect(page.get_by_role("link", name="bang.pdf")).to_be_visible()
    assert documents(site, 13) == [2]


def portal(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<h1>Wi-Fi</h1>")


def proxy(route: Route) -> None:
    route.fulfill(status=201, body="")


@pytest.mark.parametrize("answer", [portal, proxy])
def test_an_answer_of_somebody_else_is_not_taken_for_saved(shared_site, sit_down, answer):
    mai = sit_down(shared_site)
    page = begin(mai, "mai", 14)
    before = documents(shared_site, 14)
    page.route("**/cards/*/evidence", answer)
    page.locator("#tep").set_input_files([pdf("bao-cao.pdf")])
    upload(page)
    expect(row(page)).to_contain_text("Chưa gửi được: mạng đang chặn hoặc đòi đăng nhập")
    assert documents(shared_site, 14) == before
    page.unroute("**/cards/*/evidence")
    row(page).get_by_role("button", name="Thử lại").click()
    expect(page.locator("#minh-chung-tin")).to_contain_text(f"Đã lưu văn bản. “{SUMMARY}”: bao-cao.pdf.")
    assert documents(shared_site, 14) == [*before, 1]


def test_an_upload_without_movement_is_told_and_tried_again_as_one_document(shared_site, sit_down):
    lan = sit_down(shared_site)
    page = begin(lan, "lan", 13)
    before = documents(shared_site, 13)
    page.clock.install()
    page.route("**/cards/*/evidence", lambda route: None, times=1)  # neither goes on nor fails
    page.locator("#tep").set_input_files([pdf("bao-cao.pdf", b"%lan\n")])
    upload(page)
    expect(row(page)).to_contain_text("Đang tải tệp")
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(row(page)).to_contain_text("Đã 30 giây tệp không chuyển động")
    row(page).get_by_role("button", name="Thử lại").click()
    expect(page.locator("#minh-chung-tin")).to_contain_text(f"Đã lưu văn bản. “{SUMMARY}”: bao-cao.pdf.")
    assert documents(shared_site, 13) == [*before, 1]


def test_a_page_that_the_device_threw_away_comes_back_as_it_was_for_its_person_alone(site, sit_down):
    lan = sit_down(site)
    page = begin(lan, "lan", 13)
    page.locator("#loai").select_option("minutes")
    page.locator("#han-che").check()
    page.locator("#tep").set_input_files([pdf("anh.pdf")])
    key = page.locator("[name=document_key]").input_value()
    page.on("dialog", lambda dialog: dialog.accept())
    for back in (page, lan.context.new_page()):
        back.goto(f"{site.url}/cards/13")
        expect(back.locator("#tai-len")).to_contain_text("Nội dung đã nhập còn nguyên, hãy chọn lại tệp: anh.pdf.")
        expect(back.get_by_label("Trích yếu")).to_have_value(SUMMARY)
        expect(back.locator("#loai")).to_have_value("minutes")
        expect(back.locator("#han-che")).to_be_checked()
        assert back.locator("[name=document_key]").input_value() == key
    back.close()
    stranger = lan.context.new_page()
    lan.context.clear_cookies()
    Person(site, lan.context, stranger).sign_in("chi")
    stranger.goto(f"{site.url}/cards/13")
    expect(stranger.get_by_label("Trích yếu")).to_have_value("")
    lan.context.clear_cookies()
    stranger.close()
    lan.sign_in("lan")
    page = lan.visit("/cards/13")
    page.locator("#tep").set_input_files([pdf("anh.pdf")])
    upload(page)
    expect(page.get_by_role("link", name="anh.pdf")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Trích yếu")).to_have_value("")
    assert documents(site, 13) == [1]


def test_without_a_script_a_failed_upload_opens_where_it_is_said(shared_site, sit_down):
    ha = sit_down(shared_site, java_script_enabled=False)
    ha.sign_in("mai")
    page = ha.visit("/cards/13")
    ha.describe_document()
    page.locator("#tep").set_input_files([{"name": "so-do.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}])
    upload(page)
    expect(page).to_have_title(re.compile("^Chưa thực hiện được"))
    expect(page).to_have_url(re.compile("#minh-chung$"))
    expect(page.locator("#minh-chung > .told [role=alert]")).to_be_in_viewport()
    expect(page.locator("#minh-chung > .told [role=alert]")).to_contain_text("so-do.svg: Không nhận tệp HTML, SVG")
    expect(page.get_by_label("Trích yếu")).to_have_value(SUMMARY)
    page.locator("#tep").set_input_files([pdf("bao-cao-2.pdf", b"%2\n")])
    upload(page)
    expect(notices(page)).to_contain_text(f"Đã lưu văn bản. “{SUMMARY}” (bao-cao-2.pdf).")
    expect(notices(page).locator(".note")).to_be_in_viewport()
    expect(page.get_by_role("link", name="bao-cao-2.pdf")).to_be_in_viewport()
