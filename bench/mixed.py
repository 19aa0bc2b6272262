"""A working day in a minute: sixteen people of different roles at one server, as their browsers ask it.

Each opens the board (60 of a hundred), the front page or a duty every second or so, half of it with the validator of
the page they hold; each open board asks for changes every 3.5 s; somebody moves a duty every second, somebody adds a
file every five. Then eight of them go on without a pause, while duties are still moved: the pages a second that the
server can give. `run.py bench --parts mixed` measures the product; with `--peer URL`, as `python -m bench.mixed URL`,
only the reads are sent, to a server that runs already.
"""

import argparse
import math
import os
import random
import re
import threading
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.accounts.sample_accounts import listed
from bench import server, workday
from bench.load import OK, Client, request

MOVERS, GIVERS = ("lan", "binh", "yen"), ("mai", "nam")
_FILE_BYTES = 200_000
_BEGINNING = 20_000  # bytes of a board within which it says as of when it is
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_ETAG = re.compile(rb"^etag: (.+?)\r?$", re.IGNORECASE | re.MULTILINE)
_X_SINCE = re.compile(rb"^x-since: (.+?)\r?$", re.IGNORECASE | re.MULTILINE)
_SINCE = re.compile(rb'data-since="([^"]+)"')
_PAGE_OF = re.compile(rb'data-page-of="([^"]+)"')
_CARD = re.compile(rb"/cards/(\d+)")
_START = re.compile(rb'formaction="/cards/(\d+)/placement\?[^"]*?deed=start&amp;version=(\d+)')
_KEY = re.compile(rb'name="document_key" value="([^"]+)"')

Answer = tuple[int, bytes, bytes]


@dataclass
class Timings:
    """Seconds by kind of request, and what went wrong; several threads write."""

    taken: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def count(self) -> int:
        return sum(map(len, self.taken.values()))

    def of(self, kind: str, send: Callable[[], Answer]) -> Answer:
        """The answer to one request, its time noted under `kind` and, without a body, its status."""
        began = time.perf_counter()
        answer = send()
        took, status = time.perf_counter() - began, answer[0]
        with self.lock:
            if status in OK:
                self.taken[f"{kind} {status}" if status in (204, 304) else kind].append(took)
            else:
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
        own = self.get(f"/board?plan={plan}")[2]
        self.movable = {int(card): int(version) for card, version in _START.findall(own)}
        self.own = {int(card) for card in _CARD.findall(own)}
        self.begun: set[int] = set()
        self.get(self.board)
        page = self.get(self.board)[2]  # the filters are kept in a cookie by now, as in a browser
        self.since, self.page_of = _first(_SINCE, page), _first(_PAGE_OF, page)
        self.cards = sorted({int(card) for card in _CARD.findall(page)})

    def open(self, page: workday.Page, chance: random.Random) -> None:
        """Open a page as a browser does: compressed, and with the validator of what it holds where it is to."""
        path = {"board": self.board, "home": "/"}.get(page.kind) or f"/cards/{chance.choice(self.cards)}"
        held = {"If_None_Match": self.etags[path]} if page.held and path in self.etags else {}
        asked = self.asking(path, Accept_Encoding="gzip", **held)
        kind = f"{page.kind} (If-None-Match)" if held else page.kind
        _status, head, body = self.timings.of(kind, lambda: self.client.send(asked))
        if etag := _first(_ETAG, head):
            self.etags[path] = etag
        if page.kind == "board" and body:
            self.since = _first(_SINCE, _beginning(head, body)) or self.since

    def poll(self) -> None:
        """Ask what changed, as an open board does."""
        told = {"HX_Request": "true", "X_Page_Of": self.page_of, "Accept_Encoding": "gzip"}
        asked = self.asking(self.changes + self.since, **told)
        head = self.timings.of("poll", lambda: self.polling.send(asked))[1]
        self.since = _first(_X_SINCE, head) or self.since

    def move(self, chance: random.Random) -> None:
        """Start a duty, or take that back."""
        card = chance.choice(sorted(self.movable))
        deed, to = ("unstart", "todo") if card in self.begun else ("start", "doing")
        path = f"/cards/{card}/placement?deed={deed}&to={to}&version={self.movable[card]}&next=board"
        htmx = {"HX_Request": "true", "HX_Request_Type": "partial", "HX_Current_URL": self.url + self.board}
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        raw = request(self.url + path, method="POST", body=f"csrf_token={self.token}".encode(), **kind, **htmx)
        if self.timings.of("move", lambda: self.writing.send(raw))[0] in OK:
            self.movable[card] += 1
            self.begun ^= {card}

    def upload(self, card: int, chance: random.Random) -> None:
        """A signed report of 200 kB, as the form without scripts sends it."""
        key = _first(_KEY, self.writing.send(self.asking(f"/cards/{card}"))[2])
        fields = {"csrf_token": self.token, "document_key": key, "kind": "report", "summary": "Báo cáo",
                  "number": f"{chance.randrange(10_000)}/BC"}  # fmt: skip
        raw = self._multipart(f"/cards/{card}/evidence", fields, b"%PDF-1.7\n" + chance.randbytes(_FILE_BYTES))
        self.timings.of("upload", lambda: self.writing.send(raw))

    def takes_documents(self, card: int) -> bool:
        """Whether the page of this duty has the form for documents."""
        return bool(_first(_KEY, self.get(f"/cards/{card}")[2]))

    def _multipart(self, path: str, fields: dict[str, str], data: bytes) -> bytes:
        mark = "bdg-mixed-bench"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        named = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="bao-cao.pdf"\r\n\r\n'
        body = "".join(parts).encode() + named.encode() + data + f"\r\n--{mark}--\r\n".encode()
        kind = {"Content_Type": f"multipart/form-data; boundary={mark}", "Cookie": self.cookie}
        return request(self.url + path, method="POST", body=body, **kind)


