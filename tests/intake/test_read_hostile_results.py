"""A workbook of results may declare what it likes: it is read apart, in bounds, and before anybody is made to wait."""

import io
import time
from datetime import date
from types import SimpleNamespace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import NamedStyle

from app.core import apart
from app.core.errors import Busy, Refused
from app.core.long_work import gate
from app.formats import results_workbook
from app.formats.cells import parts
from app.formats.results_workbook import COLUMNS, Unfit
from app.intake import results_worker
from app.intake.operations import results
from tests.intake.swollen import SHARED, SHEET, SWOLLEN, altered, honest


@pytest.fixture
def bench(sqlite_bench):
    """One database: a file is read the same way before both."""
    return sqlite_bench


@pytest.mark.parametrize("name", SWOLLEN)
def test_what_a_small_file_declares_by_the_thousand_is_never_made(name, monkeypatch):
    monkeypatch.setattr(parts, "MOST_ELEMENTS", 20_000)
    monkeypatch.setattr(results_workbook, "MOST_ROWS", 2_000)
    data = SWOLLEN[name]()
    begun = time.process_time()
    assert answer(data) in ("[]", results_workbook.NOT_A_WORKBOOK, results_workbook.TOO_MUCH)
    assert time.process_time() - begun < 2


def answer(data: bytes) -> str:
    try:
        return str(results_workbook.read(data))
    except Unfit as unfit:
        return unfit.sentence


def test_more_rows_than_a_plan_can_have_are_refused_with_the_limit(world, chi, monkeypatch):
    monkeypatch.setattr(apart, "ask", lambda _module, data, _bounds: in_this_process(data))
    monkeypatch.setattr(results_workbook, "MOST_ROWS", 1_000)
    with pytest.raises(Refused, match=r"hơn 1\.000 dòng"):
        results.keep(chi, world.plan, "nhieu.xlsx", honest(1_010), "9/LĐTBXH", None)


def in_this_process(data: bytes) -> bytes:
    said = io.BytesIO()
    stdin, stdout = SimpleNamespace(buffer=io.BytesIO(data)), SimpleNamespace(buffer=said)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(results_worker, "sys", SimpleNamespace(stdin=stdin, stdout=stdout))
        results_worker.main()
    return said.getvalue()


def test_a_file_that_breaks_its_reader_costs_a_sentence(world, chi, monkeypatch):
    data = results.template(world.plan)
    for bounds in (apart.Bounds(10_000_000, 7, 9), apart.Bounds(300_000_000, 7, 0.01)):
        monkeypatch.setattr(results, "BOUNDS", bounds)
        with pytest.raises(Refused, match="Không đọc được tệp"):
            results.keep(chi, world.plan, "a.xlsx", data, "9/LĐTBXH", None)


def test_who_has_long_work_already_is_told_at_once(world, chi):
    with gate.place(chi.id), pytest.raises(Busy, match="chưa xong"):
        results.keep(chi, world.plan, "a.xlsx", results.template(world.plan), "9/LĐTBXH", None)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_values_are_read_as_excel_shows_them_whatever_their_form():
    book = load_workbook(
        io.BytesIO(results_workbook.template("K", [results_workbook.ResultLine(7, "a", "b", "c", None)]))
    )
    sheet = book.active
    day = NamedStyle("ngày", number_format='dd"."mm"."yyyy')
    for row, values in enumerate(
        [
            (7, "Hoàn thành", date(2024, 4, 20), "45/BC", date(2024, 4, 19), " Đã xong "),
            (8.0, "Hoàn thành", 45402, 45, "20/04/2024", True),
            (9, "=1/0", "2024-04-20", 1.5, None, None),
        ],
        start=4,
    ):
        for column, value in zip((1, 6, 7, 8, 9, 10), values, strict=True):
            sheet.cell(row, column).value = value
    sheet["G5"].style = day
    first, second, third = results_workbook.read(saved(book))
    assert vars(first) | {"row": 0} == {
        "row": 0, "card_id": 7, "status": "Hoàn thành", "sent_on": date(2024, 4, 20), "number": "45/BC",
        "issued_on": date(2024, 4, 19), "result": "Đã xong",
    }  # fmt: skip
    assert (second.card_id, second.sent_on, second.number) == (8, date(2024, 4, 20), 45)
    assert (second.issued_on, second.result) == ("20/04/2024", True)
    assert (third.row, third.sent_on, third.number) == (6, "2024-04-20", 1.5)


def test_the_first_sheet_is_read_by_the_order_of_the_tabs_and_the_others_are_not():
    book = load_workbook(
        io.BytesIO(results_workbook.template("K", [results_workbook.ResultLine(7, "a", "b", "c", None)]))
    )
    book.active["F4"] = "Hoàn thành"
    book.create_sheet("Ghi chú", 0)
    with pytest.raises(Unfit):
        results_workbook.read(saved(book))
    book.move_sheet("Ghi chú", 1)
    assert [row.card_id for row in results_workbook.read(saved(book))] == [7]


def test_texts_that_are_shared_rich_or_read_aloud_are_read_as_they_are_shown():
    texts = "<si><t>không</t></si><si><r><t>Hoàn </t></r><r><t>thành</t></r><rPh><t>x</t></rPh></si>"
    row = '<x:row xmlns:x="u"><x:c t="s" r="F9"><x:v>1</x:v></x:c><c t="str"><f>A1</f><v>5/BC</v></c></x:row>'
    filled = results_workbook.read(altered(SHEET, "</sheetData>", row, sharedStrings=SHARED % texts))
    assert [(each.status, each.sent_on) for each in filled] == [("Hoàn thành", "5/BC")]
    assert len(COLUMNS) == 10
