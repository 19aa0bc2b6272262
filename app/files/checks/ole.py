"""Inside an OLE compound file ([MS-CFB]: legacy .doc and .xls), read without trusting a single number in it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO

from app.core.errors import Refused
from app.files.checks.faults import DAMAGED

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_IN_HEADER = 109  # places of FAT sectors that the header holds
_ENTRY = 128
_MOST_ENTRIES = 20_000
_LAST_SECTOR = 0xFFFFFFFA  # larger numbers mean "end" or "free"
_SHIFTS = frozenset({9, 12})
_SMALL = 4096  # streams below this lie in the stream of the root entry, in pieces of 64 bytes
_PIECE = 64


def entry_names(stream: IO[bytes]) -> frozenset[str]:
    """The names of all streams and storages, casefolded. Raises `Refused`, `struct.error` on a damaged file."""
    return Compound(stream).names


@dataclass(frozen=True)
class DirectoryEntry:
    """One line of the directory."""

    name: str
    start: int
    size: int


class Compound:
    """A compound file; its directory is read at once. Raises what `refusing_damage` knows where it is damaged.

    No two streams share a sector, so that all that is read can never be more than the file: one that says so is
    refused, however often its directory names the same place.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._length = stream.seek(0, 2)
        stream.seek(0)
        header = stream.read(_HEADER)
        (shift,) = struct.unpack_from("<H", header, 0x1E)
        if not header.startswith(MAGIC) or shift not in _SHIFTS:
            raise Refused(DAMAGED)
        self._size = 1 << shift
        self._sectors_left = -(-self._length // self._size)
        (directory,) = struct.unpack_from("<L", header, 0x30)
        (self._first_of_small,) = struct.unpack_from("<L", header, 0x3C)
        (self._next_of_table,) = struct.unpack_from("<L", header, 0x44)
        self._table = list(struct.unpack_from(f"<{_IN_HEADER}L", header, 0x4C))
        most = _MOST_ENTRIES * _ENTRY
        data = b"".join(map(self._sector, self._places(directory, most, refuses_more=True)))
        self._entries = [_entry(data[at : at + _ENTRY]) for at in range(0, len(data), _ENTRY)]

    @property
    def names(self) -> frozenset[str]:
        """Of all streams and storages, casefolded."""
        return frozenset(entry.name for entry in self._entries if entry is not None)

    def streams(self, name: str) -> Iterator[Iterator[bytes]]:
        """Each stream of that (casefolded) name, in parts: embedded objects repeat the names of their host."""
        for entry in self._entries:
            if entry is not None and entry.name == name:
                yield self._cut(entry)

    def _cut(self, entry: DirectoryEntry) -> Iterator[bytes]:
        """The parts of a stream, without what lies behind its end in its last part."""
        left = entry.size
        parts = self._small(entry) if entry.size < _SMALL else map(self._sector, self._places(entry.start, left))
        for part in parts:
            yield part[:left]
            left -= len(part)
            if left <= 0:
                return

    def _places(self, sector: int, most: int, *, refuses_more: bool = False) -> Iterator[int]:
        """The sectors of a chain that hold its first `most` bytes. Raises `Refused` for one that bites its tail."""
        seen: set[int] = set()
        while sector < _LAST_SECTOR:
            if len(seen) * self._size >= most:
                if refuses_more:
                    raise Refused(DAMAGED)
                return
            self._sectors_left -= 1
            if sector in seen or self._sectors_left < 0:
                raise Refused(DAMAGED)
            seen.add(sector)
            yield sector
            sector = self._after(sector)

    def _small(self, entry: DirectoryEntry) -> Iterator[bytes]:
        piece = entry.start
        for _ in range(-(-entry.size // _PIECE)):
            if piece >= _LAST_SECTOR:
                return
            yield self._within(self._places_of_small, piece * _PIECE, _PIECE)
            (piece,) = struct.unpack("<L", self._within(self._places_of_table, piece * 4, 4))

    @cached_property
    def _places_of_small(self) -> list[int]:
        root = self._entries[0]
        if root is None:
            raise Refused(DAMAGED)
        return list(self._places(root.start, root.size))

    @cached_property
    def _places_of_table(self) -> list[int]:
        """Where the table lies that says which piece follows which."""
        return list(self._places(self._first_of_small, self._length))

    def _within(self, places: list[int], at: int, count: int) -> bytes:
        """Bytes of a chain; they never cross the end of a sector. Raises `IndexError` behind the end of the chain."""
        number, start = divmod(at, self._size)
        return self._sector(places[number])[start : start + count]

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


def _entry(entry: bytes) -> DirectoryEntry | None:
    length, kind = struct.unpack_from("<HB", entry, 64)
    if not kind:
        return None
    start, size = struct.unpack_from("<LL", entry, 116)
    return DirectoryEntry(entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").casefold(), start, size)
