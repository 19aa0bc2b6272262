"""Inside an OLE compound file ([MS-CFB]: legacy .doc and .xls), read without trusting a single number in it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
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
_SMALL = 4096  # streams below this lie in the stream of the root entry, in pieces of 64 bytes
_PIECE = 64
_MOST_OF_SMALL = 8_000_000


def entry_names(stream: IO[bytes]) -> frozenset[str]:
    """The names of all streams and storages, casefolded. Raises `Refused`, `struct.error` on a damaged file."""
    return Compound(stream).names


@dataclass(frozen=True)
class Entry:
    """One line of the directory."""

    name: str
    start: int
    size: int


class Compound:
    """A compound file; its directory is read at once. Raises `Refused`, `struct.error` where it is damaged."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._length = stream.seek(0, 2)
        stream.seek(0)
        header = stream.read(_HEADER)
        (shift,) = struct.unpack_from("<H", header, 0x1E)
        if not header.startswith(MAGIC) or shift not in _SHIFTS:
            raise Refused(DAMAGED)
        self._size = 1 << shift
        (directory,) = struct.unpack_from("<L", header, 0x30)
        (self._first_of_small,) = struct.unpack_from("<L", header, 0x3C)
        (self._next_of_table,) = struct.unpack_from("<L", header, 0x44)
        self._table = list(struct.unpack_from(f"<{_IN_HEADER}L", header, 0x4C))
        data = b"".join(self._chain(directory, _MOST_ENTRIES * _ENTRY, refuses_more=True))
        self._entries = [_entry(data[at : at + _ENTRY]) for at in range(0, len(data), _ENTRY)]

    @property
    def names(self) -> frozenset[str]:
        """Of all streams and storages, casefolded."""
        return frozenset(entry.name for entry in self._entries if entry is not None)

    def read(self, name: str, most: int) -> bytes:
        """The first `most` bytes of the stream of that (casefolded) name; nothing where there is none."""
        entry = next((found for found in self._entries if found is not None and found.name == name), None)
        if entry is None:
            return b""
        wanted = min(entry.size, most)
        pieces = self._small(entry.start, wanted) if entry.size < _SMALL else self._chain(entry.start, wanted)
        return b"".join(pieces)[:wanted]

    def _chain(self, sector: int, most: int, *, refuses_more: bool = False) -> Iterator[bytes]:
        """The sectors of a chain until `most` bytes are read. Raises `Refused` for a chain that bites its tail."""
        seen: set[int] = set()
        while sector < _LAST_SECTOR:
            if len(seen) * self._size >= most:
                if refuses_more:
                    raise Refused(DAMAGED)
                return
            if sector in seen:
                raise Refused(DAMAGED)
            seen.add(sector)
            yield self._sector(sector)
            sector = self._after(sector)

    def _small(self, piece: int, most: int) -> Iterator[bytes]:
        root = self._entries[0]
        if root is None:
            raise Refused(DAMAGED)
        pieces = b"".join(self._chain(root.start, min(root.size, _MOST_OF_SMALL)))
        table = b"".join(self._chain(self._first_of_small, _MOST_OF_SMALL // _PIECE * 4))
        for _ in range(-(-most // _PIECE)):
            if piece >= _LAST_SECTOR:
                return
            yield pieces[piece * _PIECE : (piece + 1) * _PIECE]
            (piece,) = struct.unpack_from("<L", table, piece * 4)

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


def _entry(entry: bytes) -> Entry | None:
    length, kind = struct.unpack_from("<HB", entry, 64)
    if not kind:
        return None
    start, size = struct.unpack_from("<LL", entry, 116)
    return Entry(entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").casefold(), start, size)
