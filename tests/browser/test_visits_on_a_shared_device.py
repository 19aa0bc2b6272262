"""A device that several people use: no page of a visit outlives its person, nothing is sent under another name."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.extensions import db
from app.inspections.visits.models import VisitFinding
from tests.browser.visiting import NARROW, carried, kept
from tests.inspections import stage

VISIT = "/visits/3"
ABSENT = "Trang này chưa được mang theo"
NAMES = "async () => (await caches.keys()).filter((name) => name.startsWith('visits-'))"
KEY = "async () => (await indexedDB.databases()).map(({ name }) => name)"
GROW_OLD = """async () => {
  const pages = await caches.open("visits-pages");
  for (const asked of await pages.keys()) {
    const page = await pages.match(asked);
    const headers = new Headers(page.headers);
    headers.set("X-Kept-At", Date.now() - 2 * 24 * 3600 * 1000);
    await pages.put(asked, new Response(await page.blob(), { headers }));
  }
}"""


@pytest.fixture
def site(shared_site):
    """One server for this module."""
    return shared_site


def write(site, *statements):
    with closing(sqlite3.connect(site.data / "bdg.sqlite3", timeout=30)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def sign_out(mai, site):
    mai.page.locator(".me summary").click()
    mai.page.get_by_role("button", name="Đăng xuất").click()
    expect(mai.page).to_have_url(f"{site.url}/login")


def be_another(mai, site, sit_down):
    yen = sit_down(site)
    yen.sign_in("yen")
    mai.context.add_cookies(yen.context.cookies())
    mai.visit("/board")


def be_locked(mai, site, _sit_down):
    write(site, "UPDATE person SET active = 0 WHERE username = 'mai'")
    mai.visit("/board")
    write(site, "UPDATE person SET active = 1 WHERE username = 'mai'")


def be_ended(mai, site, _sit_down):
    write(site, "UPDATE login_session SET closed_at = used_at WHERE closed_at IS NULL")
    mai.visit("/board")


WAYS = {
    "signs out": lambda mai, site, _sit_down: sign_out(mai, site),
    "another person's page passes": be_another,
    "the account is locked": be_locked,
    "the session is ended elsewhere": be_ended,
    "two days pass": lambda mai, _site, _sit_down: mai.page.evaluate(GROW_OLD),
}


@pytest.mark.parametrize("way", WAYS)
def test_pages_of_a_visit_leave_the_device_when(way, site, sit_down):
    mai = sit_down(site, **NARROW)
    mai.excused = True
    mai.sign_in("mai")
    carried(mai.visit(VISIT))
    WAYS[way](mai, site, sit_down)
    mai.context.set_offline(True)
    for address in (VISIT, f"{VISIT}/contents/3"):
        mai.page.goto(f"{site.url}{address}")
        expect(mai.page.locator("body")).to_contain_text(ABSENT)
    mai.context.set_offline(False)
    mai.visit("/login")
    assert mai.page.evaluate(NAMES) == []
    assert "bdg-visits-key" not in mai.page.evaluate(KEY)


def test_the_pages_are_left_behind_without_any_script_of_the_page(site, sit_down):
    mai = sit_down(site, **NARROW)
    mai.excused = True
    mai.sign_in("mai")
    carried(mai.visit(VISIT))
    mai.page.route("**/js/app.js", lambda route: route.abort())
    mai.visit("/help")
    sign_out(mai, site)
    mai.page.wait_for_timeout(300)
    assert mai.page.evaluate(NAMES) == []


def test_what_is_unsent_stays_sealed_for_its_person_and_waits_for_them(site, inside, sit_down):
    visit = stage.a_visit("binh", "mai").id
    first = stage.contents(stage.seen(visit))[0]
    address = f"/visits/{visit}/contents/{first}"
    binh = sit_down(site, **NARROW)
    binh.excused = True
    binh.sign_in("binh")
    page = binh.visit(address)
    carried(page)
    page.route(
        "**/visits/*/contents/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label("Nhận xét", exact=True).fill("Lời riêng của Bình")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#tren-may [data-count]")).to_have_text("1")
    expect(page.locator("#tren-may")).to_contain_text("Giữ trên máy này từ")
    assert "Lời riêng" not in "".join(kept(page))

    page.locator(".me summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Còn 1 phần chưa gửi trên máy này")
    page.get_by_role("button", name="Giữ lại trên máy").click()
    expect(page).to_have_url(f"{site.url}/login")
    page.unroute("**/visits/*/contents/*")
    binh.sign_in("mai")
    page = binh.visit(address)
    expect(page.locator("#tren-may")).to_contain_text("chờ chính người đó đăng nhập: ")
    expect(page.get_by_label("Nhận xét", exact=True)).to_have_value("")
    page.wait_for_load_state("networkidle")
    sign_out(binh, site)
    db.session.rollback()
    assert db.session.scalars(select(VisitFinding).where(VisitFinding.visit_id == visit)).all() == []

    binh.sign_in("binh")
    page = binh.visit(f"/visits/{visit}")
    expect(page.get_by_text("Đã gửi hết phần lưu trên máy này")).to_be_visible()
    db.session.rollback()
    found = db.session.scalars(select(VisitFinding).where(VisitFinding.visit_id == visit)).one()
    assert (found.remark, found.recorded_by_name) == ("Lời riêng của Bình", stage.person("binh").name)
    assert kept(page) == []


def test_a_page_of_the_first_person_sends_nothing_as_the_second(site, inside, sit_down):
    visit = stage.a_visit("binh", "mai", name="Đợt của hai người", day=date(2024, 5, 9)).id
    first = stage.contents(stage.seen(visit))[0]
    binh = sit_down(site, **NARROW)
    binh.excused = True
    binh.sign_in("binh")
    page = binh.visit(f"/visits/{visit}/contents/{first}")
    carried(page)
    mai = sit_down(site)
    mai.sign_in("mai")
    binh.context.add_cookies(mai.context.cookies())
    page.get_by_label("Nhận xét", exact=True).fill("Bản của Bình")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#ghi [role=alert]")).to_contain_text("Đang đăng nhập là Trần Thị Mai; phần này của")
    expect(page.get_by_label("Nhận xét", exact=True)).to_have_value("Bản của Bình")
    db.session.rollback()
    assert db.session.scalars(select(VisitFinding).where(VisitFinding.visit_id == visit)).all() == []


def test_what_is_unsent_is_sent_or_taken_away_before_signing_out(site, inside, sit_down):
    visit = stage.a_visit("binh", name="Đợt gửi trước khi ra", day=date(2024, 5, 8)).id
    first, second = stage.contents(stage.seen(visit))[:2]
    binh = sit_down(site, **NARROW)
    binh.excused = True
    binh.sign_in("binh")
    for content, words in ((first, "Gửi trước khi ra"), (second, "Bỏ đi")):
        page = binh.visit(f"/visits/{visit}/contents/{content}")
        page.get_by_label("Nhận xét", exact=True).fill(words)
        expect(page.get_by_text("Đã giữ trên máy này.")).to_be_visible()
        page.locator(".me summary").click()
        page.get_by_role("button", name="Đăng xuất").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Còn 1 phần chưa gửi trên máy này")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Gửi hết rồi" if content == first else "Xóa khỏi máy, đăng xuất").click()
        expect(page).to_have_url(f"{site.url}/login")
        assert kept(page) == []
        binh.sign_in("binh")
    db.session.rollback()
    remarks = db.session.scalars(select(VisitFinding.remark).where(VisitFinding.visit_id == visit)).all()
    assert remarks == ["Gửi trước khi ra"]
