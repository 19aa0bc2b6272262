"""A real server process that can be killed at any moment, and a browser that keeps sending files to it."""

import hashlib
import http.cookiejar
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WHO, PASSWORD = "mai", "mau-bdg-mai"
PATIENCE_S = 240
# What a server does first is read its own code: the next one has done so before it is needed.
_SERVER = """
import sys
import app.serve.starting, app.factory
from app.serve.__main__ import main
sys.stdin.readline()
main(sys.argv[1:])
"""
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Server:
    """The product on a free port over one data folder; killed without warning, started again."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        self.data, self.kills, self._database_url = data, 0, database_url
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._next = self._load()
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._running, self._next = self._next, self._load()
        assert self._running.stdin is not None
        self._running.stdin.write(b"\n")
        self._running.stdin.close()
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and self._running.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self.data / "server.out").read_text(encoding="utf-8")[-4000:])

    def kill(self) -> None:
        assert self._running is not None
        self._running.send_signal(signal.SIGKILL)
        self._running.wait()
        self.kills += 1

    def end(self) -> None:
        for process in filter(None, (self._running, self._next)):
            process.kill()
            process.wait()
            if process.stdin is not None and not process.stdin.closed:
                process.stdin.close()

    def _load(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", _SERVER, "--sample", "--port", str(self.port)]
        env = {"BDG_DATA": str(self.data), "PATH": "", "PYTHONUNBUFFERED": "1", "BDG_DATABASE_URL": self._database_url}
        with (self.data / "server.out").open("ab") as out:
            return subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=out, stderr=out)


class Browser:
    """One signed-in person who sends forms as the upload script does."""

    def __init__(self, url: str, who: str = WHO, password: str = PASSWORD) -> None:
        self._url, self._who, self._password = url, who, password
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._sign_in()
        self.token = self._token_of("/board")

    def get(self, path: str) -> bytes:
        with self._opener.open(f"{self._url}{path}", timeout=PATIENCE_S) as answer:
            body: bytes = answer.read()
            return body

    def post(self, path: str, fields: dict[str, str], name: str, data: bytes) -> int:
        """The status of the answer; raises `OSError` where the connection broke."""
        boundary = "----bdg" + hashlib.sha256(data).hexdigest()[:24]
        parts = [_field(boundary, key, value) for key, value in fields.items()]
        parts.append(_part(boundary, f'name="files"; filename="{name}"', data))
        request = urllib.request.Request(
            f"{self._url}{path}",
            data=b"".join(parts) + f"--{boundary}--\r\n".encode(),
            headers={
                "Content-Type": f"multipart/form-data; boundary={boundary}",
                "HX-Request": "true",
                "HX-Request-Type": "partial",
            },
        )
        return self._sent(request)

    def move(self, card_id: int, fields: dict[str, str]) -> int:
        """The status of the answer to a move; raises `OSError` where the connection broke."""
        body = urllib.parse.urlencode({"csrf_token": self.token, "next": "board", **fields}).encode()
        return self._sent(urllib.request.Request(f"{self._url}/cards/{card_id}/placement", data=body))

    def _sent(self, request: urllib.request.Request) -> int:
        try:
            with self._opener.open(request, timeout=PATIENCE_S) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(f"{error.code}: {error.read().decode()[:500]}") from error

    def _sign_in(self) -> None:
        body = urllib.parse.urlencode(
            {"csrf_token": self._token_of("/login"), "username": self._who, "password": self._password}
        ).encode()
        self._opener.open(f"{self._url}/login", data=body, timeout=PATIENCE_S).close()

    def _token_of(self, path: str) -> str:
        found = _TOKEN.search(self.get(path).decode())
        assert found is not None, path
        return found[1]


def _field(boundary: str, name: str, value: str) -> bytes:
    return _part(boundary, f'name="{name}"', value.encode())


def _part(boundary: str, named: str, data: bytes) -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {named}\r\n\r\n".encode() + data + b"\r\n"
