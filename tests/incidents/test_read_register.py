"""Who finds the register: page, workbook and menu; and what is hidden from whom."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.extensions import db
from app.incidents import operations
from app.organisation.models import Unit, UnitKind
from tests.visitor import Visitor

from .conftest import write

MARKED = {"document_number": "7391/DAUVET-RIENG", "cases": 4821}
BODY = "Công an DAUVETTIEPNHAN"
# A number counts where it stands by itself: tokens, keys and hashes hold any four digits now and then.
MARKS = ("7391", "DAUVET", "4821", "4.821", "13/02/2019", "2019-02-13", "17/02/2019")


def cells(answer):
    book = load_workbook(io.BytesIO(answer.data))
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


@pytest.mark.parametrize("who", ["yen", "chi", "ha", "son"])
def test_those_with_the_right_find_it_in_the_menu_and_each_opening_is_logged(app, who):
    visitor = Visitor(app, who)
    assert 'href="/incidents"' in visitor.ask("GET", "/").text
    count = select(func.count()).where(AuditEntry.action == "incident.see")
    before = db.session.scalar(count)
    db.session.rollback()
    assert visitor.ask("GET", "/incidents").status_code == 200
    assert db.session.scalar(count) == before + 1


@pytest.mark.parametrize("who", ["quantri", "mai", "nam"])
def test_for_everybody_else_it_is_not_there(app, world, who):
    line_id, visitor = write("yen", "P. Ea Tam").id, Visitor(app, who)
    assert "/incidents" not in visitor.ask("GET", "/").text
    for url in ("/incidents", f"/incidents/{line_id}", "/incidents/workbook"):
        assert visitor.ask("GET", url).status_code == 404
    for url in ("/incidents", f"/incidents/{line_id}/correction", f"/incidents/{line_id}/withdrawal"):
        assert visitor.ask("POST", url, {"version": 1, "unit": world.unit("P. Ea Tam").id}).status_code == 404


def test_a_unit_finds_its_own_lines_and_of_others_not_even_whether_there_are_any(app, world):
    line_id, lan = write("yen", "P. Ea Tam", document_number="7391/BC-UBND").id, Visitor(app, "lan")
    assert not holds(lan.ask("GET", "/incidents").text, "7391")
    assert lan.ask("GET", f"/incidents/{line_id}").status_code == 404
    assert lan.ask("POST", f"/incidents/{line_id}/correction", {"version": 1}).status_code == 404
    assert "7391" in Visitor(app, "yen").ask("GET", f"/incidents/{line_id}").text


def test_a_refused_line_keeps_what_was_typed(app, world, typed):
    yen = Visitor(app, "yen")
    answer = yen.ask("POST", "/incidents", typed | {"document_number": "chị A ở tổ 3"})
    assert answer.status_code == 422
    assert "không nhập nội dung nào khác" in answer.text
    assert 'value="30/04/2024"' in answer.text
    assert yen.ask("POST", "/incidents", typed).status_code == 303
    assert yen.ask("POST", "/incidents", typed | {"unit": world.unit("P. Tân Lập").id}).status_code == 404


def test_lanh_dao_reads_everything_and_is_told_why_writing_is_refused(app, world, typed):
    write("yen", "P. Ea Tam")
    son = Visitor(app, "son")
    assert "45/BC-UBND" in son.ask("GET", "/incidents").text
    assert "Ghi một dòng" not in son.ask("GET", "/incidents").text
    answer = son.ask("POST", "/incidents", typed | {"unit": world.unit("P. Ea Tam").id})
    assert answer.status_code == 403
    assert "xem sổ" in answer.text


def test_small_numbers_of_others_are_hidden_alike_in_page_chart_and_workbook(app, world):
    told = {"P. Ea Tam": 3, world_commune(): 0, "Phòng VH&TT": 21, "Phòng Nội vụ": 20, "Phòng GD&ĐT": 2}
    for number, (unit, cases) in enumerate(told.items()):
        write("chi", unit, cases=cases, document_number=f"{number}1/BC-UBND")
    lan = Visitor(app, "lan")
    page = lan.ask("GET", "/incidents").text
    table = re.sub(r"<template.*?</template>", "", page[page.index('id="h-tong"') :], flags=re.DOTALL)
    figures = re.findall(r'<td class="r">(.*?)</td>', table)
    assert [re.sub("<.*?>", "", figure) for figure in figures] == ["2", "ẩn", "0", "ẩn", "44"]
    assert re.findall(r'<progress [^>]*value="(\d+)"', table) == ["2"]
    assert not re.search(r'max="(3|20|21|41|44)"', table)
    told = [
        row[2] for row in cells(lan.ask("GET", "/incidents/workbook")) if str(row[1]).startswith(("Các", "Cơ", "Tổng"))
    ]
    assert told == ["ẩn", 0, "ẩn", 44]


def world_commune():
    return db.session.scalars(select(Unit.short_name).where(Unit.kind == UnitKind.COMMUNE)).first()


@pytest.mark.parametrize("who", ["chi", "son"])
def test_the_competent_levels_read_and_export_the_true_figures(app, world, who):
    write("yen", "P. Ea Tam", cases=3)
    visitor = Visitor(app, who)
    assert "ẩn" not in visitor.ask("GET", "/incidents").text.partition('id="h-tong"')[2]
    answer = visitor.ask("GET", "/incidents/workbook")
    assert 3 in [row[4] for row in cells(answer) if row[1] == world.unit("P. Ea Tam").name and len(row) > 4]
    logged = db.session.scalars(select(AuditEntry.changes).where(AuditEntry.action == "incident.export")).all()
    (said,) = map(json.loads, logged)
    assert (said["all_units"], said["year"]) == (True, 2024)


def pages(app):
    """Every address that is looked at, with ids that are there."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            for number in (1, 2) if rule.arguments else (1,):
                yield adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, number))
    yield from (f"/search?q={mark}" for mark in ("DAUVET", "7391", "4821", "vụ việc"))
    yield from (f"/search/suggestions?q={mark}" for mark in ("DAUVET", "7391"))
    yield "/incidents?year=2019"


