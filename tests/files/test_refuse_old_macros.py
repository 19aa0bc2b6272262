"""Legacy files: a sheet of Excel 4 macros and a password are found; honest ones are taken; broken ones are refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.files.checks import file_types
from tests.files.corpus import WORD, office
from tests.files.old_books import book, compound, document


def recognised(name, data):
    return file_types.recognise(name, io.BytesIO(data))


@pytest.mark.parametrize("long", [False, True], ids=["small stream", "stream of its own"])
@pytest.mark.parametrize(("sheets", "said"), [((1,), "macro"), ((0, 0, 1), "macro"), ((0, 1, 0), "macro")])
def test_a_sheet_of_macros_is_found_wherever_it_stands(sheets, said, long):
    with pytest.raises(Refused, match=said):
        recognised("a.xls", book(*sheets, long=long))


@pytest.mark.parametrize("long", [False, True])
def test_an_honest_workbook_is_taken(long):
    assert recognised("a.xls", book(0, 2, 0, long=long)) is file_types.XLS


@pytest.mark.parametrize("data", [book(0, password=True), book(0, password=True, long=True)])
def test_a_workbook_behind_a_password_is_refused_as_such(data):
    with pytest.raises(Refused, match="mật khẩu"):
        recognised("a.xls", data)


def test_a_document_behind_a_password_is_refused_and_one_without_is_taken():
    with pytest.raises(Refused, match="mật khẩu"):
        recognised("a.doc", document(password=True))
    assert recognised("a.doc", document(password=False)) is file_types.DOC


def test_what_is_embedded_in_a_new_document_is_looked_at_too():
    with pytest.raises(Refused, match="macro"):
        recognised("a.docx", office(WORD, {"word/embeddings/o.xls": book(1)}))


@pytest.mark.parametrize("data", [b"", b"\x09", b"\x09\x08\xff\xff", b"\x85\x00\x02\x00ab", bytes(5_000)])
def test_odd_records_are_no_fault(data):
    assert recognised("a.xls", compound("Workbook", data)) is file_types.XLS


@given(st.data())
def test_a_broken_file_is_taken_or_refused(data):
    broken = bytearray(book(0, 1))
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(8, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        recognised("a.xls", bytes(broken))
    except Refused:
        return
