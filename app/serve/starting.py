"""The product as it is shipped: schema, sample where wanted, then waitress, stopped cleanly by a signal."""

import argparse
import gc
import ipaddress
import logging
import os
import signal
import sys
from types import FrameType

from flask import Flask

from app import config
from app.accounts.operations import first_admin
from app.core.change import request_id
from app.core.database import DatabaseTrouble
from app.deployment import belonging, opening, starting
from app.deployment.settings import is_served, note_serving
from app.extensions import db
from app.organisation import settings
from app.serve.listening import Listening


def serve(asked: argparse.Namespace) -> None:
    """Serve on the address asked for until told to stop (Ctrl+C or SIGTERM)."""
    try:
        starting.require_address(asked.host, asked.port)
        app = prepare(asked)
        note_serving(app.extensions["bdg"].data, asked.host, asked.port)
    except config.ConfigError as error:
        sys.exit(str(error))
    except (OSError, DatabaseTrouble) as error:
        told = starting.sentence(error)
        if told is None:
            raise
        sys.exit(told)
    server = Listening(app, asked.host, asked.port, proxies=app.extensions["bdg"].proxies)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no event
    with app.app_context():
        settings.load()  # what the door knows of them before anybody has asked for a page
    signal.signal(signal.SIGTERM, _stop)
    gc.freeze()  # what stands by now stays: later searches for garbage pass it over
    gc.set_threshold(5_000, 20, 50)  # measured: a page makes thousands of things that are gone when it is sent
    gc.enable()
    _say(f"Bảng BĐG: http://{asked.host}:{asked.port}/  (Ctrl+C để dừng)")
    try:
        server.run()
    finally:
        with app.app_context():
            db.engine.dispose()  # the last connection folds the write-ahead log of SQLite into its file


def prepare(asked: argparse.Namespace) -> Flask:
    """The application with its schema, and its sample or its first administrator's code.

    `--sample` makes one where there is nothing yet; it never enters a folder or a database that holds anything. Raises
    `ConfigError` where a sample would be reached from a network without the flag that says so, where the server would
    be open to strangers, and where what is asked does not fit the data.
    """
    opening.keep_private()
    data = config.data_folder()
    is_sample = config.is_sample(data)
    starting.require_safe(data, os.environ, is_sample=is_sample or asked.sample)
    settings = config.from_environment()
    if asked.no_sample and is_sample:
        raise config.ConfigError(f"{data} chứa dữ liệu giả định; chọn thư mục khác bằng --data.")
    if asked.reset_sample:
        _forget_sample(settings, asked)
    if is_sample or asked.reset_sample or (asked.sample and _is_new(settings)):
        _require_loopback(asked)
        return _with_sample(settings)
    starting.require_safe(data, os.environ, is_sample=False)
    app = opening.open_installation(settings)
    _warn(belonging.behind(app))
    _tell_first_admin(app, asked)
    return app


def _with_sample(settings: config.Config) -> Flask:
    from app.sample.build import make_or_open  # late: a real installation never needs it

    return make_or_open(settings)


def _is_new(settings: config.Config) -> bool:
    """Whether there is no database yet: one that is there, be it empty, is somebody's."""
    from app.sample.build import has_database

    return not has_database(settings)


def _warn(sentence: str | None) -> None:
    if sentence is not None:
        logging.getLogger("bdg.serving").warning("%s", sentence)
        _say(sentence)


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


def _forget_sample(settings: config.Config, asked: argparse.Namespace) -> None:
    """Empty the folder of a sample, but for its key; everything that forbids it is asked before anything is gone."""
    from app.sample import clearing

    if not settings.is_sample:
        raise config.ConfigError(f"{settings.data} không phải dữ liệu giả định nên không làm lại.")
    if os.environ.get("BDG_DATABASE_URL"):
        raise config.ConfigError("Với BDG_DATABASE_URL, hãy tạo cơ sở dữ liệu trống rồi khởi động lại.")
    _require_loopback(asked)
    if is_served(settings.data):
        raise config.ConfigError(
            f"Máy chủ đang chạy trên {settings.data}: dừng máy chủ đó rồi làm lại dữ liệu giả định."
        )
    clearing.clear(settings)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stop(_signal: int, _frame: FrameType | None) -> None:
    request_id.set("")
    raise SystemExit(0)  # what is in hand comes to its end: Listening.run


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
