"""Mẫu trình ký: who may set it, what it prints, and what happens when two set it at once."""

import pytest

from app.organisation.models import UnitKind
from app.organisation.operations import profiles
from app.organisation.profile_defaults import PaperTemplate, of_unit
from app.summaries.operations import ExportOrder
from tests.world import World

from .conftest import book_of, export, texts

SAID = {
    "form": "city",
    "version": "0",
    "issuing_body": "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ THỬ",
    "issuer": "UBND thành phố Thử",
    "symbol": "BC-UBND",
    "place": "Thử",
    "signer": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    "signer_name": "Nguyễn Văn Thử",
    "recipients": "- Như trên;\n\n- Lưu: VT.",
}


def test_what_the_office_sets_is_what_papers_say(visit):
    chi = visit("chi")
    chi.get("/export/profiles")
    chi.post("/export/profiles", SAID, status=303)
    assert "Nguyễn Văn Thử" in chi.get("/export/profiles").text
    found = texts(book_of(export("chi", ExportOrder(annex=False)))["PL7"])
    assert {"THÀNH PHỐ THỬ", "Nguyễn Văn Thử", "- Như trên;", "- Lưu: VT.", "Số:        /BC-UBND"} <= set(found)
    assert any(text.startswith("Thử, ngày") for text in found)
    annex = texts(book_of(export("chi"))["PL7"])
    assert any(text.endswith("của UBND thành phố Thử)") for text in annex)
    assert not {"Nguyễn Văn Thử", "- Lưu: VT."} & set(annex)


def test_who_was_slower_is_told_and_keeps_what_was_typed(visit):
    chi, ha = visit("chi"), visit("ha")
    for person in (chi, ha):
        person.get("/export/profiles")
    chi.post("/export/profiles", SAID, status=303)
    page = ha.post("/export/profiles", SAID | {"signer_name": "Trần Thị Sau"}, status=409).text
    assert "vừa được người khác cập nhật" in page
    assert "Trần Thị Sau" in page
    assert profiles.load(PaperTemplate.CITY).signer_name == "Nguyễn Văn Thử"
    ha.post("/export/profiles", SAID | {"version": "1", "signer_name": "Trần Thị Sau"}, status=303)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"issuing_body": " "}, "Nhập tên cơ quan ban hành."),
        ({"signer": "a\nb\nc\nd"}, "Tối đa 3 dòng."),
        ({"recipients": "x" * 121}, "dài quá 120 ký tự"),
    ],
)
def test_what_cannot_be_printed_is_refused(visit, said, sentence):
    chi = visit("chi")
    chi.get("/export/profiles")
    page = chi.post("/export/profiles", SAID | said, status=422).text
    assert sentence in page
    assert "Nguyễn Văn Thử" in page
    assert profiles.load(PaperTemplate.CITY).version == 0


def test_forms_are_found_by_what_people_call_them():
    assert [profiles.named(said) for said in ("cap tinh", "UBND thành phố", "city")] == [
        PaperTemplate.PROVINCE, PaperTemplate.CITY, PaperTemplate.CITY,
    ]  # fmt: skip
    assert profiles.named("trung ương") is None


def test_a_unit_signs_its_own_tables(world: World):
    ward, office = of_unit(world.unit("P. Ea Tam")), of_unit(world.unit("Phòng GD&ĐT"))
    assert (ward.issuing_body, ward.place) == ("ỦY BAN NHÂN DÂN\nPHƯỜNG EA TAM", "Ea Tam")
    assert (office.issuing_body, office.superior_body, office.symbol, office.signer) == (
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "UBND THÀNH PHỐ BUÔN MA THUỘT", "BC-GD&ĐT", "TRƯỞNG PHÒNG",
    )  # fmt: skip
    body = world.unit("MTTQ")
    assert (body.kind, of_unit(body).superior_body) == (UnitKind.BODY, "")
