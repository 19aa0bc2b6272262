"""Starts the product as it is shipped: schema, sample where wanted, then waitress, stopped cleanly by a signal."""

import argparse
import errno
import ipaddress
import logging
import os
import shutil
import signal
import socket
import sys
from types import FrameType
from typing import Any

import waitress
from flask import Flask

from app import config, create_app, files, schema
from app.accounts import first_admin
from app.accounts.queries import people_exist
from app.core.change import request_id
from app.core.database import DatabaseTrouble
from app.deployment.settings import note_serving

THREADS = 8
CONNECTIONS = 400
_STORAGE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.EEXIST)
_MEGABYTE = 1_000_000
_BODY_BYTES = 1_200 * _MEGABYTE


def main(argv: list[str] | None = None) -> None:
    """Serve on the address asked for until told to stop (Ctrl+C or SIGTERM)."""
    asked = _parser().parse_args(argv)
    try:
        _require_address(asked.host, asked.port)  # before a sample is made for nothing
        app = prepare(asked)
    except config.ConfigError as error:
        sys.exit(str(error))
    except OSError as error:
        if error.errno not in _STORAGE:
            raise
        sys.exit(_cannot_write(error))
    except DatabaseTrouble as error:
        sys.exit(_cannot_open(error))
    server = _listening(app, asked)
    note_serving(app.extensions["bdg"].data, asked.host, asked.port)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no event
    with app.app_context():
        files.sweep()
    signal.signal(signal.SIGTERM, _stop)
    _say(f"Bảng BĐG: http://{asked.host}:{asked.port}/  (Ctrl+C để dừng)")
    server.run()


def _listening(app: Flask, asked: argparse.Namespace) -> Any:
    return waitress.create_server(
        app,
        host=asked.host,
        port=asked.port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        max_request_body_size=_BODY_BYTES,
        ident=None,
        clear_untrusted_proxy_headers=not app.extensions["bdg"].proxies,  # else the application weighs them itself
    )


def _require_address(host: str, port: int) -> None:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # as the server does; on Windows it would let two listen at once
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise config.ConfigError(_cannot_listen(host, port, error)) from error


def _cannot_listen(host: str, port: int, error: Exception) -> str:
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return f"Cổng {port} đang có chương trình khác dùng (có thể Bảng BĐG đã chạy rồi): chọn cổng khác bằng --port."
    if code == errno.EACCES:
        return f"Không được phép nghe ở cổng {port}: chọn cổng từ 1024 trở lên bằng --port."
    return f"Không nghe được ở {host}:{port} ({error}): xem lại --host và --port."


def _cannot_write(error: OSError) -> str:
    place = error.filename or "thư mục dữ liệu"
    if error.errno == errno.ENOSPC:
        return f"Đĩa đã đầy nên không ghi được {place}: giải phóng chỗ rồi khởi động lại."
    return f"Không ghi được {place} ({error.strerror}): cấp quyền cho tài khoản chạy máy chủ, hoặc đổi --data."


def _cannot_open(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return f"Không mở được cơ sở dữ liệu ({said}): xem quyền và chỗ trống của thư mục dữ liệu, hoặc BDG_DATABASE_URL."


def prepare(asked: argparse.Namespace) -> Flask:
    """The application with its schema, and its sample or its first administrator's code.

    An empty database gets the sample unless `--no-sample` is asked. Raises `ConfigError` where the sample would be
    reached from a network without the flag that says so, or where what is asked does not fit the data.
    """
    settings = config.from_environment()
    if asked.reset_sample:
        _forget_sample(settings)
    if asked.no_sample and settings.is_sample:
        raise config.ConfigError(f"{settings.data} chứa dữ liệu giả định; chọn thư mục khác bằng --data.")
    app = create_app(settings)
    schema.upgrade(app)
    if settings.is_sample or (not asked.no_sample and _is_empty(app)):
        _require_loopback(asked)
        return _with_sample(app)
    _tell_first_admin(app, asked)
    return app


def _with_sample(app: Flask) -> Flask:
    from app.sample.build import build_if_empty  # late: a real installation never needs it

    return build_if_empty(app)


def _is_empty(app: Flask) -> bool:
    with app.app_context():
        return not people_exist()


def _require_loopback(asked: argparse.Namespace) -> None:
    if not asked.allow_sample_on_network and not _is_loopback(asked.host):
        raise config.ConfigError(
            "Dữ liệu giả định dùng mật khẩu công bố nên chỉ mở trên máy này. "
            "Muốn mở ra mạng, thêm --allow-sample-on-network; "
            "dữ liệu thật thì dùng --no-sample với thư mục dữ liệu mới."
        )


def _tell_first_admin(app: Flask, asked: argparse.Namespace) -> None:
    with app.app_context():
        code = first_admin.open_code(app.extensions["bdg"].data)
    if code is not None:
        _say(f"Tạo quản trị đầu tiên tại http://{asked.host}:{asked.port}/first-administrator?code={code}")


def _forget_sample(settings: config.Config) -> None:
    if not settings.is_sample:
        raise config.ConfigError(f"{settings.data} không phải dữ liệu giả định nên không làm lại.")
    if os.environ.get("BDG_DATABASE_URL"):
        raise config.ConfigError("Với BDG_DATABASE_URL, hãy tạo cơ sở dữ liệu trống rồi khởi động lại.")
    for path in settings.data.iterdir():
        if path.name != "secret.key":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stop(_signal: int, _frame: FrameType | None) -> None:
    request_id.set("")
    raise SystemExit(0)  # waitress lets the requests in hand finish


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app.serve", description="Chạy Bảng BĐG.")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe")
    parser.add_argument("--port", type=int, default=8000, help="cổng")
    parser.add_argument("--no-sample", action="store_true", help="bắt đầu trống, không có dữ liệu giả định")
    parser.add_argument("--reset-sample", action="store_true", help="làm lại dữ liệu giả định từ đầu")
    parser.add_argument("--allow-sample-on-network", action="store_true", help="cho mở dữ liệu giả định ra mạng")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
