"""Archives, their parts and the XML in them, read within bounds, wherever a ZIP or Office file comes from outside.

Knows no sentence and no rule of the product: each reader passes its own bounds and says in its own words what `Fault`
was found. What a parser raises on damaged bytes is in `BROKEN`.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PureWindowsPath
from typing import IO, Any
from xml.parsers import expat

_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 1 << 16
_ZIP64 = b"PK\x06\x07"
_DIRECTORY_BYTES = 2_000_000
_PLAIN_RATIO = 200  # a sheet of repeated cells reaches 100
_SMALL = 20_000_000
_ENCRYPTED = 0x1
_ANY_LOCK = _ENCRYPTED | 0x40 | 0x2000  # also a strong one, and one on the directory
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_CHUNK = 1 << 16
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, ValueError,
    LookupError, RuntimeError, NotImplementedError, OverflowError, OSError,
)  # fmt: skip


class Fault(StrEnum):
    """What is wrong with an archive."""

    DAMAGED = "damaged"
    ENTITIES = "entities"
    LOCKED = "locked"
    TOO_MUCH = "too much"
    UNSAFE_PATH = "unsafe path"


class BadArchive(Exception):
    """The archive is not read, or not read on."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass
class Allowance:
    """What may be unpacked in all, however archives are nested: members, and bytes."""

    members: int
    bytes: int

    def spend(self, members: int, size: int) -> None:
        """Raise `BadArchive` once the allowance is used up."""
        self.members -= members
        self.bytes -= size
        if self.members < 0 or self.bytes < 0:
            raise BadArchive(Fault.TOO_MUCH)


def open_archive(stream: IO[bytes], allowance: Allowance) -> zipfile.ZipFile:
    """The archive in `stream`, for who reads single parts of it: only the number of its members is bounded here."""
    archive = zipfile.ZipFile(stream)
    allowance.spend(len(archive.infolist()), 0)
    return archive


@contextmanager
def open_checked(stream: IO[bytes], allowance: Allowance) -> Iterator[zipfile.ZipFile]:
    """The archive in `stream`, once its directory, names and declared sizes are known to be within bounds.

    Raises `BadArchive` for one that is damaged, locked, too large unpacked, or that points outside itself.
    """
    size = _check_directory(stream)
    with open_archive(stream, allowance) as archive:
        _check_members(archive.infolist(), size, allowance)
        yield archive


def pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance) -> Iterator[bytes]:
    """The bytes of one member, checked against its CRC at the end; what it declares of its size is not believed."""
    with archive.open(member) as packed:
        while piece := packed.read(_CHUNK):
            allowance.spend(0, len(piece))
            yield piece


def check_swelling(unpacked: int, packed: int, *, ratio: int, small: int) -> None:
    """Raise `BadArchive` for what declares to unpack to more than `ratio` times its size, unless it is `small`."""
    if unpacked > max(small, ratio * packed):
        raise BadArchive(Fault.TOO_MUCH)


def is_locked(member: zipfile.ZipInfo, locks: int = _ENCRYPTED) -> bool:
    """Whether this member says of itself that it takes a password to read it."""
    return bool(member.flag_bits & locks)


def xml_parser(fault: Fault = Fault.DAMAGED, namespace_separator: str | None = None) -> expat.XMLParserType:
    """A parser that builds nothing and answers declared entities with `fault`: Office writes none, bombs need them."""

    def refuse(*_declared: Any) -> None:
        raise BadArchive(fault)

    parser = expat.ParserCreate(namespace_separator=namespace_separator)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _check_directory(stream: IO[bytes]) -> int:
    """Bound the directory before zipfile reads it whole; returns the size of the archive in bytes."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LONGEST_COMMENT - _END_SIZE))
    tail = stream.read()
    bare = tail[-_END_SIZE:].startswith(_END) and tail.endswith(b"\0\0")
    at = len(tail) - _END_SIZE if bare else tail.rfind(_END)
    if at < 0 or tail[:at][-20:].startswith(_ZIP64):
        raise BadArchive(Fault.DAMAGED)
    directory, start, comment = struct.unpack_from("<LLH", tail, at + 12)
    before, behind = size - len(tail) + at, len(tail) - at - _END_SIZE
    if start + directory != before or comment != behind:  # bytes hidden somewhere: readers would disagree
        raise BadArchive(Fault.DAMAGED)
    if directory > _DIRECTORY_BYTES:
        raise BadArchive(Fault.TOO_MUCH)
    return size


def _check_members(members: list[zipfile.ZipInfo], size: int, allowance: Allowance) -> None:
    total = sum(member.file_size for member in members)
    if total > allowance.bytes:
        raise BadArchive(Fault.TOO_MUCH)
    check_swelling(total, size, ratio=_PLAIN_RATIO, small=_SMALL)
    names = [member.filename.casefold() for member in members]
    if not members or len(set(names)) != len(names):
        raise BadArchive(Fault.DAMAGED)
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    if is_locked(member, _ANY_LOCK):
        raise BadArchive(Fault.LOCKED)
    if member.compress_type not in _METHODS:
        raise BadArchive(Fault.DAMAGED)
    path = PureWindowsPath(member.orig_filename)  # it knows both kinds of slash, and drives
    outside = path.anchor or ".." in path.parts or "\0" in member.orig_filename
    if outside or stat.S_ISLNK(member.external_attr >> 16):
        raise BadArchive(Fault.UNSAFE_PATH)
