"""Legacy files: a sheet of Excel 4 macros and a password are found; honest ones are taken; broken ones are refused."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.files.checks import file_types
from tests.files.corpus import WORD, office
from tests.files.old_books import LINE, book, compound, document, globals_of


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


def test_a_document_of_word_95_behind_a_password_is_refused_too():
    with pytest.raises(Refused, match="mật khẩu"):
        recognised("a.doc", document(password=True, mark=0xA5DC))


def test_a_book_of_macros_embedded_in_a_document_is_found_behind_many_small_streams():
    others = [(f"Hình {number}", bytes(4_000)) for number in range(2_500)]
    with pytest.raises(Refused, match="macro"):
        recognised("a.doc", compound(("WordDocument", bytes(5_000)), *others, ("Book", globals_of(1)), shift=12))


def test_an_honest_book_with_honest_books_embedded_is_taken():
    books = [("Workbook", globals_of(0, 2)), ("Workbook", globals_of(0, filling=9_000)), ("Book", globals_of(0))]
    assert recognised("a.xls", compound(*books)) is file_types.XLS


def test_a_directory_that_names_one_place_again_and_again_is_no_way_to_keep_the_server_busy():
    data = compound(("Workbook", globals_of(0, filling=40_000)), *[("Book", b"")] * 500)
    line = data.index("Workbook".encode("utf-16-le"))
    directory = bytearray(data)
    for number in range(1, 501):
        directory[line + number * LINE : line + (number + 1) * LINE] = data[line : line + LINE]
    with pytest.raises(Refused, match="hỏng"):
        recognised("a.xls", bytes(directory))


def test_a_chain_that_bites_its_tail_is_refused():
    data = bytearray(book(0, long=True))
    table = (struct.unpack_from("<L", data, 0x4C)[0] + 1) * 512
    second = data.index(globals_of(0)[:20]) // 512  # the sector behind the first of the book
    struct.pack_into("<L", data, table + second * 4, second - 1)
    with pytest.raises(Refused, match="hỏng"):
        recognised("a.xls", bytes(data))


def test_what_is_embedded_in_a_new_document_is_looked_at_too():
    with pytest.raises(Refused, match="macro"):
        recognised("a.docx", office(WORD, {"word/embeddings/o.xls": book(1)}))


@pytest.mark.parametrize("place", [0, 1])
def test_a_second_stream_of_the_same_name_hides_nothing(place):
    honest, wrong = globals_of(0), globals_of(0, 1)
    streams = [("Workbook", honest), ("WORKBOOK", honest)]
    streams[place] = (streams[place][0], wrong)
    with pytest.raises(Refused, match="macro"):
        recognised("a.xls", compound(*streams))


def test_records_before_a_sheet_of_macros_do_not_hide_it_however_many():
    with pytest.raises(Refused, match="macro"):
        recognised("a.xls", compound(("Workbook", globals_of(0, 1, filling=9_000_000)), shift=12))


@pytest.mark.parametrize("data", [b"", b"\x09", b"\x09\x08\xff\xff", b"\x85\x00\x02\x00ab", bytes(5_000)])
def test_odd_records_are_no_fault(data):
    assert recognised("a.xls", compound(("Workbook", data))) is file_types.XLS


@given(st.data())
def test_a_broken_file_is_taken_or_refused(data):
    broken = bytearray(book(0, 1))
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(8, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        recognised("a.xls", bytes(broken))
    except Refused:
        return
