"""An installation that begins in mid-year: a workbook of results is checked cell by cell and entered all or nothing."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.cards.models import Card
from app.cards.notes.models import CardNote
from app.cards.queries import rows as board
from app.cards.state import EventKind, Status
from app.core.errors import Forbidden, Refused
from app.extensions import db
from app.intake.operations import results
from tests.visitor import everything

SENT = date(2024, 4, 20)


def filled(world, entries):
    """The template with `entries`: (clause, unit) → values of the columns F to J."""
    book = load_workbook(io.BytesIO(results.template(world.plan)))
    sheet = book.active
    rows = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1)}
    places = {}
    for (clause, unit), values in entries.items():
        row = places[clause] = rows[world.card(clause, unit).id]
        for column, value in enumerate(values, start=6):
            sheet.cell(row, column).value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue(), places


GOOD = {
    ("III.7.c", "Phòng GD&ĐT"): ("Hoàn thành", SENT, "45/BC-GDĐT", date(2024, 4, 19), "Đã rà soát 12 đầu sách"),
    ("III.2.a", None): ("chờ xác nhận", "20/04/2024", None, None, None),
    ("III.7.a", "Phòng GD&ĐT"): ("Đang thực hiện", None, None, None, "Đã vận động 30 người"),
    ("III.9.a", None): ("Hoàn thành", None, None, None, None),
}


def test_the_results_of_a_file_stand_on_the_board_as_if_entered_by_hand(world, chi):
    data, _places = filled(world, GOOD)
    kept = results.keep(chi, world.plan, "ket-qua.xlsx", data, "9/LĐTBXH", date(2024, 5, 2))
    shown = results.preview(chi, kept)
    assert (shown.troubles, len(shown.results)) == ([], 4)
    assert results.apply(chi, kept) == 4
    done = world.card("III.7.c")
    assert (done.status, done.sent_on, done.finished_on) == (Status.DONE, SENT, SENT)
    assert (done.evidence_total, done.evidence_valid) == (1, 1)
    events = board.events(done.id)
    assert [event.kind for event in events] == [EventKind.SENT, EventKind.CONFIRMED]
    assert (events[0].on_behalf, events[0].document_number) == (True, "45/BC-GDĐT")
    waiting = world.card("III.2.a")
    assert (waiting.status, waiting.sent_on) == (Status.WAITING, SENT)
    assert board.events(waiting.id)[0].document_number == "9/LĐTBXH"
    assert world.card("III.9.a").status is Status.DONE
    note = db.session.scalars(select(CardNote)).one()
    assert (note.card_id, note.text) == (world.card("III.7.a").id, "Đã vận động 30 người")
    with pytest.raises(Refused, match="đã được ghi vào bảng"):
        results.apply(chi, kept)


@pytest.mark.parametrize(
    ("clause", "values", "column", "said"),
    [
        ("III.7.c", ("xong", None, None, None, None), "F", "không có tình trạng"),
        ("III.7.c", (None, None, "45/BC", None, None), "F", "chọn tình trạng"),
        ("III.7.c", ("Hoàn thành", None, "45/BC", None, None), "G", "nhập ngày gửi"),
        ("III.7.c", ("Hoàn thành", "31/02/2024", "45/BC", None, None), "G", "không phải một ngày"),
        ("III.7.c", ("Hoàn thành", date(2024, 5, 11), "45/BC", None, None), "G", "sau hôm nay"),
        ("III.7.c", ("Chờ xác nhận", date(2023, 5, 1), "45/BC", None, None), "G", "trước năm"),
        ("III.7.c", ("Chờ xác nhận", SENT, "4" * 101, None, None), "H", "dài quá 100"),
        ("III.9.a", ("Đang thực hiện", None, None, None, None), "F", "nội dung đề nghị"),
    ],
)
def test_a_wrong_cell_is_named_by_its_address_and_nothing_is_entered(world, chi, clause, values, column, said):
    other = next(key for key in GOOD if key[0] != clause)
    data, places = filled(world, {(clause, None): values, other: GOOD[other]})
    kept = results.keep(chi, world.plan, "ket-qua.xlsx", data, "9/LĐTBXH", None)
    found = results.preview(chi, kept).troubles
    assert [trouble.cell for trouble in found] == [f"{column}{places[clause]}"]
    assert said in str(found[0])
    before = everything()
    with pytest.raises(Refused, match=f"{column}{places[clause]}"):
        results.apply(chi, kept)
    assert everything() == before


def test_a_file_that_is_not_the_template_and_a_person_of_another_unit_are_refused(world, chi, binh):
    good, _places = filled(world, GOOD)
    book = load_workbook(io.BytesIO(good))
    book.active["F3"].value = "Trạng thái"
    saved = io.BytesIO()
    book.save(saved)
    for data, number, said in (
        (b"", "9/LĐTBXH", "Chọn tệp Excel"),
        (b"x", "9/LĐTBXH", "Không mở được"),
        (saved.getvalue(), "9/LĐTBXH", "Ô F3 phải là"),
        (good, "", "làm căn cứ"),
        (results.template(world.plan), "9/LĐTBXH", "chưa có dòng nào"),
    ):
        with pytest.raises(Refused, match=said):
            results.keep(chi, world.plan, "a.xlsx", data, number, None)
    with pytest.raises(Forbidden, match="cơ quan thường trực"):
        results.keep(binh, world.plan, "a.xlsx", good, "9/LĐTBXH", None)
    assert db.session.scalar(select(Card.id).where(Card.status != Status.TODO)) is None


def test_the_page_shows_what_will_be_entered_and_enters_it(world, visit):
    data, _places = filled(world, GOOD)
    chi = visit("chi")
    chi.get(f"/plans/{world.plan.id}/results")
    answer = chi.get(f"/plans/{world.plan.id}/results-template")
    assert answer.data.startswith(b"PK")
    form = {"file": (io.BytesIO(data), "ket-qua.xlsx"), "document_number": "9/LĐTBXH", "document_on": "02/05/2024"}
    page = chi.get(chi.post(f"/plans/{world.plan.id}/results", form, status=303).location)
    assert "Ghi kết quả của 4 nhiệm vụ" in page.text
    chi.post(f"{page.request.path}/adoption", status=303)
    assert "đã được ghi vào bảng" in chi.get(page.request.path).text
