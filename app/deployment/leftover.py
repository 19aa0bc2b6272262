"""A write-ahead log that is left beside a database file which is not its own.

SQLite takes `bdg.sqlite3-wal` for the newest writes of whatever lies there as `bdg.sqlite3`. Where a copy was put back
and the log of the file before it was left, what is read is neither of the two. SQLite itself does not notice. A file
that is younger than its log is suspicious, no more: whoever was cut off while the log was brought in leaves it so too.
Then the pages tell: whether the file holds already what the log still has to bring, and whether both are a whole.
"""

import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.config import ConfigError
from app.core.database import is_whole
from app.deployment import wal
from app.deployment.wal import FRAME, HEADER, Index

_INDEX = 136  # two copies of its head, then how far the log was brought into the database
_SHARED_BYTES = (510, 0x40000002)  # where SQLite holds a lock as long as a database is open
_LATE_NS = 60_000_000_000  # the longest a checkpoint takes that follows a write
_ONCE_WRITTEN = ("secret.key", "serving.json", "upgrade.lock")  # at the start, and never while it runs


def require_own(database: Path, now: datetime) -> str | None:
    """Raise `ConfigError` where the log beside `database` is that of another file: the operator must choose.

    A log that holds nothing the file lacks is set aside (renamed); the sentence returned says so. A database that
    another process has open is left in peace: its log is its own.
    """
    log = database.with_name(database.name + "-wal")
    if not (database.exists() and log.exists() and log.stat().st_size > HEADER) or not _is_younger(database, log):
        return None
    with _held(database) as ours:
        return _judged(database, log, now) if ours else None


def _judged(database: Path, log: Path, now: datetime) -> str | None:
    index = database.with_name(database.name + "-shm")
    if not log.exists() or not _is_younger(database, log):
        return None
    known = _index(index, log)
    if known is None:
        if _is_younger(database, log, by=_LATE_NS):
            raise ConfigError(_refusal(database))
        return None
    if known.begun > known.done:  # it was stopped while it brought the log into the file: SQLite goes on with it
        return None
    if known.done < known.frames:
        if wal.is_ahead(database, log, known) or not _fit(database, log, index):
            raise ConfigError(_refusal(database))
        return None
    return None if wal.holds_all(database, log, known) else _set_aside((log, index), now)


def _fit(database: Path, log: Path, index: Path) -> bool:
    """Whether file and log, read together in copies of them, are a whole database with a log without a gap."""
    with tempfile.TemporaryDirectory(prefix="bdg-") as folder:
        for path in (database, log, index):
            shutil.copyfile(path, Path(folder) / path.name)
        return is_whole(Path(folder) / database.name)


if os.name == "nt":  # pragma: no cover

    @contextmanager
    def _held(database: Path) -> Iterator[bool]:
        """Windows lets nobody rename a file that another has open: that is the same protection."""
        yield database.exists()
else:
    import fcntl

    @contextmanager
    def _held(database: Path) -> Iterator[bool]:
        """Keep every other process from opening the database; False where one has it open already."""
        with database.open("r+b") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *_SHARED_BYTES)
            except OSError:
                yield False
            else:
                yield True


def _is_younger(database: Path, log: Path, by: int = 0) -> bool:
    """Whether the file was written, or put there, later than the last write to its log."""
    file, written = database.stat(), log.stat()
    if file.st_mtime_ns > written.st_mtime_ns + by:
        return True
    if file.st_ctime_ns <= written.st_ctime_ns + by:
        return False
    # A change of owner or of rights reaches more than this one file.
    others = [place for name in _ONCE_WRITTEN if (place := database.with_name(name)).exists()]
    return not any(place.stat().st_ctime_ns > written.st_ctime_ns for place in others)


def _index(index: Path, log: Path) -> Index | None:
    """SQLite's index of the log; None where it is not there or does not belong to this log as it is now."""
    if not index.exists() or index.stat().st_size < _INDEX:
        return None
    with index.open("rb") as file:
        told = file.read(_INDEX)
    with log.open("rb") as file:
        salts = file.read(HEADER)[16:24]
        page, frames = struct.unpack_from("=H", told, 14)[0], struct.unpack_from("=I", told, 16)[0]
        page = page if page > 1 else 65_536
        file.seek(HEADER + frames * (FRAME + page))
        following = file.read(FRAME)[8:16]
    if told[:48] != told[48:96] or told[32:40] != salts or following == salts:
        return None
    done, begun = struct.unpack_from("=I", told, 96)[0], struct.unpack_from("=I", told, 128)[0]
    return Index(frames, done, begun)


def _refusal(database: Path) -> str:
    log, index = f"{database.name}-wal", f"{database.name}-shm"
    return (
        f"{database.parent}: {database.name} đã được thay sau lần ghi cuối vào {log}, nên {log} và {index} không phải "
        "của tệp này; mở chung sẽ trộn hai cơ sở dữ liệu. Không có gì bị thay đổi. Nếu vừa chép cơ sở dữ liệu từ bản "
        f"sao lưu: đổi tên {log} và {index} (đừng xóa), rồi khởi động lại. Nếu không ai chép gì vào thư mục: chạy "
        f"«touch {database}-wal» rồi khởi động lại. Xem docs/van-hanh.md, mục 8."
    )


def _set_aside(paths: tuple[Path, ...], now: datetime) -> str:
    stamp = f"{now:%Y%m%dT%H%M%S}"
    for path in paths:
        path.replace(path.with_name(f"{path.name}.{stamp}"))
    names = ", ".join(f"{path.name}.{stamp}" for path in paths)
    return f"{paths[0].parent}: nhật ký ghi trước không còn gì mới hơn cơ sở dữ liệu, đã đổi tên thành {names}."
