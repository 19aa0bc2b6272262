"""What became of a visit's sendings: refused, answered by somebody else, or held up by a file that cannot be read."""

import hashlib
import os
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.extensions import db
from app.inspections.models import RoundStatus
from app.inspections.rounds import operations
from app.inspections.visits.models import InspectionVisit, VisitFile, VisitFinding
from tests.browser.visiting import NARROW, carried, kept
from tests.files.corpus import PNG
from tests.inspections import stage

TOTAL, MALE, FEMALE = ("Tổng số", "Nam", "Nữ")
SPOILED = """() => {
  const whole = Blob.prototype.arrayBuffer;
  File.prototype.arrayBuffer = function () {
    return this.name === "hong.png" ? Promise.reject(new DOMException("gone", "NotReadableError")) : whole.call(this);
  };
}"""
SPOILED_LATER = """() => {
  const whole = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = function () {
    return this.size === %d ? Promise.reject(new DOMException("gone", "NotReadableError")) : whole.call(this);
  };
}"""


@pytest.fixture
def site(shared_site):
    """One server for this module."""
    return shared_site


def photo(name, size=2_000):
    return {"name": name, "mimeType": "image/png", "buffer": PNG + os.urandom(size)}


def stored(visit):
    db.session.rollback()
    return set(db.session.scalars(select(VisitFile.sha256).where(VisitFile.visit_id == visit)))


def hashes(*photos):
    return {hashlib.sha256(one["buffer"]).hexdigest() for one in photos}


def test_a_refusal_stands_beside_the_button_and_a_corrected_save_takes_it_away(site, inside, sit_down):
    visit = stage.a_visit("binh").id
    second = stage.contents(stage.seen(visit))[1]
    binh = sit_down(site, **NARROW)
    binh.sign_in("binh")
    page = binh.visit(f"/visits/{visit}/contents/{second}")
    figure = page.locator("#ghi .figure").first
    for label, value in ((TOTAL, "120"), (MALE, "50"), (FEMALE, "80")):
        figure.get_by_label(label).fill(value)
    page.get_by_role("button", name="Lưu", exact=True).click()
    told = page.locator("#ghi [role=alert]")
    expect(told).to_contain_text("tổng số phải bằng nam cộng nữ")
    button = page.get_by_role("button", name="Lưu", exact=True)
    assert abs(told.bounding_box()["y"] + told.bounding_box()["height"] - button.bounding_box()["y"]) < 80
    expect(told).to_be_in_viewport()
    expect(figure.get_by_label(TOTAL)).to_have_attribute("aria-invalid", "true")

    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#tren-may [data-outcome]")).to_have_text("Còn 1 phần chưa gửi.")
    figure.get_by_label(TOTAL).fill("130")
    button.click()
    expect(page.locator("#tren-may")).to_be_hidden()
    page = binh.visit(f"/visits/{visit}/contents/{second}")
    expect(page.locator("#ghi .figure").first.get_by_label(TOTAL)).to_have_value("130")
    expect(page.locator("#tren-may")).to_be_hidden()
    assert kept(page) == []


def test_what_was_refused_never_hides_what_was_saved_and_is_sent_once_the_reason_is_gone(site, inside, sit_down):
    visit = stage.a_visit("binh", "mai", name="Đợt dừng", day=date(2024, 5, 9))
    visit_id = visit.id
    first = stage.contents(visit)[0]
    binh = sit_down(site, **NARROW)
    binh.sign_in("binh")
    page = binh.visit(f"/visits/{visit_id}/contents/{first}")

    def turn(status):
        visit = db.session.get_one(InspectionVisit, visit_id)
        operations.set_status(stage.person("chi"), visit.round, status, seen_version=visit.round.version)
        db.session.rollback()

    turn(RoundStatus.ARCHIVED)
    page.get_by_label("Nhận xét", exact=True).fill("Bản chưa được nhận")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#ghi [role=alert]")).to_contain_text("Đợt kiểm tra chưa bắt đầu hoặc đã khép lại")
    page = binh.visit(f"/visits/{visit_id}/contents/{first}")
    expect(page.locator("main")).to_contain_text("Đợt kiểm tra chưa bắt đầu hoặc đã khép lại")
    expect(page.locator("#ghi")).to_have_count(0)
    turn(RoundStatus.RUNNING)
    stage.record(stage.seen(visit_id), 0, "mai", remark="Bản đã lưu")
    page = binh.visit(f"/visits/{visit_id}/contents/{first}")
    expect(page.get_by_label("Nhận xét", exact=True)).to_have_value("Bản đã lưu")
    expect(page.locator("#ghi")).to_contain_text("Phần chưa được nhận: Bản chưa được nhận")
    page.get_by_role("button", name="Đưa vào biểu mẫu").click()
    expect(page.get_by_label("Nhận xét", exact=True)).to_have_value("Bản chưa được nhận")
    expect(page.locator("#ghi")).to_contain_text("Đang lưu trên hệ thống: Bản đã lưu")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#tren-may")).to_be_hidden()
    db.session.rollback()
    found = db.session.scalars(select(VisitFinding.remark).where(VisitFinding.visit_id == visit_id)).all()
    assert found == ["Bản chưa được nhận"]


