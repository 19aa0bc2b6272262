"""A workbook is made, kept as it was given out, found again and given out again, by those who may."""

import hashlib
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import cli
from app.cards.models import Card
from app.cards.moves import Deed, MoveInput
from app.core import clock
from app.core.audit import AuditEntry
from app.core.errors import Forbidden
from app.extensions import db
from app.files import upkeep
from app.organisation.profile_defaults import PaperTemplate
from app.plans.models import ActionKind
from app.summaries.models import Export
from app.summaries.operations import ExportOrder
from tests.cards.deciding import change_kind
from tests.conftest import reread
from tests.world import TODAY, World, move, prove

from .conftest import book_of, data_of, export, row_with, texts

pytestmark = pytest.mark.both_databases

LATER = TODAY + timedelta(days=6)  # the reports wanted before 15/5 are late then


def finish(card, store):
    prove("mai", card, store)
    move("lan", reread(card), Deed.SEND)
    move("chi", reread(card), Deed.CONFIRM)


def test_its_numbers_are_those_of_the_board_and_of_the_database(visit, card, store):
    finish(card, store)
    with clock.at(LATER):
        made = export("ha")
        page = visit("ha").get("/board?unit=").text
    total = row_with(book_of(made)["PL2"], "TỔNG CỘNG")
    cards = db.session.scalars(select(Card)).all()
    given = Counter(card.status.value for card in cards if not card.action.is_request)
    late = [c for c in cards if c.due_on and c.due_on < LATER and c.status.value != "done"]
    assert (total[2], total[3], total[8]) == (given.total(), given["done"], len(late)) == (103, 1, 21)
    assert (made.duties, made.done, made.late) == (103, 1, 21)
    assert "103" in page
    assert row_with(book_of(made)["PL7"], "Tổng số nhiệm vụ quá hạn")[5] == 21
    assert row_with(book_of(made)["PL1"], "TỔNG CỘNG")[3] == 103


def test_it_is_kept_with_who_when_scope_and_hash_and_given_out_byte_for_byte(visit, card):
    made = export("lan", ExportOrder(card.unit_id, form=PaperTemplate.UNIT, annex=False))
    kept = (made.made_by_name, made.made_on, made.unit_name, made.as_of, made.annex, made.profile)
    assert kept == ("Lan", TODAY, "Phòng Giáo dục và Đào tạo", TODAY, False, "Đơn vị thực hiện")
    lan = visit("lan")
    listed = lan.get("/export").text
    assert f"/exports/{made.id}/file" in listed
    assert made.sha256 in lan.get(f"/exports/{made.id}").text
    answer = lan.get(f"/exports/{made.id}/file")
    assert hashlib.sha256(answer.data).hexdigest() == made.sha256
    assert answer.headers["Content-Disposition"].endswith(made.name)
    db.session.rollback()
    (noted,) = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_type == "Export", AuditEntry.changes.not_like("%made_on%"))
    )
    assert made.sha256 in noted.changes
    assert upkeep.damaged() == []
    assert made.storage_key in upkeep.named_keys()


def test_another_unit_neither_finds_it_nor_makes_one(visit, card):
    made = export("chi", ExportOrder(card.unit_id))
    binh = visit("binh")
    assert f"/exports/{made.id}" not in binh.get("/export").text
    binh.get(f"/exports/{made.id}/file", status=403)
    with pytest.raises(Forbidden):
        export("binh", ExportOrder(card.unit_id))
    with pytest.raises(Forbidden):
        export("binh")
    assert len(db.session.scalars(select(Export.id)).all()) == 1


def test_a_past_day_is_told_as_it_stood_by_the_documents_of_that_day(card, store):
    with clock.at(LATER):
        finish(card, store)
        move("ha", reread(card), Deed.REOPEN, MoveInput("Thiếu số liệu"))
        then, now = export("chi", ExportOrder(as_of=TODAY)), export("chi")
    assert (then.done, now.done, then.as_of, then.made_on) == (0, 0, TODAY, LATER)
    before, after = (row_with(book_of(made)["PL1"], "III.7.c") for made in (then, now))
    assert (before[8], before[12]) == ("Chưa thực hiện", None)
    assert (after[8], after[12]) == ("Đang thực hiện", "Mở lại")
    told = [text for text in texts(book_of(then)["PL2"]) if "Số liệu" in text]
    assert told[0].startswith("Số liệu tính đến hết ngày 10/5/2024, theo thông tin đã cập nhật đến")


