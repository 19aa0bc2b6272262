"""A working day in a minute: sixteen people of different roles at one server, as their browsers ask it.

Each opens the board (60 of a hundred), the front page or a duty every second or so, half of it with the validator of
the page they hold; each open board asks for changes every 3.5 s; somebody moves a duty every second, somebody adds a
file every five. Then as many readers as asked for go on without a pause: the pages a second that the server can give.
`run.py bench --parts mixed` measures the product; `python -m bench.mixed URL` a server that runs already, whose pages
may be moved and written to only if it is a sample.
"""

import argparse
import os
import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.accounts.sample_accounts import listed
from bench import server
from bench.load import OK, Client, percentile, request

PEOPLE, READERS = 16, 8
POLL_S, MOVE_S, UPLOAD_S = 3.5, 1.0, 5.0
THINK_S = (0.5, 1.5)
SHARES = (("board", 0.6), ("home", 0.2), ("duty", 0.2))
MOVERS, GIVERS = ("lan", "binh", "yen"), ("mai", "nam")
_FILE_BYTES = 200_000
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_ETAG = re.compile(rb"^etag: (.+?)\r?$", re.IGNORECASE | re.MULTILINE)
_SINCE = re.compile(rb'data-since="([^"]+)"')
_CARD = re.compile(rb"/cards/(\d+)")
_START = re.compile(rb'formaction="/cards/(\d+)/placement\?[^"]*?deed=start&amp;version=(\d+)')
_KEY = re.compile(rb'name="document_key" value="([^"]+)"')


@dataclass
class Timings:
    """Seconds by kind of request, and what went wrong; several threads write."""

    taken: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, kind: str, send: Callable[[], tuple[int, bytes, bytes]]) -> tuple[int, bytes, bytes]:
        """The answer to one request, its time noted under `kind` and, without a body, its status."""
        began = time.perf_counter()
        answer = send()
        took, status = time.perf_counter() - began, answer[0]
        with self.lock:
            self.taken[f"{kind} {status}" if status in (204, 304) else kind].append(took)
            if status not in OK | {201}:
                self.wrong[f"{kind}: {status}"] += 1
        return answer


class Colleague(server.Person):
    """One of the sixteen, with a connection for each thing that a browser does at once."""

    def __init__(self, url: str, username: str, plan: int, timings: Timings) -> None:
        super().__init__(url, username, f"mau-bdg-{username}")
        self.username, self.timings = username, timings
        self.polling, self.writing = Client(url), Client(url)
        self.etags: dict[str, str] = {}
        self.board = f"/board?plan={plan}&unit="
        self.changes = f"/board/changes?plan={plan}&unit=&since="
        self.get(self.board)
        page = self.get(self.board)[2]  # the filters are kept in a cookie by now, as in a browser
        self.since, self.cards = _first(_SINCE, page), [int(card) for card in set(_CARD.findall(page))]
        own = self.get(f"/board?plan={plan}")[2]
        self.movable = {int(card): int(version) for card, version in _START.findall(own)}
        self.own = [int(card) for card in set(_CARD.findall(own))]
        self.get(self.board)
        self.begun: set[int] = set()

    def read(self, kind: str, path: str, *, validate: bool) -> None:
        headers = {"If_None_Match": self.etags[path]} if validate and path in self.etags else {}
        name = f"{kind} (If-None-Match)" if headers else kind
        _status, head, body = self.timings.of(name, lambda: self.client.send(self.asking(path, **headers)))
        if found := _ETAG.search(head):
            self.etags[path] = found[1].decode()
        if kind == "board" and body:
            self.since = _first(_SINCE, body) or self.since

    def look(self, chance: random.Random) -> None:
        """One page, as often each as their shares say."""
        kind = chance.choices([name for name, _ in SHARES], [share for _, share in SHARES])[0]
        path = {"board": self.board, "home": "/"}.get(kind) or f"/cards/{chance.choice(self.cards)}"
        self.read(kind, path, validate=chance.random() < 0.5)  # noqa: PLR2004  half of the pages are held already

    def poll(self, _chance: random.Random) -> None:
        """Ask what changed, as an open board does."""
        asked = self.asking(self.changes + self.since, HX_Request="true")
        head = self.timings.of("poll", lambda: self.polling.send(asked))[1]
        found = re.search(rb"^x-since: (.+?)\r?$", head, re.IGNORECASE | re.MULTILINE)
        self.since = found[1].decode() if found else self.since

    def move(self, chance: random.Random) -> None:
        """Start a duty or take that back; nothing where somebody else has moved it meanwhile."""
        card = chance.choice(sorted(self.movable))
        deed, to = ("unstart", "todo") if card in self.begun else ("start", "doing")
        path = f"/cards/{card}/placement?deed={deed}&to={to}&version={self.movable[card]}&next=board"
        htmx = {"HX_Request": "true", "HX_Request_Type": "partial", "HX_Current_URL": self.url + self.board}
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        raw = request(self.url + path, method="POST", body=f"csrf_token={self.token}".encode(), **kind, **htmx)
        if self.timings.of("move", lambda: self.writing.send(raw))[0] in OK:
            self.movable[card] += 1
            self.begun ^= {card}

    def upload(self, chance: random.Random) -> None:
        """A signed report of 200 kB, as the form without scripts sends it."""
        card = chance.choice(self.own)
        page = self.writing.send(self.asking(f"/cards/{card}"))[2]
        key = _first(_KEY, page)
        if key:
            fields = {"csrf_token": self.token, "document_key": key, "kind": "report", "summary": "Báo cáo",
                      "number": f"{chance.randrange(10_000)}/BC"}  # fmt: skip
            raw = self._multipart(f"/cards/{card}/evidence", fields, b"%PDF-1.7\n" + chance.randbytes(_FILE_BYTES))
            self.timings.of("upload", lambda: self.writing.send(raw))

    def _multipart(self, path: str, fields: dict[str, str], data: bytes) -> bytes:
        mark = "bdg-mixed-bench"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        named = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="bao-cao.pdf"\r\n\r\n'
        body = "".join(parts).encode() + named.encode() + data + f"\r\n--{mark}--\r\n".encode()
        kind = {"Content_Type": f"multipart/form-data; boundary={mark}", "Cookie": self.cookie}
        return request(self.url + path, method="POST", body=body, **kind)


