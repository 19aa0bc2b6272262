"""Why a server cannot start, in one line for who started it."""

import errno
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from app.config import ConfigError
from app.core.database import DatabaseTrouble
from app.deployment import folder, settings

_STORAGE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.EEXIST)


def require_safe(data: Path, environment: Mapping[str, str], *, is_sample: bool) -> None:
    """Raise `ConfigError` where a server would be open to strangers: a weak secret, debugging, an open data folder.

    A sample's folder may be open: everybody knows what lies there.
    """
    found = list(settings.openings(data, environment))
    if data.is_dir() and not is_sample:
        found += folder.openings(data)
    if found:
        raise ConfigError("\n".join(found))


def require_address(host: str, port: int) -> None:
    """Raise `ConfigError` where nothing can listen at `host` and `port`: before a sample is made for nothing."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # as the server does; on Windows it would let two listen at once
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise ConfigError(_cannot_listen(host, port, getattr(error, "errno", None), str(error))) from error


def sentence(error: OSError | DatabaseTrouble) -> str | None:
    """What to tell of a data folder or a database that cannot be used; None for a fault that is the program's."""
    if isinstance(error, DatabaseTrouble):
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return (
            f"Không mở được cơ sở dữ liệu ({said}): xem quyền và chỗ trống của thư mục dữ liệu, hoặc BDG_DATABASE_URL."
        )
    if error.errno not in _STORAGE:
        return None
    place = error.filename or "thư mục dữ liệu"
    if error.errno == errno.ENOSPC:
        return f"Đĩa đã đầy nên không ghi được {place}: giải phóng chỗ rồi khởi động lại."
    return f"Không ghi được {place} ({error.strerror}): cấp quyền cho tài khoản chạy máy chủ, hoặc đổi --data."


def _cannot_listen(host: str, port: int, code: int | None, said: str) -> str:
    if code == errno.EADDRINUSE:
        return f"Cổng {port} đang có chương trình khác dùng (có thể Bảng BĐG đã chạy rồi): chọn cổng khác bằng --port."
    if code == errno.EACCES:
        return f"Không được phép nghe ở cổng {port}: chọn cổng từ 1024 trở lên bằng --port."
    return f"Không nghe được ở {host}:{port} ({said}): xem lại --host và --port."
