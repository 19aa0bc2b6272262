"""The thông báo kết luận makes drafts duties, once; withdrawn, it takes them along and nothing is lost."""

import html
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.cards.models import Card, CardEvent
from app.cards.moves import Deed, MoveInput
from app.cards.operations.moving import undo
from app.cards.operations.unit_merging import merge_unit
from app.cards.state import EventKind, Status
from app.core import clock
from app.core.errors import Forbidden, Refused
from app.extensions import db
from app.files import upkeep
from app.files.store import installed_store
from app.inspections.models import InspectionRound, RoundStatus
from app.inspections.recommendations.models import Conclusion, Recheck, Recommendation
from app.inspections.recommendations.operations import conclusions, withdrawing
from app.inspections.recommendations.operations.rechecks import RecheckInput, recheck
from app.inspections.recommendations.operations.withdrawing import Document, withdraw_conclusion
from app.plans.models import DueLevel
from app.summaries.operations import ExportOrder
from tests.conftest import reread
from tests.inspections import asking, stage
from tests.inspections.asking import DUE, NUMBER, ask, card_of, issue
from tests.summaries.conftest import book_of, export, row_with, texts
from tests.world import TODAY, move, person, prove

pytestmark = pytest.mark.both_databases

SOURCE = f"Thông báo kết luận số {NUMBER} ngày 10/05/2024"


@pytest.fixture
def inspected(app):
    return asking.a_recorded_visit()


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def withdrawn(conclusion, who="chi", number="9/QĐ-UBND", day=TODAY):
    said = Document(number, day, "Ban hành nhầm")
    return withdraw_conclusion(person(who), conclusion, said, seen_version=conclusion.version)


def test_each_draft_becomes_a_duty_of_its_unit_outside_the_plans_total(visit, inspected):
    ward, office = ask(inspected), ask(inspected, 1, unit="Phòng GD&ĐT")
    issued = issue(inspected)
    assert (issued.made, issued.told) == (2, ())
    for asked, unit in ((ward, "P. Ea Tam"), (office, "Phòng GD&ĐT")):
        card = card_of(asked)
        assert (card.unit.short_name, card.status, card.is_remedy) == (unit, Status.TODO, True)
        assert (card.due_on, card.due_level, card.due_basis) == (DUE, DueLevel.UBND, SOURCE)
        assert (card.action.needs_evidence, card.action.clause.address) == (True, "II.5")
        page = html.unescape(visit("chi").get(f"/board?unit={card.unit_id}").text)
        assert f'id="card-{card.id}"' in page
        assert "1 kiến nghị kiểm tra" in page.partition("Ngoài tổng số:")[2][:200]
    assert "105 nhiệm vụ (103 giao, 2 đề nghị)" in visit("chi").get("/board?unit=").text
    assert db.session.get_one(InspectionRound, inspected.round_id).status is RoundStatus.CONCLUDED
    sheet = book_of(export("chi"))["PL5"]
    assert row_with(sheet, "TỔNG CỘNG KIẾN NGHỊ")[7] == 2
    assert row_with(sheet, ward.demand)[5] == "UBND phường Ea Tam"
    assert row_with(sheet, office.demand)[1] == "UBND phường Ea Tam"


def test_the_source_is_on_the_duty_and_the_shortcoming_is_not_for_peers(visit, inspected):
    asked = ask(inspected)
    issue(inspected)
    card = card_of(asked)
    own, peer = (html.unescape(visit(who).get(f"/cards/{card.id}").text) for who in ("yen", "hoa"))
    assert all(words in own for words in (NUMBER, "UBND phường Ea Tam", asked.shortcoming, "thong-bao-ket-luan.pdf"))
    assert NUMBER in peer
    assert asked.shortcoming not in peer
    conclusion_id = asked.conclusion_id
    assert visit("yen").get(f"/conclusions/{conclusion_id}/file").data.startswith(b"%PDF")
    visit("hoa").get(f"/conclusions/{conclusion_id}/file", status=404)
    assert asked.demand in html.unescape(visit("yen").get(f"/visits/{inspected.id}").text)


