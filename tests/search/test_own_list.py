"""The administrator keeps the list of abbreviations; what stands on one line is found by any of its ways of writing."""

import pytest

from app.accounts.queries import actor
from app.extensions import db
from app.organisation import setting_changes
from app.search.words import groups

pytestmark = pytest.mark.both_databases


def found(visit, said):
    return visit("chi").get(f"/search?q={said}").text


def test_a_line_of_the_list_counts_at_once(world, visit):
    assert "UBND phường Ea Tam" not in found(visit, "PET")
    admin = visit("quantri")
    page = admin.get("/abbreviations").text
    assert "BĐG = bình đẳng giới" in page
    form = {"list": "PET = phường Ea Tam\n\nBĐG = bình đẳng giới", "version": setting_changes.version()}
    admin.post("/abbreviations", form, status=303)
    assert "UBND phường Ea Tam" in found(visit, "PET")
    assert "Danh mục chữ viết tắt" in admin.get("/settings").text
    admin.post("/abbreviations", form | {"list": "A = B"}, status=409)  # somebody was faster
    db.session.rollback()
    again = {"shipped": "1", "version": setting_changes.version()}
    admin.post("/abbreviations", again, status=303)
    assert "UBND phường Ea Tam" not in found(visit, "PET")


def test_a_line_that_says_nothing_is_refused_with_its_number(world, visit):
    admin = visit("quantri")
    admin.get("/abbreviations")
    page = admin.post("/abbreviations", {"list": "A = B\nPET", "version": setting_changes.version()}, status=422).text
    assert "Dòng 2 (“PET”)" in page
    assert ">A = B\nPET<" in page
    assert not actor("chi").administers
    assert groups("PET", kept="[]") == [("pet",)]
