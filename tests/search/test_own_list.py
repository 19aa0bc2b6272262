"""The administrator keeps the list of abbreviations; what stands on one line is found by any of its ways of writing."""

import json

import pytest

from app.accounts.queries.sessions import actor
from app.extensions import db
from app.organisation.operations import settings
from app.search.words import MOST_WAYS, groups

pytestmark = pytest.mark.both_databases


def found(visit, said):
    return visit("chi").get(f"/search?q={said}").text


def test_a_line_of_the_list_counts_at_once(world, visit):
    assert "UBND phường Ea Tam" not in found(visit, "PET")
    admin = visit("quantri")
    page = admin.get("/abbreviations").text
    assert "BĐG = bình đẳng giới" in page
    form = {"list": "PET = phường Ea Tam\n\nBĐG = bình đẳng giới", "version": settings.version()}
    admin.post("/abbreviations", form, status=303)
    assert "UBND phường Ea Tam" in found(visit, "PET")
    assert "Danh mục chữ viết tắt" in admin.get("/settings").text
    admin.post("/abbreviations", form | {"list": "A = B"}, status=409)  # somebody was faster
    db.session.rollback()
    again = {"shipped": "1", "version": settings.version()}
    admin.post("/abbreviations", again, status=303)
    assert "UBND phường Ea Tam" not in found(visit, "PET")


def test_a_line_that_says_nothing_is_refused_with_its_number(world, visit):
    admin = visit("quantri")
    admin.get("/abbreviations")
    page = admin.post("/abbreviations", {"list": "A = B\nPET", "version": settings.version()}, status=422).text
    assert "Dòng 2 (“PET”)" in page
    assert ">A = B\nPET<" in page
    assert not actor("chi").administers
    assert groups("PET", kept="[]") == [("pet",)]


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_one_word_in_every_line_is_refused_with_its_bound(world, visit, apart):
    admin = visit("quantri")
    admin.get("/abbreviations")
    many = apart.join(f"Bđg = bình đẳng {n} = giới {n}" for n in range(300))
    form = {"list": many, "version": settings.version()}
    page = admin.post("/abbreviations", form, status=422).text
    assert f"“bdg” có 601 cách viết, tính chung mọi dòng; mỗi từ chỉ được tối đa {MOST_WAYS} cách viết." in page
    assert "bình đẳng 299" in page, "what was typed is kept"
    bearable = "\n".join(f"bđg = bình đẳng {n}" for n in range(MOST_WAYS - 1))
    admin.post("/abbreviations", form | {"list": bearable}, status=303)
    assert visit("chi").get("/search?q=bdg").status_code == 200


def test_a_list_that_nobody_looked_at_is_cut_to_what_a_search_bears():
    listed = json.dumps([["bđg", *(f"cách {line} {n}" for n in range(20))] for line in range(200)])
    assert [len(ways) for ways in groups("bđg", kept=listed)] == [MOST_WAYS]
