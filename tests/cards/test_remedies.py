"""Kiến nghị kiểm tra: duties with words of their own, outside every total, closed only with accepted evidence."""

import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, select

from app.cards import rules
from app.cards.deadlines import operations
from app.cards.deadlines import rules as deadline_rules
from app.cards.deadlines.operations import ask_extension
from app.cards.models import Card
from app.cards.moves import Deed, MoveInput
from app.cards.state import Status
from app.core import clock
from app.core.errors import Refused
from app.evidence.models import Evidence, Review
from app.evidence.operations import review_evidence
from app.extensions import db
from app.intake.operations import results
from app.plans.models import ActionKind, DueLevel
from tests.conftest import reread
from tests.deeds import revise, untouched
from tests.inspections.remedies import SOURCE, remedy
from tests.summaries.conftest import book_of, export, row_with, texts
from tests.world import TODAY, move, person, prove

LATER = TODAY + timedelta(days=30)  # the remedy is late by ten days


@pytest.fixture
def asked(world) -> Card:
    return remedy(world)


@pytest.fixture
def waiting(asked, store) -> Card:
    """Sent by the ward's head with a document that nobody looked at."""
    prove("nam", asked, store)
    move("yen", reread(asked), Deed.SEND)
    return reread(asked)


def mark(document, verdict, reason=""):
    review_evidence(person("chi"), document, verdict, reason, seen_version=document.version)


def document_of(card):
    return db.session.scalars(select(Evidence).where(Evidence.card_id == card.id)).one()


def test_its_face_says_what_it_is_and_which_conclusion_asks_it(visit, asked):
    page = html.unescape(visit("yen").get("/board?unit=").text)
    face = page[page.index(f'id="card-{asked.id}"') :].partition("</li>")[0]
    assert {"Kiến nghị kiểm tra", SOURCE, "Kiện toàn Ban", "còn 20 ngày"} <= {
        words for words in ("Kiến nghị kiểm tra", SOURCE, "Kiện toàn Ban", "còn 20 ngày") if words in face
    }
    shown = html.unescape(visit("yen").get(f"/cards/{asked.id}").text)
    for words in ("Kiến nghị kiểm tra", "Chưa khắc phục", "Đang khắc phục", "Đã khắc phục – chờ xác nhận"):
        assert words in shown


def test_every_total_is_that_of_the_plan_alone(visit, world, asked):
    other = remedy(world, "Phòng GD&ĐT", "Rà soát quy hoạch cán bộ nữ")
    move("lan", other, Deed.START)
    given = db.session.scalar(select(func.count()).select_from(Card)) - 4
    for url in ("/board?unit=", "/list?unit=", "/list?unit=&rows=400"):
        page = html.unescape(visit("chi").get(url).text)
        assert f"105 nhiệm vụ ({given} giao, 2 đề nghị) của 32 đơn vị." in page
        assert "<b>0</b> đang thực hiện" in page
        assert "2 kiến nghị kiểm tra" in page.partition("Ngoài tổng số:")[2][:200]
    home = html.unescape(visit("chi").get("/").text)
    assert re.search(rf"<b>{given}</b>Nhiệm vụ giao", home)
    assert "<b>2</b>Kiến nghị kiểm tra" in home
    assert "105 nhiệm vụ (103 giao, 2 đề nghị)" in html.unescape(visit("chi").get("/plans").text)
    lane = html.unescape(visit("chi").get("/board?unit=&group=unit").text)
    assert "0/3 hoàn thành" in lane
    assert "giao 3 nhiệm vụ, kiến nghị kiểm tra 1" in html.unescape(visit("lan").get("/").text)
    paper = html.unescape(visit("lan").get(f"/units/{other.unit_id}/duties").text)
    assert "Rà soát quy hoạch cán bộ nữ" not in paper


@pytest.mark.parametrize(
    ("query", "cards", "counts"), [("inspection", 1, "0 nhiệm vụ (0 giao"), ("plan", 105, "105 nhiệm vụ")]
)
def test_the_address_keeps_what_inspections_ask_or_leaves_it_out(query, cards, counts, visit, asked):
    page = visit("chi").get(f"/list?unit=&source={query}&rows=400").text
    assert counts in page
    assert page.count('class="duty clamp"') == cards
    assert (f'href="/cards/{asked.id}"' in page) is (query == "inspection")
    assert f'value="{query}" selected' in page


def test_it_is_found_by_its_words_and_by_the_number_of_its_conclusion(visit, asked):
    for said in ("kien+toan+ban", "05/TB-UBND"):
        assert f'href="/cards/{asked.id}"' in visit("chi").get(f"/search?q={said}").text


