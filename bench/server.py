"""A server under measurement: the product as it is shipped in a process of its own, or a peer that runs already."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.load import Client, request

ROOT = Path(__file__).resolve().parent.parent
_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_COOKIE = re.compile(rb"^set-cookie: ([^;]+)", re.IGNORECASE | re.MULTILINE)
_MEBI = 1024


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(*command: str, **environment: str) -> Iterator[tuple[str, int, float]]:
    """Run `command` (with {port} put in) until its first answer: its address, process id and seconds to that answer."""
    port = free_port()
    filled = [part.format(port=port) for part in command]
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *filled], cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, process)
        yield url, process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            client = Client(url)
        except OSError:
            time.sleep(0.005)
            continue
        client.send(request(f"{url}/healthz"))
        client.close()
        return
    raise SystemExit("Máy chủ để đo không khởi động được.")


class Person:
    """Somebody signed in by the page, as a browser is: keeps cookies and the token of the forms."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self.url, self.cookies = url, dict[str, str]()
        self.client, self.token = Client(url), ""
        self.get("/login")
        self.post("/login", username=username, password=password)
        self.get("/")

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str, **headers: str) -> tuple[int, bytes, bytes]:
        answer = self.client.send(self.asking(path, **headers))
        self._keep(answer)
        return answer

    def asking(self, path: str, **headers: Any) -> bytes:
        """The request of this person for `path`."""
        return request(self.url + path, Cookie=self.cookie, **headers)

    def post(self, path: str, headers: dict[str, str] | None = None, **form: str) -> tuple[int, bytes, bytes]:
        body = urlencode({"csrf_token": self.token, **form}).encode()
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        answer = self.client.send(request(self.url + path, method="POST", body=body, **kind, **(headers or {})))
        self._keep(answer)
        return answer

    def etag(self, path: str) -> str:
        """The tag under which this person's browser keeps `path`, on the second visit."""
        self.get(path)
        found = re.search(rb"^etag: (.+?)\r?$", self.get(path)[1], re.IGNORECASE | re.MULTILINE)
        return found[1].decode() if found else ""

    def _keep(self, answer: tuple[int, bytes, bytes]) -> None:
        for pair in _COOKIE.findall(answer[1]):
            name, _is, value = pair.decode().partition("=")
            self.cookies[name] = value
        found = _TOKEN.search(answer[2])
        self.token = found[1].decode() if found else self.token


def memory(pid: int) -> float:
    """The proportional share of memory (PSS, MiB) of a process, its files' pages counted once; nan where unknown."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    found = re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)
    return int(found[1]) / _MEBI if found else float("nan")
