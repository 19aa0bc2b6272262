"""What legacy Word and Excel files hide: macro sheets of Excel 4, and whatever a password hides."""

import struct
from collections.abc import Iterator

from app.core.errors import Refused
from app.files.checks.faults import LOCKED
from app.files.checks.ole import Compound
from app.files.checks.ooxml import MACROS

_BOOKS = ("workbook", "book")
_BEGIN, _END, _SHEET, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x002F  # records of [MS-XLS]
_MACRO_SHEET = 1
_KIND_OF_SHEET = 5  # its place in the record, after the offset of the sheet and whether it is hidden
_HEAD = 4  # bytes of a record that say its kind and how long it is
_FIB, _FLAGS, _ENCRYPTED = 32, 0x0A, 0x0100  # the head of a Word document ([MS-DOC] 2.5.1)
_WORDS = frozenset({0xA5EC, 0xA5DC})  # Word since 97, and 6 and 95


def check(file: Compound) -> None:
    """Raise `Refused` for a workbook with a sheet of macros, and for a file that needs a password.

    Whatever is embedded is looked at as well: it has streams of the same names, and programs open it too.
    """
    for book in (parts for name in _BOOKS for parts in file.streams(name)):
        _check_book(book)
    for document in file.streams("worddocument"):
        _check_head(next(document, b""))


def _check_book(parts: Iterator[bytes]) -> None:
    for kind, data in _records(parts):
        if kind == _PASSWORD:
            raise Refused(LOCKED)
        if kind == _SHEET and data[_KIND_OF_SHEET : _KIND_OF_SHEET + 1] == bytes([_MACRO_SHEET]):
            raise Refused(MACROS)


def _check_head(head: bytes) -> None:
    if len(head) < _FIB:
        return
    mark, flags = struct.unpack_from("<H", head)[0], struct.unpack_from("<H", head, _FLAGS)[0]
    if mark in _WORDS and flags & _ENCRYPTED:
        raise Refused(LOCKED)


def _records(parts: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records that speak of the workbook as a whole; none of what is no workbook."""
    for number, (kind, data) in enumerate(_split(parts)):
        if kind == _END or (number == 0 and kind != _BEGIN):
            return
        yield kind, data


def _split(parts: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Records as they come, one in memory at a time: the list of sheets may stand behind any number of others."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) >= _HEAD and len(held) >= _HEAD + _length(held):
            yield _kind(held), bytes(held[_HEAD : _HEAD + _length(held)])
            del held[: _HEAD + _length(held)]
    if len(held) >= _HEAD:  # cut short, and perhaps still read by a patient program
        yield _kind(held), bytes(held[_HEAD:])


def _kind(record: bytearray) -> int:
    return int.from_bytes(record[:2], "little")


def _length(record: bytearray) -> int:
    return int.from_bytes(record[2:_HEAD], "little")
