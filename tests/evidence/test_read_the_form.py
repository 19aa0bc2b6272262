"""What a person typed becomes a document, or a sentence beside the field at fault."""

import io
import unicodedata
from datetime import date
from types import SimpleNamespace

import pytest

from app.core import clock
from app.core.errors import Refused
from app.evidence.forms import read
from app.evidence.models import EvidenceKind
from app.evidence.particulars import Particulars, check, is_link_fit, web_address
from app.evidence.words import DOCUMENT_KIND_WORDS
from app.files.store import Incoming

FILLED = {
    "kind": "report",
    "number": " 45/BC-GDĐT ",
    "issued_on": "02/05/2024",
    "sent_on": "2024-05-03",
    "happened_on": "",
    "summary": "Báo cáo kết quả\r\ntập huấn",
    "link": "",
}


@pytest.fixture(autouse=True)
def tenth_of_may():
    with clock.at(date(2024, 5, 10)):
        yield


def upload(name="a.pdf"):
    return SimpleNamespace(filename=name, stream=io.BytesIO(b"x"))


def posted(*uploads, **changes):
    return read(FILLED | changes, uploads)


def test_a_filled_form_is_a_document():
    form = posted(upload("a.pdf"), upload("b.pdf"))
    assert form.errors == {}
    assert form.said == Particulars(
        kind=EvidenceKind.REPORT,
        summary="Báo cáo kết quả tập huấn",
        number="45/BC-GDĐT",
        issued_on=date(2024, 5, 2),
        sent_on=date(2024, 5, 3),
    )
    assert [file.name for file in form.files] == ["a.pdf", "b.pdf"]


def test_text_comes_in_composed_and_without_direction_marks():
    said = posted(upload(), summary=unicodedata.normalize("NFD", "Kế\u202e hoạch")).said
    assert said.summary == "Kế hoạch"


def test_restricted_is_said_by_its_box():
    assert posted(upload(), restricted="1").said.restricted
    assert not posted(upload()).said.restricted


def test_a_file_field_left_empty_is_no_file():
    form = posted(upload(""), number="", link="")
    assert form.files == ()
    assert list(form.errors) == ["files"]


@pytest.mark.parametrize("given", [{"number": "45/BC"}, {"link": "https://qlvb.example.vn/12"}, {"link": "QLVB 45.12"}])
def test_without_a_file_a_number_or_a_link_is_enough(given):
    assert posted(**({"number": "", "link": ""} | given)).errors == {}


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"kind": ""}, "kind", "Chọn loại"),
        ({"kind": "svg"}, "kind", "Chọn loại"),
        ({"summary": " \u200b "}, "summary", "trích yếu"),
        ({"summary": "a" * 501}, "summary", "500"),
        ({"number": "a" * 101}, "number", "100"),
        ({"link": "a" * 301}, "link", "300"),
        ({"link": "javascript:alert(1)"}, "link", "http"),
        ({"link": "ftp://a.vn"}, "link", "http"),
        ({"issued_on": "31/02/2024"}, "issued_on", "ngày/tháng/năm"),
        ({"issued_on": "11/05/2024", "sent_on": ""}, "issued_on", "sau ngày hôm nay"),
        ({"sent_on": "11/05/2024"}, "sent_on", "sau ngày hôm nay"),
        ({"happened_on": "2024-05-11"}, "happened_on", "sau ngày hôm nay"),
        ({"happened_on": "31/12/1999"}, "happened_on", "2000"),
        ({"sent_on": "01/05/2024"}, "sent_on", "trước ngày văn bản"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changes, field, says):
    errors = posted(upload(), **changes).errors
    assert list(errors) == [field]
    assert says in str(errors[field])


def test_every_fault_is_said_at_once():
    assert set(posted(kind="x", summary="", issued_on="?", number="", link="").errors) == {
        "kind",
        "summary",
        "issued_on",
        "files",
    }


def test_no_more_than_ten_files_at_once():
    assert posted(*[upload()] * 10).errors == {}
    assert list(posted(*[upload()] * 11).errors) == ["files"]


def test_on_behalf_of_a_unit_a_number_is_needed():
    said = Particulars(EvidenceKind.LETTER, "Công văn", link="QLVB 12")
    with pytest.raises(Refused, match="trên cơ sở văn bản") as refusal:
        check(said, 1, on_behalf=True)
    assert refusal.value.field == "number"


@pytest.mark.parametrize(
    ("link", "fits", "opens"),
    [
        ("https://buonmathuot.example.vn/tin?id=1", True, True),
        ("http://a.vn", True, True),
        ("QLVB:123/45", True, False),
        ("www.a.vn", True, False),
        ("//evil.example", True, False),
        ("https://", False, False),
        ("https://a b", False, False),
        ("http://[::1", False, False),
        ("JavaScript:alert(1)", False, False),
        ("data:text/html,x", False, False),
        ("file:///etc/passwd", False, False),
    ],
)
def test_only_web_addresses_become_links_and_codes_stay_text(link, fits, opens):
    assert is_link_fit(link) == fits
    assert web_address(link) == (link if opens else None)


def test_every_kind_has_its_word_in_the_order_of_the_list():
    assert list(DOCUMENT_KIND_WORDS) == list(EvidenceKind)
    assert [str(DOCUMENT_KIND_WORDS[kind]) for kind in (EvidenceKind.PLAN, EvidenceKind.OTHER)] == ["Kế hoạch", "Khác"]


def test_a_file_is_its_name_and_its_bytes():
    (file,) = posted(upload("Ảnh.jpg")).files
    assert file == Incoming("Ảnh.jpg", file.stream)
