"""What stands in a write-ahead log of SQLite, page by page, and what of it stands in the database file already."""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

HEADER, FRAME = 32, 24
_LARGEST_PAGE = 65_536


@dataclass(frozen=True)
class Index:
    """What `-shm` says: how many frames the log has, how many are in the file, and with how many that was begun."""

    frames: int
    done: int
    begun: int


@dataclass(frozen=True)
class Frame:
    """One page as a write left it; `commits` where a transaction ends with it."""

    page: int
    digest: bytes
    commits: bool


def frames(log: Path, index: Index) -> list[Frame]:
    """The frames that the index knows, in the order in which they were written."""
    with log.open("rb") as file:
        return list(_frames(file, _page_bytes(file), index.frames))


def holds_all(database: Path, log: Path, index: Index) -> bool:
    """Whether the file is what the log says when all of it is brought in: then the two belong together."""
    last = {frame.page: frame.digest for frame in frames(log, index)}
    return _stand_in(database, log, last)


def is_ahead(database: Path, log: Path, index: Index) -> bool:
    """Whether the file holds already what the log has for the first time after it was last brought in.

    A file that SQLite itself wrote never does: it is a copy that was made later, and was put there.
    """
    open_frames = frames(log, index)[index.done :]
    later: dict[int, set[bytes]] = {}
    for frame in open_frames:
        later.setdefault(frame.page, set()).add(frame.digest)
    with database.open("rb") as file, log.open("rb") as other:
        size = _page_bytes(other)
        return all(_digest(file, (page - 1) * size, size) in later[page] for page in _first_commit(open_frames))


def _first_commit(found: list[Frame]) -> Iterator[int]:
    for frame in found:
        yield frame.page
        if frame.commits:
            return


def _stand_in(database: Path, log: Path, wanted: dict[int, bytes]) -> bool:
    with database.open("rb") as file, log.open("rb") as other:
        size = _page_bytes(other)
        return all(_digest(file, (page - 1) * size, size) == digest for page, digest in wanted.items())


def _frames(file: BinaryIO, size: int, count: int) -> Iterator[Frame]:
    for number in range(count):
        place = HEADER + number * (FRAME + size)
        file.seek(place)
        page, after = struct.unpack(">II", file.read(8))
        yield Frame(page, _digest(file, place + FRAME, size), after > 0)


def _page_bytes(file: BinaryIO) -> int:
    file.seek(8)
    size: int = struct.unpack(">I", file.read(4))[0]
    return size if size > 1 else _LARGEST_PAGE


def _digest(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return hashlib.blake2b(file.read(size), digest_size=16).digest()
