"""Archives opened with their limits checked before anything is unpacked; whatever is wrong with one is a refusal."""

import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import IO
from xml.parsers import expat

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused

DAMAGED = _l("Tệp bị hỏng hoặc không đầy đủ nên không đọc được. Hãy mở thử trên máy, lưu lại rồi tải lên.")
LOCKED = _l("Tệp có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên, để cơ quan thường trực mở được.")
TOO_MUCH = _l("Tệp nén chứa quá nhiều nội dung so với mức cho phép. Hãy giải nén và tải lên từng tệp.")
UNSAFE_PATH = _l("Tệp nén chứa đường dẫn hoặc liên kết không an toàn. Hãy nén lại từ thư mục thường.")

_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 1 << 16
_ZIP64 = b"PK\x06\x07"
_DIRECTORY_BYTES = 2_000_000
_PLAIN_RATIO = 200  # a sheet of repeated cells reaches 100
_SMALL = 20_000_000
_LOCKED_BITS = 0x1 | 0x40 | 0x2000
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IN_MEMORY = 1_000_000
_CHUNK = 1 << 18
BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, ValueError, LookupError, RuntimeError,
    NotImplementedError, OverflowError, OSError,
)  # fmt: skip


@dataclass
class Allowance:
    """What one upload may unpack in all, however its archives are nested: members, and bytes."""

    members: int = 6_000
    bytes: int = 300_000_000

    def spend(self, members: int, size: int) -> None:
        """Raise `Refused` once the allowance is used up."""
        self.members -= members
        self.bytes -= size
        if self.members < 0 or self.bytes < 0:
            raise Refused(TOO_MUCH)


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn whatever a parser says about hostile bytes into a `Refused` with a sentence."""
    try:
        yield
    except BROKEN as error:
        raise Refused(DAMAGED) from error


@contextmanager
def opened(stream: IO[bytes], allowance: Allowance) -> Iterator[zipfile.ZipFile]:
    """The archive in `stream`, once its directory, names and declared sizes are known to be within bounds.

    Raises `Refused` for one that is damaged, locked, too large unpacked, or that points outside itself.
    """
    with refusing_damage():
        size = _check_directory(stream)
        with zipfile.ZipFile(stream) as archive:
            _check_members(archive.infolist(), size, allowance)
            yield archive


@contextmanager
def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance) -> Iterator[IO[bytes]]:
    """The bytes of one member, checked against its CRC, as a stream that can be read anywhere."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy, archive.open(member) as packed:
        while chunk := packed.read(_CHUNK):
            allowance.spend(0, len(chunk))
            copy.write(chunk)
        copy.seek(0)
        yield copy


def _check_directory(stream: IO[bytes]) -> int:
    """Bound the directory before zipfile reads it whole; returns the size of the archive in bytes."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LONGEST_COMMENT - _END_SIZE))
    tail = stream.read()
    bare = tail[-_END_SIZE:].startswith(_END) and tail.endswith(b"\0\0")
    at = len(tail) - _END_SIZE if bare else tail.rfind(_END)
    if at < 0 or tail[:at][-20:].startswith(_ZIP64):
        raise Refused(DAMAGED)
    directory, start, comment = struct.unpack_from("<LLH", tail, at + 12)
    before, behind = size - len(tail) + at, len(tail) - at - _END_SIZE
    if start + directory != before or comment != behind:  # bytes hidden somewhere: readers would disagree
        raise Refused(DAMAGED)
    if directory > _DIRECTORY_BYTES:
        raise Refused(TOO_MUCH)
    return size


def _check_members(members: list[zipfile.ZipInfo], size: int, allowance: Allowance) -> None:
    total = sum(member.file_size for member in members)
    allowance.spend(len(members), 0)
    if total > allowance.bytes or total > max(_SMALL, _PLAIN_RATIO * size):
        raise Refused(TOO_MUCH)
    names = [member.filename.casefold() for member in members]
    if not members or len(set(names)) != len(names):
        raise Refused(DAMAGED)
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _LOCKED_BITS:
        raise Refused(LOCKED)
    if member.compress_type not in _METHODS:
        raise Refused(DAMAGED)
    path = PureWindowsPath(member.orig_filename)  # it knows both kinds of slash, and drives
    outside = path.anchor or ".." in path.parts or "\0" in member.orig_filename
    if outside or stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(UNSAFE_PATH)