def holds(text, mark):
    return (
        re.search(
            rf"(?<![\w-]){re.escape(mark)}(?![\w-])" if mark.replace(".", "").isdigit() else re.escape(mark), text
        )
        is not None
    )


def texts(answer):
    """What a reader finds in an answer, inside of workbooks too."""
    data = answer.get_data()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    return [data.decode(errors="replace")]


@pytest.mark.parametrize("who", ["quantri", "mai", "lan", "binh", "hoa"])
def test_a_marked_text_in_every_field_is_found_nowhere_without_the_right(app, bench, cast, world, who, caplog):
    body = operations.add_authority(cast("chi"), BODY)
    days = {"period_from": date(2019, 2, 13), "period_to": date(2019, 2, 17), "document_on": date(2019, 2, 17)}
    write("yen", "P. Ea Tam", authority_id=body.id, **MARKED, **days)
    visitor, found = Visitor(app, who), []
    heads = who in ("lan", "binh", "hoa")  # they choose from the list of bodies for lines of their own
    marks = [mark for mark in MARKS if not (heads and mark in BODY)]
    for url in pages(app):
        answer = visitor.ask("GET", url)
        found += [
            (url, mark) for mark in marks for text in texts(answer) if holds(text, mark) and f"q={mark}" not in url
        ]
        found += [(url, mark) for mark in MARKS if holds(str(answer.headers), mark) and mark not in url]
    assert found == []
    log = [*db.session.scalars(select(AuditEntry.changes)), caplog.text, *map(str, bench.data.rglob("*"))]
    assert [mark for mark in MARKS for text in log if holds(text, mark) and f"q={mark}" not in text] == []
