"""Names inside an OLE compound file ([MS-CFB]: legacy .doc and .xls), read without trusting a single number in it."""

import struct
from typing import IO

from app.core.errors import Refused
from app.files.checks.zip_guard import DAMAGED

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_IN_HEADER = 109  # places of FAT sectors that the header holds
_ENTRY = 128
_MOST_ENTRIES = 20_000
_LAST_SECTOR = 0xFFFFFFFA  # larger numbers mean "end" or "free"
_SHIFTS = frozenset({9, 12})


def entry_names(stream: IO[bytes]) -> frozenset[str]:
    """The names of all streams and storages, casefolded. Raises `Refused`, `struct.error` on a damaged file."""
    return _Compound(stream).names()


class _Compound:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._length = stream.seek(0, 2)
        stream.seek(0)
        header = stream.read(_HEADER)
        (shift,) = struct.unpack_from("<H", header, 0x1E)
        if not header.startswith(MAGIC) or shift not in _SHIFTS:
            raise Refused(DAMAGED)
        self._size = 1 << shift
        (self._first_of_directory,) = struct.unpack_from("<L", header, 0x30)
        (self._next_of_table,) = struct.unpack_from("<L", header, 0x44)
        self._table = list(struct.unpack_from(f"<{_IN_HEADER}L", header, 0x4C))

    def names(self) -> frozenset[str]:
        found: set[str] = set()
        sector, seen = self._first_of_directory, set[int]()
        while sector < _LAST_SECTOR:
            if sector in seen or len(seen) * self._size > _MOST_ENTRIES * _ENTRY:
                raise Refused(DAMAGED)
            seen.add(sector)
            data = self._sector(sector)
            found.update(_name(data[at : at + _ENTRY]) for at in range(0, len(data), _ENTRY))
            sector = self._after(sector)
        return frozenset(found - {""})

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size
        if place >= self._length:
            raise Refused(DAMAGED)
        self._stream.seek(place)
        return self._stream.read(self._size)

    def _after(self, sector: int) -> int:
        """The sector that follows in its chain, looked up in the FAT."""
        row, column = divmod(sector, self._size // 4)
        while row >= len(self._table):
            self._read_more_table()
        (following,) = struct.unpack_from("<L", self._sector(self._table[row]), column * 4)
        return int(following)

    def _read_more_table(self) -> None:
        if self._next_of_table >= _LAST_SECTOR or len(self._table) * self._size > self._length:
            raise Refused(DAMAGED)
        numbers = struct.unpack(f"<{self._size // 4}L", self._sector(self._next_of_table))
        self._table.extend(numbers[:-1])
        self._next_of_table = numbers[-1]


def _name(entry: bytes) -> str:
    length, kind = struct.unpack_from("<HB", entry, 64)
    if not kind:
        return ""
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").casefold()