def measure(url: str, plan: int, *, seconds: float, pid: int | None = None, writes: bool = True) -> None:
    """Let the sixteen work for `seconds`, then the readers; print a line for each kind of request."""
    names = [account.username for account in listed()]
    timings = Timings()
    people = [Colleague(url, names[number % len(names)], plan, timings) for number in range(PEOPLE)]
    before, began = _cpu_seconds(pid), time.perf_counter()
    _work(people, seconds, writes=writes)
    took, used = time.perf_counter() - began, _cpu_seconds(pid) - before
    print(f"{'16 người':34} {'số':>8} {'p50 ms':>8} {'p95':>8} {'p99':>8}")
    for kind, taken in sorted(timings.taken.items()):
        ordered = sorted(taken)
        figures = " ".join(f"{percentile(ordered, share):8.1f}" for share in (0.5, 0.95, 0.99))
        print(f"{kind:34} {len(ordered):8} {figures}")
    print(f"lỗi: {dict(timings.wrong) or 'không'}; CPU máy chủ {used:.1f} s trong {took:.0f} s")
    reading = Timings()
    for person in people:
        person.timings = reading
    readers, began = people[:READERS], time.perf_counter()
    _together([_pages(person, began + seconds / 2) for person in readers])
    count, took = sum(map(len, reading.taken.values())), time.perf_counter() - began
    print(f"{READERS} người đọc liên tục: {count / took:.0f} trang một giây; lỗi: {dict(reading.wrong) or 'không'}")
    if pid is not None:
        print(f"PSS sau khi đo {server.memory(pid):.0f} MiB")


def _work(people: list[Colleague], seconds: float, *, writes: bool) -> None:
    until = time.perf_counter() + seconds
    by_name = {person.username: person for person in people}  # somebody with two browsers writes in one
    movers = [by_name[name] for name in MOVERS if by_name[name].movable]
    givers = [by_name[name] for name in GIVERS]
    loops = [_every(THINK_S, until, person.look, n) for n, person in enumerate(people)]
    loops += [_every((POLL_S, POLL_S), until, person.poll, n) for n, person in enumerate(people)]
    if writes and not movers:
        raise SystemExit("Không có nhiệm vụ nào chưa bắt đầu để chuyển: hãy đo trên dữ liệu giả định mới.")
    if writes:
        loops.append(_every((MOVE_S, MOVE_S), until, lambda chance: chance.choice(movers).move(chance), 0))
        loops.append(_every((UPLOAD_S, UPLOAD_S), until, lambda chance: chance.choice(givers).upload(chance), 0))
    _together(loops)


def _every(
    pause_s: tuple[float, float], until: float, deed: Callable[[random.Random], None], seed: int
) -> Callable[[], None]:
    def loop() -> None:
        chance = random.Random(seed)
        while time.perf_counter() < until:
            time.sleep(chance.uniform(*pause_s))
            deed(chance)

    return loop


def _pages(person: Colleague, until: float) -> Callable[[], None]:
    def loop() -> None:
        chance = random.Random(person.username)
        while time.perf_counter() < until:
            person.look(chance)

    return loop


def _together(loops: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=loop) for loop in loops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _first(pattern: re.Pattern[bytes], text: bytes) -> str:
    found = pattern.search(text)
    return found[1].decode() if found else ""


def _cpu_seconds(pid: int | None) -> float:
    """Processor seconds of a process and of those it waited for; nan where unknown."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return sum(map(int, told[11:15])) / _TICKS


def main() -> None:
    """Measure a server that runs already."""
    parser = argparse.ArgumentParser(prog="python -m bench.mixed", description="Đo một máy chủ đang chạy.")
    parser.add_argument("url", help="địa chỉ, chỉ đọc")
    parser.add_argument("--plan", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    measure(asked.url.rstrip("/"), asked.plan, seconds=asked.seconds, writes=False)


if __name__ == "__main__":
    main()
