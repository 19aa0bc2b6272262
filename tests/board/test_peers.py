"""What the office said of a unit's result is not for its peers: not the reason, and not that it said anything."""

import html
import io
import re

import openpyxl
import pytest

from app.board.views.card import Today
from app.cards.moves import Deed, MoveInput
from app.evidence.models import Review
from app.evidence.operations import review_evidence
from app.organisation.settings import Settings
from app.summaries.queries.progress import progress
from tests.conftest import reread
from tests.world import TODAY, move, person, prove

REASON = "thiếu phần số liệu nữ"
REMARK = "chưa có dấu của đơn vị"
TELLING = (REASON, REMARK, "Bị trả lại", "Đề nghị bổ sung", "Cần bổ sung", "cần bổ sung", "trả lại", "gửi 10/05/2024")
READERS = ("yen", "nam", "ha", "son")
PEERS = ("lan", "quantri")
SENT_BACK = pytest.mark.parametrize("deed", [Deed.ASK_MORE, Deed.RETURN], ids=str)


@pytest.fixture
def report(world, store):
    """The half-year report of a ward, sent, with one document found lacking."""
    card = world.card("III.10.a", "P. Ea Tam", "báo cáo 6 tháng")
    document = prove("nam", card, store)
    prove("nam", reread(card), store, number="46/BC-UBND")
    review_evidence(person("ha"), document, Review.LACKING, REMARK, seen_version=document.version)
    move("yen", reread(card), Deed.SEND)
    return reread(card)


def _told(text: str) -> list[str]:
    return [words for words in TELLING if words in text]


def _duties(page: str) -> str:
    """What a page says of duties: without the filters' choices and the log, which has readers of its own."""
    text = html.unescape(page).split('id="noi-dung"')[1]
    text = re.sub(r"<option.*?</option>", "", text, flags=re.DOTALL)
    return re.sub(r'<section[^>]*id="nhat-ky".*?</section>', "", text, flags=re.DOTALL)


@SENT_BACK
@pytest.mark.parametrize("who", PEERS)
def test_a_peer_reads_nothing_of_it_on_any_page(deed, who, report, visit):
    move("ha", report, deed, MoveInput(REASON))
    browser, unit = visit(who), f"?unit={report.unit_id}"
    for url in (f"/board{unit}", f"/list{unit}", "/board?unit=", f"/cards/{report.id}"):
        page = _duties(browser.get(url).text)
        assert not _told(page), url
        assert 'data-s="returned"' not in page, url


@pytest.mark.parametrize("who", READERS)
def test_the_unit_the_office_and_the_leaders_read_it(who, report, visit):
    move("ha", report, Deed.RETURN, MoveInput(REASON))
    browser, unit = visit(who), f"?unit={report.unit_id}"
    for url in (f"/board{unit}", f"/list{unit}", f"/cards/{report.id}"):
        assert REASON in html.unescape(browser.get(url).text), url
    assert 'data-s="returned"' in browser.get("/board?unit=").text
    assert REMARK in html.unescape(browser.get(f"/cards/{report.id}").text)


def test_an_older_page_of_a_peer_does_not_tell_it_either(report, visit):
    move("ha", report, Deed.RETURN, MoveInput(REASON))
    lan = visit("lan")
    lan.get(f"/cards/{report.id}")
    answer = lan.post(f"/cards/{report.id}/placement", {"to": "doing", "deed": "start", "version": 1})
    assert answer.status_code == 409
    assert not _told(html.unescape(answer.text))


@pytest.mark.parametrize(
    ("who", "reads"),
    [("yen", "all"), ("ha", "all"), ("quantri", "no contents"), ("nam", "own"), ("lan", "none"), ("son", "none")],
)
def test_the_log_is_read_by_whom_it_concerns(who, reads, report, visit):
    move("ha", report, Deed.RETURN, MoveInput(REASON))
    page = html.unescape(visit(who).get(f"/cards/{report.id}").text)
    log = page.split('id="nhat-ky"')[1].split("</section>")[0] if 'id="nhat-ky"' in page else None
    assert (log is None) == (reads == "none")
    if log is not None:
        assert (REASON in log) == (reads == "all")
        assert ("trả lại" in log) == (reads in ("all", "no contents"))


def test_the_workbook_of_a_unit_holds_its_own_alone(report, visit, world):
    move("ha", report, Deed.RETURN, MoveInput(REASON))
    lan, own = visit("lan"), world.unit("Phòng GD&ĐT").id
    lan.get("/export")
    lan.post(f"/plans/{world.plan.id}/workbook", {"unit": report.unit_id}, status=403)
    lan.post(f"/plans/{world.plan.id}/workbook", {}, status=403)
    lan.post(f"/plans/{world.plan.id}/workbook", {"unit": own}, status=303)
    answer = lan.get("/exports/1/file")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    cells = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value]
    assert any("Rà soát tài liệu" in text for text in cells)
    assert not any("Ea Tam" in text or "Bị trả lại" in text for text in cells)


def test_the_office_reads_in_its_workbook_what_was_sent_back(report, world):
    move("ha", report, Deed.RETURN, MoveInput(REASON))
    made = progress(world.plan.id, None, Today(TODAY, Settings()))
    assert any("Bị trả lại" in row.note for section in made.sections for row in section.rows)
