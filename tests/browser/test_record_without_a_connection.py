"""A visit recorded on a phone that loses its connection: everything stays on the device and is sent once."""

import os
import re
import subprocess
import sys

import openpyxl
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.cards.models import Card
from app.extensions import db
from app.inspections import queries
from app.inspections.recommendations.models import Recommendation
from app.inspections.visits.models import InspectionVisit, VisitFile, VisitFinding
from tests.browser.person import pdf
from tests.browser.serving import ROOT
from tests.browser.visiting import NARROW, carried
from tests.files.corpus import PNG
from tests.inspections import stage

LANE = "UBND phường Ea Tam"
WRITTEN = [f"Nhận xét của đoàn về nội dung {n}" for n in range(1, 6)]


def write(page, n):
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Nội dung {n}/5")
    page.get_by_label("Nhận xét", exact=True).fill(WRITTEN[n - 1])
    page.get_by_role("button", name=re.compile("^Lưu, ")).click()


def test_what_is_written_without_a_connection_is_sent_once_when_it_is_back(site, inside, sit_down):
    visit = stage.a_visit("binh").id
    binh = sit_down(site, **NARROW)
    page = binh.sign_in("binh")
    first = stage.contents(db.session.get_one(InspectionVisit, visit))[0]
    page = binh.visit(f"/visits/{visit}/contents/{first}")
    carried(page)
    write(page, 1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nội dung 2/5")
    binh.excused = True  # the browser itself says that it reaches nobody
    site.stop()

    photos = [{"name": f"anh-{n}.png", "mimeType": "image/png", "buffer": PNG + bytes([n])} for n in range(3)]
    page.locator("#tep").set_input_files(photos)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.locator("#tren-may")).to_contain_text("anh-2.png")
    for n in (2, 3, 4):
        write(page, n)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nội dung 5/5")
    page.get_by_label("Nhận xét", exact=True).fill(WRITTEN[4])
    expect(page.get_by_text("Đã giữ trên máy này.")).to_be_visible()
    page.close()

    page = binh.context.new_page()
    last = stage.contents(db.session.get_one(InspectionVisit, visit))[4]
    page.goto(f"{site.url}/visits/{visit}/contents/{last}")
    expect(page.get_by_label("Nhận xét", exact=True)).to_have_value(WRITTEN[4])
    page.get_by_role("button", name=re.compile("^Lưu, về")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kiểm tra")
    page.locator("#nhan-xet").get_by_label("Tồn tại, hạn chế").fill("Chưa bố trí kinh phí; chưa có báo cáo quý")
    page.get_by_role("button", name="Lưu nhận xét chung").click()
    expect(page.locator("#tren-may [data-count]")).to_have_text("8")
    for n, unit in enumerate((LANE, "Phòng Tư pháp"), start=1):
        asked = page.locator("#kien-nghi form").first
        page.locator("#kien-nghi details").first.evaluate("folded => { folded.open = true }")
        asked.get_by_label("Tồn tại, hạn chế").fill(f"Tồn tại {n}")
        asked.get_by_label("Yêu cầu, kiến nghị khắc phục").fill(f"Yêu cầu khắc phục {n}")
        asked.get_by_label("Đơn vị thực hiện").select_option(label=unit)
        asked.get_by_label("Thời hạn khắc phục").fill("30/06/2024")
        asked.get_by_role("button", name="Lưu dự thảo kiến nghị").click()
        expect(page.locator("#tren-may [data-count]")).to_have_text(f"{8 + n}")

    site.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#tren-may")).to_be_hidden()
    expect(page.get_by_text("Đã gửi hết phần lưu trên máy này")).to_be_visible()
    db.session.rollback()
    found = db.session.scalars(
        select(VisitFinding).where(VisitFinding.visit_id == visit).order_by(VisitFinding.content_id)
    )
    assert [(f.remark, f.version) for f in found] == [(words, 1) for words in WRITTEN]
    assert len(list(db.session.scalars(select(VisitFile).where(VisitFile.visit_id == visit)))) == 3
    kept = queries.visit(stage.person("chi"), visit)
    assert kept.shortcomings_text == "Chưa bố trí kinh phí; chưa có báo cáo quý"
    asked = db.session.scalars(select(Recommendation).where(Recommendation.visit_id == visit)).all()
    assert [(a.demand, a.card_id) for a in asked] == [(f"Yêu cầu khắc phục {n}", None) for n in (1, 2)]
    expect(page.locator("#ban-giu")).to_be_visible()  # the page itself is still the one that was carried along
    page.get_by_role("button", name="Hoàn thành việc ghi").click()
    expect(page.locator("#ban-giu")).to_be_focused()
    binh.excused = False
    afresh(page, f"{site.url}/visits/{visit}")
    page.get_by_role("button", name="Hoàn thành việc ghi").click()
    expect(page.get_by_role("button", name="Cho đơn vị xem dự thảo biên bản")).to_be_visible()
    _conclude(site, sit_down, visit)
    db.session.rollback()
    cards = [db.session.get_one(Recommendation, a.id).card_id for a in asked]
    for card, unit in zip(cards, (LANE, "Phòng Tư pháp"), strict=True):
        assert db.session.get_one(Card, card).unit.name == unit


def afresh(page, address):
    """Open the page as the server has it: a slow one is stood in for by the page that was carried along."""
    for _ in range(20):
        page.goto(address)
        if page.locator("meta[name=kept-at]").count() == 0:
            return
    pytest.fail("the server never answered in time")


def _conclude(site, sit_down, visit):
    """The office notes the conclusion that was issued: drafts become duties, on the board and in PL5."""
    chi = sit_down(site)
    chi.sign_in("chi")
    page = chi.visit(f"/visits/{visit}")
    page.locator("summary", has_text="Ghi thông báo kết luận").click()
    page.locator("#kl-so").fill("15/TB-UBND")
    page.locator("#kl-ngay").fill("10/05/2024")
    page.locator("#kl-ky").fill("Nguyễn Văn Minh")
    page.locator("#kl-tep").set_input_files(pdf("thong-bao.pdf"))
    page.get_by_role("button", name="Ghi kết luận, đưa kiến nghị lên bảng").click()
    expect(page.locator("#kien-nghi")).to_contain_text("15/TB-UBND")
    page = chi.visit("/board?unit=&source=inspection")
    for n in (1, 2):
        expect(page.locator(".card").filter(has_text=f"Yêu cầu khắc phục {n}")).to_have_count(1)
    book = site.data.parent / "pl.xlsx"
    said = [
        "-c",
        "from app.cli import main; main()",
        "export",
        "workbook",
        "--plan",
        "1",
        "--as",
        "chi",
        "--out",
        str(book),
    ]
    subprocess.run([sys.executable, *said], cwd=ROOT, env=os.environ | {"BDG_DATA": str(site.data)}, check=True)
    words = {str(cell) for row in openpyxl.load_workbook(book)["PL5"].iter_rows(values_only=True) for cell in row}
    assert {"Yêu cầu khắc phục 1", "Yêu cầu khắc phục 2"} <= words


def test_what_somebody_else_wrote_meanwhile_is_shown_and_nothing_is_lost(site, inside, sit_down):
    visit = stage.a_visit("binh", "mai").id
    binh = sit_down(site, **NARROW)
    binh.sign_in("binh")
    first = stage.contents(db.session.get_one(InspectionVisit, visit))[0]
    page = binh.visit(f"/visits/{visit}/contents/{first}")
    carried(page)
    binh.excused = True
    site.stop()
    page.get_by_label("Nhận xét", exact=True).fill("Bản của Bình")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#tren-may")).to_contain_text("Chưa gửi; tự gửi khi có kết nối.")
    for _ in range(10):
        page.get_by_role("button", name="Gửi ngay").click()
        page.wait_for_timeout(100)
    expect(page.locator("#tren-may")).to_contain_text("lần chưa gửi được; vẫn còn trên máy này")
    stage.record(stage.seen(visit), 0, "mai", remark="Bản của Mai")
    site.start()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#tren-may")).to_contain_text("cập nhật")
    page.goto(page.url)
    expect(page.get_by_label("Nhận xét", exact=True)).to_have_value("Bản của Bình")
    db.session.rollback()
    assert db.session.scalars(select(VisitFinding.remark).where(VisitFinding.visit_id == visit)).all() == [
        "Bản của Mai"
    ]
    expect(page.locator("#ghi")).to_contain_text("Đang lưu trên hệ thống: Bản của Mai")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#tren-may")).to_be_hidden()
    db.session.rollback()
    assert db.session.scalars(select(VisitFinding.remark).where(VisitFinding.visit_id == visit)).all() == [
        "Bản của Bình"
    ]