def test_documents_that_lack_something_or_are_restricted_are_left_out(card, store):
    prove("mai", card, store, number="1/BC", summary="Có trong danh mục")
    prove("mai", reread(card), store, number="2/BC", summary="Hạn chế", restricted=True)
    made = export("lan", ExportOrder(card.unit_id, site="http://localhost/"))
    sheet = book_of(made)["PL6"]
    assert row_with(sheet, "TỔNG CỘNG")[4] == 1
    assert "Có trong danh mục" in texts(sheet)
    assert "Hạn chế" not in texts(sheet)
    (link,) = [cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink]
    assert link.startswith(f"http://localhost/cards/{card.id}#minh-chung-")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"as_of": "11/05/2024"}, "không được sau ngày hôm nay"),
        ({"as_of": "09/05/2024"}, "không có số liệu của ngày trước đó"),
        ({"as_of": "31/2/2024"}, "Ngày không đúng"),
        ({"unit": "9999999"}, "Không có đơn vị số 9999999."),
        ({"form": "unit"}, "chỉ dùng khi kết xuất một đơn vị"),
    ],
)
def test_what_cannot_be_told_is_refused_and_what_was_typed_stays(visit, said, sentence):
    chi = visit("chi")
    chi.get("/export")
    page = chi.post("/plans/1/workbook", {"alone": "1"} | said, status=422).text
    assert sentence in page
    assert said.get("as_of", "") in page
    assert 'name="alone" value="1" checked' in page
    assert db.session.scalar(select(Export.id)) is None


def test_papers_are_in_vietnamese_whatever_language_the_page_is_in(app, card):
    made = export("lan", ExportOrder(card.unit_id))
    assert {"Chưa thực hiện", "Không quy định"} <= set(texts(book_of(made)["PL1"]))
    assert data_of(made)[:2] == b"PK"


def test_the_command_writes_the_file_that_it_keeps(bench, card, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("app.cli.plans.application", lambda **_: bench.app)
    out = tmp_path / "bang.xlsx"
    said = [
        "export",
        "workbook",
        "--plan",
        "1",
        "--unit",
        str(card.unit_id),
        "--as-of",
        "2024-05-10",
        "--out",
        str(out),
    ]
    with pytest.raises(SystemExit) as ended:
        cli.main([*said, "--profile", "cap tinh", "--as", "chi"])
    assert (ended.value.code or 0, capsys.readouterr().err) == (0, "")
    (made,) = db.session.scalars(select(Export))
    assert hashlib.sha256(out.read_bytes()).hexdigest() == made.sha256
    assert (made.made_by_name, made.profile, made.unit_id) == ("Chi", "Cấp tỉnh", card.unit_id)
    for wrong in (["--as", "binh"], ["--as-of", "hôm qua"], ["--profile", "trung ương"]):
        with pytest.raises(SystemExit) as ended:
            cli.main([*said, *wrong])
        assert ended.value.code == 2
    assert "của đơn vị mình" in capsys.readouterr().err


@pytest.mark.parametrize("profile", ["cap tinh", "UBND thành phố"])
def test_the_command_acting_for_a_unit_gives_it_no_form_of_the_committee(
    profile, bench, card, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("app.cli.plans.application", lambda **_: bench.app)
    said = ["export", "workbook", "--plan", "1", "--unit", str(card.unit_id), "--out", str(tmp_path / "bang.xlsx")]
    with pytest.raises(SystemExit) as ended:
        cli.main([*said, "--profile", profile, "--as", "lan"])
    assert ended.value.code == 2
    assert "theo mẫu của đơn vị mình" in capsys.readouterr().err
    assert db.session.scalar(select(Export.id)) is None


def test_a_page_offers_the_forms_that_the_person_may_use(visit, card):
    offered = {who: visit(who).get(f"/export?unit={card.unit_id}").text for who in ("lan", "chi", "son")}
    forms = {who: re.findall(r'name="form" value="(\w+)"', page) for who, page in offered.items()}
    assert forms == {"lan": ["unit"], "chi": ["city", "province"], "son": ["city", "province"]}
    own = visit("chi").get(f"/export?unit={World().unit('Phòng LĐTBXH').id}").text
    assert re.findall(r'name="form" value="(\w+)"', own) == ["city", "province", "unit"]


DECEMBER = date(2024, 12, 20)


def counted(sheet, unit):
    """A unit's line of PL2: total, done, no date, standing, rate."""
    line = row_with(sheet, unit)
    return line[2], line[3], line[9], line[10], line[11]


def test_a_standing_duty_closed_at_the_years_end_is_counted_as_before_and_has_no_day_of_completion(world):
    card = world.card("III.7.b")
    move("lan", card, Deed.START)
    before = book_of(export("chi"))
    with clock.at(DECEMBER):
        move("chi", reread(card), Deed.CLOSE)
        after, own = book_of(export("chi")), book_of(export("lan", ExportOrder(card.unit_id)))
    name = card.unit.name
    assert counted(before["PL2"], name) == counted(after["PL2"], name) == counted(own["PL2"], name) == (3, 0, 2, 1, 0)
    assert row_with(after["PL1"], "III.7.b")[8:10] == ["Hoàn thành", None]
    assert row_with(after["PL1"], "TỔNG CỘNG")[8] == 0


def test_a_finished_duty_that_becomes_standing_is_counted_as_such_on_every_day(card, store):
    finish(card, store)
    with clock.at(LATER):
        change_kind("ha", reread(card), ActionKind.STANDING, number="3/UBND", document_on="11/5")
        told = {
            day: counted(book_of(export("chi", ExportOrder(as_of=day)))["PL2"], card.unit.name)
            for day in (TODAY, LATER)
        }
    assert told == {TODAY: (3, 1, 1, 1, 0.5), LATER: (3, 0, 1, 2, 0)}