def test_a_board_of_nothing_else_does_not_say_that_it_is_empty(visit, asked):
    page = visit("chi").get("/board?unit=&source=inspection").text
    assert f'id="card-{asked.id}"' in page
    assert "Không có nhiệm vụ nào theo bộ lọc này" not in page


def test_it_is_late_and_red_and_still_in_no_count(visit, asked):
    with clock.at(LATER):
        page = html.unescape(visit("chi").get("/list?unit=&source=inspection").text)
        assert "quá hạn 10 ngày" in page
        assert "<b>0</b> quá hạn" in page
        late = html.unescape(visit("chi").get("/").text)
        assert "<b>21</b>Quá hạn" in late  # the reports wanted before 15/5


def test_it_is_in_the_workbook_on_no_sheet_of_the_plan(asked, store):
    prove("nam", asked, store, summary="Quyết định kiện toàn")
    with clock.at(LATER):
        book = book_of(export("chi"))
    assert row_with(book["PL1"], "TỔNG CỘNG")[3] == row_with(book["PL2"], "TỔNG CỘNG")[2] == 103
    for name in ("PL1", "PL2", "PL6", "PL7"):
        said = " ".join(map(str, texts(book[name])))
        assert "iện toàn Ban Vì sự tiến bộ" not in said
        assert "Quyết định kiện toàn" not in said


def test_a_date_that_the_office_asked_is_an_agreement(visit, world):
    card = remedy(world, level=DueLevel.OFFICE)
    assert (card.due_level, card.due_basis) == (DueLevel.OFFICE, SOURCE)
    with clock.at(LATER):
        page = html.unescape(visit("chi").get("/list?unit=&source=inspection").text)
    assert "chậm 10 ngày so với đề nghị" in page
    assert SOURCE in page


def test_it_is_confirmed_with_a_document_that_becomes_valid_with_it(go, waiting):
    assert go("chi", waiting, Deed.CONFIRM, Status.DONE, "drag").status_code == 200
    assert (reread(waiting).status, document_of(waiting).review) == (Status.DONE, Review.VALID)


def test_without_an_accepted_document_it_closes_by_no_way(refused, waiting):
    mark(document_of(waiting), Review.LACKING, "Thiếu chữ ký")
    refused("chi", reread(waiting), Deed.CONFIRM, Status.DONE, 422, rules.REMEDY_UNPROVED)


def test_it_is_not_sent_without_a_document_whatever_its_action_says(world, asked):
    revise(asked.action, needs_evidence=False)
    for who, said in (("yen", MoveInput()), ("chi", MoveInput(document_number="9/UBND"))):
        with pytest.raises(Refused) as refusal, untouched(asked):
            move(who, reread(asked), Deed.SEND, said)
        assert str(refusal.value.sentence) == str(rules.NO_EVIDENCE)


def test_it_is_not_entered_from_a_file_of_results(world, asked):
    plan = world.plan
    sheet = openpyxl.load_workbook(io.BytesIO(results.template(plan))).worksheets[0]
    assert asked.id not in [cell.value for cell in sheet["A"]]


def test_that_it_cannot_be_put_right_is_said_with_a_document_and_why(refused, waiting):
    refused("chi", waiting, Deed.DROP, Status.DROPPED, 422, rules.REASON_NEEDED, document_number="8/UBND")
    move("son", waiting, Deed.DROP, MoveInput("Trụ sở đã giải thể", document_number="8/UBND"))
    assert reread(waiting).status is Status.DROPPED


def test_its_kind_does_not_change_and_its_date_is_extended_like_any(visit, asked):
    with pytest.raises(Refused) as refusal:
        operations.change_kind(
            person("chi"),
            asked,
            ActionKind.STANDING,
            MoveInput("x", document_number="1/UB"),
            seen_version=asked.version,
        )
    assert str(refusal.value.sentence) == str(deadline_rules.REMEDY_HAS_DATE)
    later = asked.due_on + timedelta(days=10)
    found = reread(asked)
    event = ask_extension(person("yen"), found, MoveInput("Chờ nhân sự", day=later), seen_version=found.version)
    found, said = reread(asked), MoveInput(day=later, document_number="12/UBND")
    operations.decide_extension(person("son"), found, event.id, said, granted=True, seen_version=found.version)
    found = reread(asked)
    assert (found.due_on, found.extensions) == (later, 1)
    assert SOURCE in html.unescape(visit("chi").get("/list?unit=&source=inspection").text)