class Writers:
    """Those who write on the measured day, and on which duties; somebody with two browsers writes in one."""

    def __init__(self, people: Sequence[Colleague]) -> None:
        by_name = {person.username: person for person in people}
        self.movers = [by_name[name] for name in MOVERS if by_name[name].movable]
        moved = {card for person in self.movers for card in person.movable}
        self.provable = [
            (by_name[name], card)
            for name in GIVERS
            for card in workday.to_prove(by_name[name].own, moved)
            if by_name[name].takes_documents(card)
        ]
        if not self.movers or not self.provable:
            raise SystemExit("Không còn nhiệm vụ để chuyển hoặc để nộp văn bản: hãy đo trên dữ liệu giả định mới.")

    def move(self, chance: random.Random) -> None:
        chance.choice(self.movers).move(chance)

    def upload(self, chance: random.Random) -> None:
        person, card = chance.choice(self.provable)
        person.upload(card, chance)


def measure(url: str, plan: int, *, seconds: float, pid: int | None = None, writes: bool = True) -> None:
    """Let the sixteen work for `seconds`, then the readers half as long; print what each kind of request took."""
    timings = Timings()
    names = workday.sixteen([account.username for account in listed()])
    people = [Colleague(url, name, plan, timings) for name in names]
    writers = Writers(people) if writes else None
    _print(f"{len(people)} người", timings, *_spent(pid, lambda until: _work(people, writers, until), seconds))
    reading = Timings()
    for person in people:
        person.timings = reading
    readers = people[: workday.READERS]
    took, used = _spent(pid, lambda until: _read_on(readers, writers, until), seconds / 2)
    _print(f"{len(readers)} người đọc liên tục", reading, took, used)
    if pid is not None:
        print(f"PSS sau khi đo {server.memory(pid):.0f} MiB")


def _spent(pid: int | None, deed: Callable[[float], None], seconds: float) -> tuple[float, float]:
    """Seconds that `deed` took, who is told when to end, and processor seconds of the server."""
    used, began = _cpu_seconds(pid), time.perf_counter()
    deed(began + seconds)
    return time.perf_counter() - began, _cpu_seconds(pid) - used


def _print(title: str, timings: Timings, took: float, used: float) -> None:
    print(f"{title:34} {'số':>8} {'p50 ms':>8} {'p95':>8} {'p99':>8}")
    for line in workday.told(timings.taken):
        print(f"{line.kind:34} {line.count:8} {line.p50:8.1f} {line.p95:8.1f} {line.p99:8.1f}")
    each = 1_000 * used / max(1, timings.count)
    cpu = "" if math.isnan(used) else f"; CPU máy chủ {used:.1f} s, {each:.1f} ms mỗi yêu cầu"
    print(f"{timings.count / took:.1f} yêu cầu một giây trong {took:.0f} s{cpu}; lỗi: {dict(timings.wrong) or 'không'}")


def _work(people: Sequence[Colleague], writers: Writers | None, until: float) -> None:
    loops: list[Callable[[], None]] = []
    for number, person in enumerate(people):
        loops += [_pages(person, until, number, workday.THINK_S), _polls(person, until, number)]
    if writers:
        loops += [_writes(writers.move, workday.MOVE_S, until), _writes(writers.upload, workday.UPLOAD_S, until)]
    _together(loops)


def _read_on(readers: Sequence[Colleague], writers: Writers | None, until: float) -> None:
    loops = [_pages(person, until, number, (0, 0)) for number, person in enumerate(readers)]
    _together(loops + ([_writes(writers.move, workday.MOVE_S, until)] if writers else []))


def _pages(person: Colleague, until: float, seed: int, pause_s: tuple[float, float]) -> Callable[[], None]:
    def loop() -> None:
        chance = random.Random(seed)
        for page in workday.pages(chance):
            if not _sleep_until(time.perf_counter() + chance.uniform(*pause_s), until):
                return
            person.open(page, chance)

    return loop


def _polls(person: Colleague, until: float, seed: int) -> Callable[[], None]:
    def loop() -> None:
        pause_s = random.Random(seed).uniform(0, workday.POLL_S)  # boards were opened at different moments
        while _sleep_until(time.perf_counter() + pause_s, until):
            person.poll()
            pause_s = workday.POLL_S

    return loop


def _writes(deed: Callable[[random.Random], None], every_s: float, until: float) -> Callable[[], None]:
    def loop() -> None:
        chance, began = random.Random(0), time.perf_counter()
        for beat in workday.beats(every_s, until - began):
            if not _sleep_until(began + beat, until):
                return
            deed(chance)

    return loop


def _sleep_until(moment: float, end: float) -> bool:
    """Sleep until `moment`, no longer than until `end`: whether the day still goes on."""
    time.sleep(max(0.0, min(moment, end) - time.perf_counter()))
    return time.perf_counter() < end


def _together(loops: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=loop) for loop in loops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _first(pattern: re.Pattern[bytes], text: bytes) -> str:
    found = pattern.search(text)
    return found[1].decode() if found else ""


def _beginning(head: bytes, body: bytes) -> bytes:
    """The first part of a page as it was before it was compressed."""
    if b"content-encoding: gzip" not in head.lower():
        return body[:_BEGINNING]
    return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, _BEGINNING)


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
