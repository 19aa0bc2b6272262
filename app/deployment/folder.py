"""The data folder: whose it is, who else may look, which disk it lies on."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

_GIGABYTE = 1_000_000_000
_LEAST_FREE = 2 * _GIGABYTE  # a full upload, a copy of the database and the log, with room to act
_SHARED = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.glusterfs", "glusterfs", "afs", "ceph"}
)
_REMOTE_DRIVE = 4
_MOUNTS = Path("/proc/mounts")
_WRITTEN = ("bdg.sqlite3", "bdg.sqlite3-wal", "secret.key", "files", "log", "log/bdg.log")


def missing(data: Path) -> str | None:
    """The sentence for a folder that is not there or cannot be used by who asks; None where it can."""
    if not data.is_dir():
        return f"{data}: không có thư mục dữ liệu này. Đặt BDG_DATA đúng như của dịch vụ."
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return f"{data}: không đọc, ghi được. Chạy lệnh này bằng tài khoản của dịch vụ."
    return None


def faults(data: Path, *, on_sqlite: bool) -> Iterator[str]:
    """What is wrong with the folder and its files, and with the disk beneath."""
    if os.name != "nt":  # on Windows rights are lists of people: docs/van-hanh.md says how to set and see them
        yield from openings(data)
        yield from _owners(data)
    free = shutil.disk_usage(data).free
    if free < _LEAST_FREE:
        yield f"{data}: đĩa chỉ còn {free / _GIGABYTE:.1f} GB; cần trống ít nhất {_LEAST_FREE // _GIGABYTE} GB."
    if on_sqlite and _on_a_share(data):
        yield (
            f"{data} nằm trên ổ mạng: SQLite có thể hỏng khi nhiều máy ghi. Chuyển về đĩa của máy chủ, "
            "hoặc dùng PostgreSQL (BDG_DATABASE_URL)."
        )


def openings(data: Path) -> Iterator[str]:
    """Where another account of the machine may look into the folder, or write into it; nothing on Windows."""
    if os.name == "nt":
        return
    mode = data.stat().st_mode
    if mode & (stat.S_IRWXO | stat.S_IWGRP):
        yield f"{data}: tài khoản khác trên máy vào được thư mục dữ liệu. Chạy: chmod 700 {data}"
    for path in sorted(data.iterdir()):
        theirs = path.lstat().st_mode
        if path.name == "secret.key" and theirs & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"{path}: tài khoản khác đọc được khóa bí mật. Chạy: chmod 600 {path}"
        elif path.name.startswith("bdg.sqlite3") and theirs & (stat.S_IWGRP | stat.S_IWOTH):
            yield f"{path}: tài khoản khác ghi được cơ sở dữ liệu. Chạy: chmod 600 {path}"


def _owners(data: Path) -> Iterator[str]:
    owner = data.stat().st_uid
    strange = [path for name in _WRITTEN if (path := data / name).exists() and path.stat().st_uid != owner]
    if strange:
        names = ", ".join(path.relative_to(data).as_posix() for path in strange)
        yield f"{data}: {names} thuộc tài khoản khác nên dịch vụ có thể không ghi được. Chạy chown -R cho thư mục."


def _on_a_share(data: Path) -> bool:
    if os.name == "nt":
        return str(data).startswith("\\\\") or _drive_kind(data.drive + "\\") == _REMOTE_DRIVE
    return file_system(data, _mounts()) in _SHARED


def file_system(place: Path, mounts: str) -> str | None:
    """The kind of file system `place` lies on, by a text like /proc/mounts; None where it does not say."""
    found: tuple[int, str | None] = (-1, None)
    for line in mounts.splitlines():
        fields = line.split()
        mounted = Path(fields[1].replace("\\040", " "))
        if place.is_relative_to(mounted) and len(mounted.parts) >= found[0]:
            found = (len(mounted.parts), fields[2])
    return found[1]


def _mounts() -> str:
    return _MOUNTS.read_text(encoding="utf-8", errors="replace") if _MOUNTS.exists() else ""


if sys.platform == "win32":  # pragma: no cover
    import ctypes

    def _drive_kind(root: str) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
else:

    def _drive_kind(_root: str) -> int:
        return 0