def test_a_draft_without_a_date_is_refused_by_name_and_nothing_is_lost(visit, inspected):
    ask(inspected)
    ask(inspected, 1, due_on=None)
    before = count(Card)
    chi = visit("chi")
    chi.get(f"/visits/{inspected.id}")
    typed = {"number": NUMBER, "issued_on": "10/5/2024", "signer": "Nguyễn Văn A"}
    with asking.signed().stream as stream:
        form = typed | {"files": (stream, "a.pdf")}
        page = html.unescape(chi.post(f"/visits/{inspected.id}/conclusion", form, status=422).text)
    assert "Kiến nghị “Kiện toàn Ban Vì sự tiến bộ của phụ nữ, lần 2” (UBND phường Ea Tam) chưa có thời hạn" in page
    assert all(f'value="{value}"' in page for value in typed.values())
    assert (count(Card), count(Conclusion), count(Recommendation)) == (before, 0, 2)
    assert installed_store().unnamed(upkeep.named_keys(), timedelta(0)) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"number": ""}, conclusions.NUMBER_NEEDED),
        ({"issued_on": None}, conclusions.DAY_NEEDED),
        ({"signer": ""}, conclusions.SIGNER_NEEDED),
        ({"file": False}, conclusions.FILE_NEEDED),
        ({"issued_on": TODAY + timedelta(days=1)}, "Ngày không được sau ngày hôm nay"),
        ({"issued_on": TODAY - timedelta(days=1)}, "Ngày ban hành không được trước ngày kiểm tra"),
    ],
)
def test_what_is_no_issued_conclusion_is_refused(said, sentence, inspected):
    ask(inspected)
    before = count(Card)
    with pytest.raises(Refused) as refusal:
        issue(inspected, **said)
    assert str(sentence) in str(refusal.value.sentence)
    assert (count(Card), count(Conclusion)) == (before, 0)


@pytest.mark.parametrize("who", ["binh", "lan", "yen", "quantri"])
def test_only_the_leaders_or_the_office_conclude(who, inspected):
    with pytest.raises(Forbidden):
        issue(inspected, who)


def test_a_visit_that_is_not_recorded_is_not_concluded(app):
    with pytest.raises(Refused, match="chưa hoàn thành việc ghi"):
        issue(stage.a_visit())


@pytest.mark.parametrize("whole", [False, True])
def test_it_is_issued_once(whole, inspected):
    ask(inspected)
    issue(inspected, "son", whole=whole)
    for again in (False, True):
        with pytest.raises(Refused, match="Đã có thông báo kết luận số 05/TB-UBND"):
            issue(inspected, whole=again, number="6/TB")
    assert count(Conclusion) == 1


def test_a_date_of_the_office_is_an_agreement(inspected):
    asked = ask(inspected)
    issue(inspected, due_level=DueLevel.OFFICE)
    card = card_of(asked)
    assert (card.due_on, card.due_level, card.due_basis) == (DUE, DueLevel.OFFICE, SOURCE)


def merged(world, gone: str, heir: str, day=TODAY) -> None:
    unit = world.unit(gone)
    merge_unit(person("chi"), unit, world.unit(heir).id, first=day, decision="1/NQ-HĐND", seen_version=unit.version)


def test_a_unit_that_is_no_more_gives_its_duty_to_its_heir_and_that_is_said(world, inspected):
    asked = ask(inspected, unit="P. Thắng Lợi")
    merged(world, "P. Thắng Lợi", "P. Thành Công")
    issued = issue(inspected)
    assert card_of(asked).unit_id == world.unit("P. Thành Công").id
    assert issued.told == (
        "UBND phường Thắng Lợi không còn hoạt động: kiến nghị được giao cho UBND phường Thành Công.",
    )


def test_a_unit_that_had_nothing_left_to_do_and_passed_on_twice_has_its_heir(world, inspected):
    asked = ask(inspected, unit="P. Thắng Lợi")
    for card in db.session.scalars(select(Card).where(Card.unit_id == world.unit("P. Thắng Lợi").id)).all():
        move("son", card, Deed.DROP, MoveInput("Sáp nhập", document_number="5/UBND", document_on=TODAY))
    merged(world, "P. Thắng Lợi", "P. Thành Công")
    merged(world, "P. Thành Công", "P. Tân Tiến")
    assert issue(inspected).made == 1
    assert card_of(asked).unit_id == world.unit("P. Tân Tiến").id


def test_a_unit_that_passes_into_another_carries_what_was_asked_of_it(world, inspected):
    asked = ask(inspected, unit="P. Thắng Lợi")
    issue(inspected)
    with clock.at(TODAY + timedelta(days=2)):
        merged(world, "P. Thắng Lợi", "P. Thành Công", TODAY + timedelta(days=1))
        assert card_of(asked).unit_id == world.unit("P. Thành Công").id
        now, then = (book_of(export("chi", said))["PL5"] for said in (ExportOrder(), ExportOrder(as_of=TODAY)))
        assert [row_with(sheet, asked.demand)[5] for sheet in (now, then)] == [
            "UBND phường Thành Công",
            "UBND phường Thắng Lợi",
        ]


