"""What a workbook looks like is seen before it is downloaded, with LibreOffice or without."""

import os

from app.summaries.drawing_worker import png
from app.summaries.operations import ExportOrder
from app.summaries.previews import Previews
from tests.world import TODAY

from .conftest import data_of, export


def pages_of(made):
    return [int(number) for number in made.pages.split()]


def test_without_libreoffice_the_first_pages_stand_on_the_page_as_tables(bench, visit, card):
    made = export("lan", ExportOrder(card.unit_id))
    lan, previews = visit("lan"), Previews(bench.data / "previews")
    assert "Vẽ hình các trang" in lan.get(f"/exports/{made.id}").text
    previews.draw(made.sha256, data_of(made), pages_of(made), program=None)
    page = lan.get(f"/exports/{made.id}").text
    assert "Bản in xem trên trang" in page
    for said in ("TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ", "DANH MỤC MINH CHỨNG", "Không quy định", 'colspan="3"', "0,00%"):
        assert said in page, said
    assert f"{TODAY.day}/{TODAY.month}/{TODAY.year}" in page
    lan.get(f"/exports/{made.id}/pages/1", status=404)


def test_pictures_stand_on_the_page_where_there_are_any(bench, visit, card):
    made = export("lan", ExportOrder(card.unit_id))
    lan, previews = visit("lan"), Previews(bench.data / "previews")
    previews.draw(made.sha256, data_of(made), pages_of(made), program=None)
    picture = png(2, 1, 4, b"\x00\xff..")
    (bench.data / "previews" / made.sha256 / "3.png").write_bytes(picture)
    page = lan.get(f"/exports/{made.id}").text
    assert f'src="/exports/{made.id}/pages/3"' in page
    assert "PL5, trang 1 trên 1" in page
    assert f"/exports/{made.id}/pages/1" not in page
    answer = lan.get(f"/exports/{made.id}/pages/3")
    assert (answer.mimetype, answer.data) == ("image/png", picture)
    assert "style-src 'unsafe-inline'" in answer.headers["Content-Security-Policy"]  # a browser styles a lone picture
    visit("binh").get(f"/exports/{made.id}/pages/3", status=403)


def test_a_libreoffice_that_fails_leaves_the_tables(tmp_path, card):
    made = export("lan", ExportOrder(card.unit_id))
    previews = Previews(tmp_path)
    previews.draw(made.sha256, data_of(made), pages_of(made), program=str(tmp_path / "nowhere"))
    assert previews.of(made.sha256).pictures == ()
    assert [sheet["name"] for sheet in previews.of(made.sha256).sheets] == ["PL1", "PL2", "PL5", "PL6", "PL7"]


def test_a_file_that_is_no_workbook_leaves_nothing_behind(tmp_path):
    previews = Previews(tmp_path)
    previews.draw("0" * 64, b"PK no workbook", [1], program=None)
    assert list(tmp_path.iterdir()) == []
    assert not previews.of("0" * 64).drawing


def test_a_drawing_under_way_is_waited_for_and_one_that_died_is_not(tmp_path):
    mark = tmp_path / ("1" * 64 + ".drawing")
    mark.touch()
    assert Previews(tmp_path).of("1" * 64).drawing
    os.utime(mark, (0, 0))
    assert not Previews(tmp_path).of("1" * 64).drawing


def test_the_page_asks_again_while_pictures_are_drawn(bench, visit, card):
    made = export("lan", ExportOrder(card.unit_id))
    (bench.data / "previews").mkdir(exist_ok=True)
    mark = bench.data / "previews" / f"{made.sha256}.drawing"
    mark.touch()
    answer = visit("lan").htmx("GET", f"/exports/{made.id}").text
    assert f'hx-get="/exports/{made.id}"' in answer
    assert "<html" not in answer
    mark.unlink()
