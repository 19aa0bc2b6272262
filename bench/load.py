"""A closed loop of clients with kept connections: requests a second, exact percentiles, bytes. Loopback or a peer."""

import math
import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

OK = frozenset({200, 204, 303, 304})
_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Measured:
    """What a run showed. Times are milliseconds; `size` is the body of the last answer as it came over the wire."""

    per_second: float
    p50: float
    p95: float
    size: int
    failed: int


class Client:
    """One kept connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self._socket = self._open()

    def _open(self) -> socket.socket:
        opened = socket.create_connection((self.host, self.port), timeout=60)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def send(self, raw: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer to one request."""
        try:
            return self._exchange(raw)
        except (ConnectionError, ValueError):
            self._socket.close()
            self._socket = self._open()
            return self._exchange(raw)

    def _exchange(self, raw: bytes) -> tuple[int, bytes, bytes]:
        self._socket.sendall(raw)
        got = self._socket.recv(65_536)
        while _END not in got:
            more = self._socket.recv(65_536)
            if not more:
                raise ConnectionError
            got += more
        head, _end, body = got.partition(_END)
        status = int(head.split(None, 2)[1])
        return status, head, self._body(head.lower(), body, status)

    def _body(self, head: bytes, body: bytes, status: int) -> bytes:
        if b"transfer-encoding: chunked" in head:
            while not body.endswith(b"0" + _END):
                body += self._socket.recv(65_536)
            return body
        where = head.find(b"content-length: ")
        length = 0 if status in (204, 304) or where < 0 else int(head[where + 16 :].split(b"\r\n", 1)[0])
        parts, held = [body], len(body)
        while held < length:
            parts.append(self._socket.recv(262_144))
            held += len(parts[-1])
        return b"".join(parts)

    def close(self) -> None:
        self._socket.close()


def request(url: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> bytes:
    """A request as it goes over the wire; `headers` with _ for -."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"{method} {path} HTTP/1.1", f"Host: {parts.netloc}", "User-Agent: bench"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines)).encode() + _END + body


def run(url: str, raw: bytes, *, clients: int, seconds: float) -> Measured:
    """Send `raw` again and again from `clients` connections for `seconds`."""
    times: list[float] = []
    sizes, failed = [0], [0]
    until = time.perf_counter() + seconds

    def one() -> None:
        client, mine = Client(url), []
        while (began := time.perf_counter()) < until:
            status, _head, body = client.send(raw)
            mine.append(time.perf_counter() - began)
            sizes[0] = len(body)
            failed[0] += status not in OK
        client.close()
        times.extend(mine)

    threads = [threading.Thread(target=one) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    ordered = sorted(times)
    return Measured(
        per_second=len(ordered) / took,
        p50=percentile(ordered, 0.5),
        p95=percentile(ordered, 0.95),
        size=sizes[0],
        failed=failed[0],
    )


def percentile(ordered: list[float], share: float) -> float:
    """Milliseconds that `share` of the times (seconds, in order) do not exceed; nan for none."""
    return 1_000 * ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else float("nan")
