"""The server as it is shipped: stopped cleanly by a signal, and told by its proxy who is there."""

import errno
import http.cookiejar
import json
import platform
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.serve import __main__, allocator, starting

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


@pytest.fixture
def server(tmp_path, request):
    """The product without a sample on a free port: (process, its address, what it said); settings by parameter."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "app.serve", "--no-sample", "--port", str(port)],
        cwd=ROOT,
        env={"BDG_DATA": str(tmp_path), "PATH": "", "PYTHONUNBUFFERED": "1"} | getattr(request, "param", {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process, f"http://127.0.0.1:{port}", process.stdout.readline(), process.stdout.readline()
    process.kill()
    process.communicate()


class Staying(urllib.request.HTTPRedirectHandler):
    """Does not go where it is sent: the server may be gone by then."""

    def redirect_request(self, *_arguments):
        return None


def opener():
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), Staying())


def read(browser, url, form=None, **headers):
    """(status, text) of the answer."""
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        answer = browser.open(urllib.request.Request(url, data, headers), timeout=PATIENCE_S)
    except urllib.error.HTTPError as other:
        answer = other
    with answer:
        return answer.status, answer.read().decode()


def token_in(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


@pytest.mark.parametrize(
    ("server", "counted"),
    [({}, "address:127.0.0.1"), ({"BDG_PROXIES": "1"}, "address:203.0.113.7")],
    indirect=["server"],
)
def test_guessing_is_counted_at_the_address_that_a_configured_proxy_tells(server, tmp_path, counted):
    _process, address, *_ = server
    browser = opener()
    form = {"csrf_token": token_in(read(browser, f"{address}/login")[1]), "username": "lan", "password": "sai"}
    forwarded = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    assert read(browser, f"{address}/login", form, **forwarded)[0] == 422
    with closing(sqlite3.connect(tmp_path / "bdg.sqlite3")) as database:
        keys = {key for (key,) in database.execute("SELECT key FROM login_failure")}
    assert keys == {"account:lan", counted}


def test_a_signal_ends_it_when_the_request_in_hand_is_answered(server, tmp_path):
    process, address, invitation, started = server
    code = re.search(r"code=([0-9a-f]{16})", invitation)[1]
    assert address in started
    browser, told = opener(), []
    _, page = read(browser, f"{address}/first-administrator?code={code}")
    form = {
        "csrf_token": token_in(page),
        "code": code,
        "name": "Ngô Quang Trí",
        "username": "quan-tri",
        "password": "một mật khẩu đủ dài",
        "password_again": "một mật khẩu đủ dài",
    }
    writer = sqlite3.connect(tmp_path / "bdg.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")  # the request must wait
    sent = threading.Thread(target=lambda: told.append(read(browser, f"{address}/first-administrator", form)))
    sent.start()
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert process.poll() is None, "the request was dropped"
    writer.execute("ROLLBACK")
    writer.close()
    assert process.wait(timeout=PATIENCE_S) == 0
    sent.join()
    assert [status for status, _text in told] == [303]
    lines = [json.loads(line) for line in (tmp_path / "log" / "bdg.log").read_text(encoding="utf-8").splitlines()]
    assert [line["status"] for line in lines if line.get("path") == "/first-administrator"] == [200, 303]
    assert "ERROR" not in {line["level"] for line in lines}


def test_it_stops_as_cleanly_when_nothing_is_in_hand(server):
    process, address, *_ = server
    read(opener(), f"{address}/healthz")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE_S) == 0


def starts(*arguments, **variables):
    """(exit code, what it said to the operator) of a server that cannot start."""
    done = subprocess.run(
        [sys.executable, "-m", "app.serve", "--no-sample", *arguments],
        cwd=ROOT,
        env={"PATH": "", **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stderr


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, told = starts("--port", str(taken.getsockname()[1]), BDG_DATA=str(tmp_path / "data"), PYTHONUTF8="1")
    assert (code, told.count("\n")) == (1, 1)
    assert "đang có chương trình khác dùng" in told
    assert not (tmp_path / "data").exists(), "something was made for nothing"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left", "/data/bdg"), "Đĩa đã đầy nên không ghi được /data/bdg"),
        (OSError(errno.EACCES, "Permission denied", "/data"), "Không ghi được /data (Permission denied)"),
        (OSError(errno.EROFS, "Read-only file system", "/data"), "Không ghi được /data"),
        (OperationalError("x", {}, sqlite3.OperationalError("database or disk is full")), "database or disk is full"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told_in_one_line(monkeypatch, error, sentence):
    def fail(_asked):
        raise error

    monkeypatch.setattr(starting, "prepare", fail)
    with pytest.raises(SystemExit) as ended:
        __main__.main(["--port", "0"])
    assert sentence in ended.value.code
    assert "\n" not in ended.value.code


def test_a_data_folder_that_is_a_file_is_told_in_one_line(tmp_path):
    (tmp_path / "data").touch()
    code, told = starts("--port", "0", BDG_DATA=str(tmp_path / "data"), PYTHONUTF8="1")
    assert (code, told.count("\n")) == (1, 1)
    assert f"Không ghi được {tmp_path / 'data'}" in told


def test_the_bounds_of_memory_are_set_where_there_are_such_and_nothing_fails_elsewhere(monkeypatch):
    there = platform.libc_ver()[0] == "glibc"
    done = subprocess.run([sys.executable, "-c", "from app.serve import allocator; print(allocator.keep_little())"],
                          cwd=ROOT, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.strip() == str(there)
    monkeypatch.setattr(allocator.ctypes, "CDLL", lambda _name: object())
    assert allocator.keep_little() is False