def test_an_answer_that_is_not_the_products_counts_as_nothing_sent(site, inside, sit_down):
    visit = stage.a_visit("binh", name="Đợt bị chặn", day=date(2024, 5, 8)).id
    first = stage.contents(stage.seen(visit))[0]
    binh = sit_down(site, **NARROW)
    binh.excused = True
    binh.sign_in("binh")
    page = binh.visit(f"/visits/{visit}/contents/{first}")
    carried(page)
    portal = {"status": 200, "content_type": "text/html", "body": "<title>Wi-Fi</title><p>Đăng nhập"}
    page.route(
        "**/visits/*/**", lambda route: route.fulfill(**portal) if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label("Nhận xét", exact=True).fill("Viết sau một mạng lạ")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#ghi [role=alert]")).to_contain_text("mạng đang chặn hoặc đòi đăng nhập")
    picture = photo("anh.png")
    page.locator("#tep").set_input_files([picture])
    page.get_by_role("button", name="Tải lên").click()
    expect(page.locator("#tren-may [data-count]")).to_have_text("2")
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#tren-may [data-outcome]")).to_contain_text(
        "Chưa gửi được: mạng đang chặn hoặc đòi đăng nhập."
    )
    assert stored(visit) == set()
    page.unroute("**/visits/*/**")
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Đã gửi hết phần lưu trên máy này")).to_be_visible()
    assert stored(visit) == hashes(picture)
    found = db.session.scalars(select(VisitFinding).where(VisitFinding.visit_id == visit)).one()
    assert (found.remark, found.version) == ("Viết sau một mạng lạ", 1)


def test_a_file_that_cannot_be_read_is_named_and_those_beside_and_behind_it_go_out(site, inside, sit_down):
    visit = stage.a_visit("binh", name="Đợt có ảnh hỏng", day=date(2024, 5, 7)).id
    binh = sit_down(site, **NARROW)
    binh.excused = True
    binh.sign_in("binh")
    page = binh.visit(f"/visits/{visit}")
    carried(page)
    page.evaluate(SPOILED)
    first, second, last = photo("mot.png"), photo("hai.png", 3_000), photo("ba.png", 4_000)
    page.context.set_offline(True)
    page.locator("#tep").set_input_files([photo("hong.png"), first, second])
    page.get_by_role("button", name="Tải lên").click()
    expect(page.locator("#tep-tin [role=alert]")).to_contain_text("Không đọc được hong.png: chọn lại tệp này.")
    expect(page.locator("#tren-may [data-count]")).to_have_text("2")
    page.locator("#tep").set_input_files([last])
    page.get_by_role("button", name="Tải lên").click()
    expect(page.locator("#tren-may [data-count]")).to_have_text("3")
    page.evaluate(SPOILED_LATER % (len(first["buffer"]) + 16))  # what is sealed is so much longer
    page.context.set_offline(False)
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#tren-may")).to_contain_text("mot.png")
    expect(page.locator("#tren-may")).to_contain_text("Không đọc được tệp này trên máy")
    expect(page.locator("#tren-may [data-count]")).to_have_text("1")
    assert stored(visit) == hashes(second, last)
    binh.visit(f"/visits/{visit}")
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_text("Đã gửi hết phần lưu trên máy này")).to_be_visible()
    assert stored(visit) == hashes(first, second, last)


def test_photos_taken_without_a_connection_outlive_the_browser_and_their_originals(
    site, inside, sample, browser_type, browser_type_launch_args, tmp_path
):
    visit = stage.a_visit("binh", name="Đợt tắt máy", day=date(2024, 5, 6)).id
    originals = [tmp_path / f"anh-{n}.png" for n in range(8)]
    for original in originals:
        original.write_bytes(PNG + os.urandom(500_000))
    expected = {hashlib.sha256(original.read_bytes()).hexdigest() for original in originals}

    def sit():
        context = browser_type.launch_persistent_context(tmp_path / "profile", **browser_type_launch_args)
        page = context.pages[0]
        page.set_default_timeout(20_000)
        page.goto(f"{site.url}/login?next=/visits/{visit}")
        page.get_by_label("Tên đăng nhập").fill("binh")
        page.get_by_label("Mật khẩu").fill("mau-bdg-binh")
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kiểm tra")
        return context, page

    context, page = sit()
    carried(page)
    context.set_offline(True)
    page.locator("#tep").set_input_files(originals)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.locator("#tren-may [data-count]")).to_have_text("8")
    for original in originals:
        original.unlink()
    context.close()
    context, page = sit()
    expect(page.get_by_text("Đã gửi hết phần lưu trên máy này")).to_be_visible()
    context.close()
    assert stored(visit) == expected