def test_withdrawn_it_drops_its_open_duties_with_its_document_and_gives_back_the_drafts(visit, store, inspected):
    open_one, done = ask(inspected), ask(inspected, 1)
    conclusion = issue(inspected).conclusion
    prove("nam", card_of(done), store)
    move("yen", reread(card_of(done)), Deed.SEND)
    move("chi", reread(card_of(done)), Deed.CONFIRM)
    with clock.at(TODAY + timedelta(days=2)):
        assert withdrawn(conclusion, day=TODAY + timedelta(days=1)) == 1
        card = reread(card_of(open_one))
        assert (card.status, reread(card_of(done)).status) == (Status.DROPPED, Status.DONE)
        event = db.session.scalars(select(CardEvent).where(CardEvent.card_id == card.id)).all()[-1]
        assert (event.kind, event.document_number) == (EventKind.DROPPED, "9/QĐ-UBND")
        assert "Thu hồi Thông báo kết luận số 05/TB-UBND" in (event.reason or "")
        with pytest.raises(Refused):
            undo(person("chi"), card, event.id)
        page = html.unescape(visit("chi").get(f"/visits/{inspected.id}").text)
        assert "Đã thu hồi theo văn bản số 9/QĐ-UBND" in page
        drafts = select(Recommendation).where(Recommendation.conclusion_id.is_(None))
        assert [d.demand for d in db.session.scalars(drafts)] == [open_one.demand]
        sheet = book_of(export("chi"))["PL5"]
        assert row_with(sheet, "Kết luận đã thu hồi (ngoài tổng số)")[7] == 2
        then = book_of(export("chi", ExportOrder(as_of=TODAY)))["PL5"]
        assert row_with(then, "TỔNG CỘNG KIẾN NGHỊ")[7] == 2
        assert "Kết luận đã thu hồi (ngoài tổng số)" not in texts(then)
        with pytest.raises(Refused):
            withdrawn(conclusion)
        assert issue(stage.seen(inspected.id), number="7/TB-UBND", issued_on=TODAY + timedelta(days=2)).made == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"number": ""}, withdrawing.NUMBER_NEEDED),
        ({"day": None}, withdrawing.DAY_NEEDED),
        ({"day": TODAY - timedelta(days=1)}, "Ngày thu hồi không được trước"),
    ],
)
def test_a_withdrawal_names_its_document(said, sentence, inspected):
    conclusion = issue(inspected).conclusion
    with pytest.raises(Refused) as refusal:
        withdrawn(conclusion, **said)
    assert str(sentence) in str(refusal.value.sentence)
    with pytest.raises(Forbidden):
        withdrawn(conclusion, "binh")


def test_the_workbook_of_a_past_day_tells_what_stood_then(inspected, store):
    asked = ask(inspected)
    with clock.at(TODAY + timedelta(days=3)):
        issue(inspected, issued_on=TODAY + timedelta(days=1))
        prove("nam", card_of(asked), store, summary="Quyết định kiện toàn")
        move("yen", reread(card_of(asked)), Deed.SEND)
        move("chi", reread(card_of(asked)), Deed.CONFIRM)
        none, begun, now = (
            book_of(export("chi", ExportOrder(as_of=TODAY + timedelta(days=days))))["PL5"] for days in (0, 2, 3)
        )
    assert "Chưa có kết luận kiểm tra nào." in texts(none)
    assert [row_with(sheet, asked.demand)[7] for sheet in (begun, now)] == ["Chưa khắc phục", "Đã khắc phục"]
    assert row_with(now, asked.demand)[8].date() == TODAY + timedelta(days=3)
    assert "45/BC-GDĐT" in row_with(now, asked.demand)[9]


def test_a_unit_s_own_workbook_has_what_was_found_there_and_what_is_asked_of_it(inspected):
    ward, office = ask(inspected), ask(inspected, 1, unit="Phòng GD&ĐT")
    issue(inspected)
    demands = {ward.demand, office.demand}
    for who, expected in (("yen", demands), ("lan", {office.demand}), ("binh", set())):
        sheet = book_of(export(who, ExportOrder(next(iter(person(who).unit_ids)))))["PL5"]
        assert demands & set(texts(sheet)) == expected


def test_what_was_put_right_is_looked_at_again(visit, inspected):
    asked = ask(inspected)
    issue(inspected)
    said = RecheckInput(TODAY, Recheck.PARTLY, "Còn thiếu quyết định")
    for who in ("yen", "lan", "quantri"):
        with pytest.raises(Forbidden):
            recheck(person(who), asked, said, seen_version=asked.version)
    for wrong in (
        RecheckInput(None, Recheck.PARTLY),
        RecheckInput(TODAY, None),
        RecheckInput(TODAY - timedelta(days=1), Recheck.PARTLY),
    ):
        with pytest.raises(Refused):
            recheck(person("chi"), asked, wrong, seen_version=asked.version)
    recheck(person("binh"), asked, said, seen_version=asked.version)
    page = html.unescape(visit("yen").get(f"/cards/{card_of(asked).id}").text)
    assert "Khắc phục một phần. " in page
    assert "Phúc tra 10/05/2024: khắc phục một phần" in row_with(book_of(export("chi"))["PL5"], asked.demand)[11]
