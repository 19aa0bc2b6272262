"""What legacy Word and Excel files hide: macro sheets of Excel 4, and whatever a password hides."""

import struct
from collections.abc import Iterator

from app.core.errors import Refused
from app.files.checks.ole import Compound
from app.files.checks.ooxml import MACROS
from app.files.checks.zip_guard import LOCKED

_BOOKS = ("workbook", "book")
_MOST_OF_BOOK = 8_000_000  # the list of sheets stands near its beginning
_BEGIN, _END, _SHEET, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x002F  # records of [MS-XLS]
_MACRO_SHEET = 1
_KIND_OF_SHEET = 5  # its place in the record, after the offset of the sheet and whether it is hidden
_FIB = 32  # bytes of the head of a Word document ([MS-DOC] 2.5.1)
_WORD, _ENCRYPTED = 0xA5EC, 0x0100


def check(file: Compound) -> None:
    """Raise `Refused` for a workbook with a sheet of macros, and for a file that needs a password."""
    for name in _BOOKS:
        for kind, data in _records(file.read(name, _MOST_OF_BOOK)):
            if kind == _PASSWORD:
                raise Refused(LOCKED)
            if kind == _SHEET and data[_KIND_OF_SHEET : _KIND_OF_SHEET + 1] == bytes([_MACRO_SHEET]):
                raise Refused(MACROS)
    head = file.read("worddocument", _FIB)
    if len(head) == _FIB:
        mark, flags = struct.unpack_from("<H", head)[0], struct.unpack_from("<H", head, 0x0A)[0]
        if mark == _WORD and flags & _ENCRYPTED:
            raise Refused(LOCKED)


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records that speak of the workbook as a whole; none of what is no workbook."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _END or (at == 0 and kind != _BEGIN):
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length
