"""The only code that touches the bytes of stored files.

A file is written beside its place, forced to the disk, renamed, and its folders are forced too, before anybody is
told that it is there. The row that names it comes after; so a row never points at a missing file, and a crash
leaves at most a file without a row. Nothing is deleted for having no row: it is moved into the trash of its day.
"""

import errno
import hashlib
import logging
import os
import re
import secrets
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Protocol

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.errors import Refused, StorageFull, TooLarge

FULL = _l("Kho lưu tệp đã đầy hoặc đang chỉ đọc nên tệp chưa được lưu. Hãy báo quản trị rồi tải lên lại.")
TOO_LARGE = _l("Tệp vượt quá dung lượng cho phép (tối đa %(limit)s MB). Hãy nén nhỏ lại hoặc dán đường dẫn.")
LOST = _l("Không đọc được tệp này trong kho lưu. Hãy báo quản trị kèm mã tra cứu.")
ALTERED = _l(
    "Tệp này trong kho lưu không còn đúng như khi nhận nên không mở được. Quản trị đã được báo; "
    "hãy gửi kèm mã tra cứu nếu cần tệp ngay."
)
HOUR = timedelta(hours=1)
MEGABYTE = 1_000_000

_KEY = re.compile(r"[0-9a-f]{32}")
_ON_DISK = re.compile(r"([0-9a-f]{32})(\.part)?")
_PLACES = "[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"
_TRASH = ".trash"
_CHUNK = 1 << 20
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})
_log = logging.getLogger("bdg.storage")


class FileLost(Refused):
    """A row names a file that the store does not have, or not as it was received: an alarm."""

    status = 500


@dataclass(frozen=True)
class Incoming:
    """A file on its way in: the name people gave it, and its bytes as a seekable stream."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True)
class Stored:
    """A file that is on the disk: the random key it is found by, its size in bytes, its SHA-256 in hex."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True)
class UnnamedFile:
    """A file on the disk that no row names: its name there, its size, when it was written; `whole` once it was done."""

    name: str
    size: int
    written: datetime

    @property
    def whole(self) -> bool:
        return _KEY.fullmatch(self.name) is not None


class Storage(Protocol):
    """Where files lie: a folder today, an object store where an office has one."""

    def put(self, stream: IO[bytes], limit_bytes: int) -> Stored: ...

    def open(self, key: str) -> IO[bytes]: ...

    def exists(self, key: str) -> bool: ...

    def verify(self, key: str, sha256: str) -> bool: ...

    def remove(self, key: str) -> None: ...

    def keys(self) -> list[str]: ...

    def unnamed(self, known_keys: Collection[str], older_than: timedelta = HOUR) -> list[UnnamedFile]: ...

    def set_aside(self, names: Collection[str], on: date) -> None: ...

    def empty_trash(self, until: date) -> list[str]: ...


class FileStore:
    """Files under one folder, two levels deep, named by random ids and never by what people called them."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, stream: IO[bytes], limit_bytes: int) -> Stored:
        """Keep what `stream` gives; when this returns, a power cut cannot take it away.

        Raises `TooLarge` beyond `limit_bytes`, `StorageFull` where the disk is full or read-only; nothing stays then.
        """
        key = secrets.token_hex(16)
        place = self._path(key)
        partial = place.with_name(f"{key}.part")
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            size, sha256 = _write(partial, stream, limit_bytes)
            partial.replace(place)
            self._settle(place.parent)
        except BaseException as error:
            _forget(partial, place)
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                _log.error("storage full", exc_info=error)
                raise StorageFull(FULL) from error
            raise
        return Stored(key, size, sha256)

    def open(self, key: str) -> IO[bytes]:
        """The stored bytes, to be closed by the caller. Raises `FileLost`, and logs the alarm, where they are gone."""
        try:
            return self._path(key).open("rb")
        except OSError as error:
            _log.critical("stored file missing", exc_info=error, extra={"key": key})
            raise FileLost(LOST) from error

    def exists(self, key: str) -> bool:
        """Whether a whole file lies under `key`; one that is still being written does not count."""
        return _KEY.fullmatch(key) is not None and self._path(key).is_file()

    def verify(self, key: str, sha256: str) -> bool:
        """Whether the file under `key` is there and is still the one with this SHA-256."""
        if not self.exists(key):
            return False
        with self._path(key).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def remove(self, key: str) -> None:
        """Take away a file that no row names (an upload that was refused after it was stored)."""
        _forget(self._path(key))

    def keys(self) -> list[str]:
        """The keys of all whole files that lie in the store."""
        return sorted(path.name for path in self._root.glob(_PLACES) if _KEY.fullmatch(path.name))

    def unnamed(self, known_keys: Collection[str], older_than: timedelta = HOUR) -> list[UnnamedFile]:
        """Files that no row names and half-written ones, once they are `older_than`.

        `known_keys` are the keys of every table that names files.
        """
        before, known = clock.now() - older_than, frozenset(known_keys)
        found = []
        for path in sorted(self._root.glob(_PLACES)):
            name = _ON_DISK.fullmatch(path.name)
            if name is None or (name[1] in known and not name[2]):
                continue
            with suppress(FileNotFoundError):
                told = path.stat()
                written = datetime.fromtimestamp(told.st_mtime, UTC)
                if written < before:
                    found.append(UnnamedFile(path.name, told.st_size, written))
        return found

    def set_aside(self, names: Collection[str], on: date) -> None:
        """Move files into the trash of that day, from where `empty_trash` takes them; each is logged."""
        trash = self._root / _TRASH / on.isoformat()
        trash.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            self._path(name.removesuffix(".part")).with_name(name).replace(trash / name)
            _log.warning("set aside a file without a row", extra={"key": name})
        self._settle(trash)

    def empty_trash(self, until: date) -> list[str]:
        """Delete what was set aside on that day or before; returns the names, each of which is logged."""
        gone = []
        for folder in sorted((self._root / _TRASH).glob("[0-9]*-[0-9]*-[0-9]*")):
            if date.fromisoformat(folder.name) <= until:
                gone += sorted(path.name for path in folder.iterdir())
                shutil.rmtree(folder)
        for name in gone:
            _log.warning("deleted from the trash", extra={"key": name})
        return gone

    def set_all_aside(self, on: date) -> None:
        """Move every file into the trash of that day."""
        self.set_aside([path.name for path in self._root.glob(_PLACES) if _ON_DISK.fullmatch(path.name)], on)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not a key of this store")
        return self._root / key[:2] / key[2:4] / key

    def _settle(self, folder: Path) -> None:
        # All of them each time: another upload may have made a folder and not yet forced its parent.
        for made in (folder, folder.parent, self._root, self._root.parent):
            _force_folder(made)


def _write(partial: Path, stream: IO[bytes], limit_bytes: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with partial.open("xb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit_bytes:
                raise TooLarge(TOO_LARGE % {"limit": limit_bytes // MEGABYTE})
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _force_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows keeps names with the file's own flush and cannot open folders
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _forget(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def installed_store() -> Storage:
    """The store in the data folder of the running application."""
    return FileStore(current_app.extensions["bdg"].files)
