"""Measures the server as it is shipped, on both databases, beside the bare floor: `python3 run.py bench -h`."""

import argparse
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.core import spoken
from bench import chromium, installation, load, mixed, server
from bench.load import Measured

SIZES = (105, 2_000, 10_000)
BOARD_OF_SAMPLE = installation.BOARD_OF_SAMPLE
PARTS = (
    "mixed", "unchanged", "changed", "duty", "move", "search", "workbook", "busy", "browser", "queries", "floor",
)  # fmt: skip
WHO, PASSWORD = "chi", "mau-bdg-chi"
_FSYNCS = 50
_DUTIES = 60  # as many of the sample's are looked at


def main() -> None:
    """Build the installation, serve it, measure the parts asked for and print one table for each database."""
    asked = _parser().parse_args()
    print(f"{os.cpu_count()} nhân, tải máy lúc bắt đầu {os.getloadavg()[0]:.1f}; fsync {fsync_ms():.2f} ms")
    if asked.peer:
        if "mixed" in asked.parts:
            mixed.measure(asked.peer.rstrip("/"), 1, seconds=asked.mixed_seconds, writes=False)
        return Session(asked.peer, asked, {105: 1}, {}).print("máy chủ khác")
    for kind in asked.databases:
        _measure_database(kind, asked)
    if "floor" in asked.parts:
        _measure_floor(asked)
    print(f"tải máy lúc kết thúc {os.getloadavg()[0]:.1f}")
    return None


def _measure_database(kind: str, asked: argparse.Namespace) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bdg-bench-"))
    postgres = _postgres() if kind == "postgres" else None
    url = postgres.create_database("bench") if postgres else f"sqlite:///{folder / 'bdg.sqlite3'}"
    try:
        boards = installation.build(folder, url, tuple(asked.sizes))
        settings = {"BDG_DATA": str(folder), "BDG_DATABASE_URL": url}
        with server.serving("-m", "app.serve", "--port", "{port}", **settings) as (address, pid, cold):
            idle = server.memory(pid)
            session = Session(address, asked, boards.plans, boards.cards)
            if "mixed" in asked.parts:
                print(f"\n== {kind}: một ngày làm việc")
                mixed.measure(address, boards.plans[BOARD_OF_SAMPLE], seconds=asked.mixed_seconds, pid=pid)
            session.print(kind)
            print(
                f"  khởi động nguội {cold:.2f} s; PSS lúc nghỉ {idle:.0f} MiB, sau khi đo {server.memory(pid):.0f} MiB"
            )
        if "queries" in asked.parts:
            _print_queries(folder, url, boards.plans)
    finally:
        if postgres:
            postgres.stop()


def _postgres() -> Any:
    from tests.postgres import start  # late: a run on SQLite alone needs no server

    return start(durable=True)


class Session:
    """The coordinating office, signed in to one server, and what is measured for it."""

    def __init__(self, url: str, asked: argparse.Namespace, plans: dict[int, int], cards: dict[int, int]) -> None:
        self.url, self.asked, self.plans, self.cards = url, asked, plans, cards
        self.person = server.Person(url, asked.user, asked.password)

    def print(self, title: str) -> None:
        """The table of one server; nothing where none of its parts was asked for."""
        if not any(hasattr(self, f"_{part}") for part in self.asked.parts):
            return
        print(f"\n== {title}\n{'':34} {'1: p50':>8} {'p95':>8} {'/s':>7} {'8: p50':>8} {'p95':>8} {'/s':>7}   byte")
        for size, plan in self.plans.items():
            for part in self.asked.parts:
                measure: Callable[[int, int], None] | None = getattr(self, f"_{part}", None)
                if measure:
                    measure(size, plan)

    def _unchanged(self, size: int, plan: int) -> None:
        path = f"/board?plan={plan}&unit="
        self._line(f"bảng {size} chưa đổi (304)", path, If_None_Match=self.person.etag(path))

    def _changed(self, size: int, plan: int) -> None:
        """The board right after a change by somebody, each time."""
        if size in self.cards:
            path = f"/board?plan={plan}&unit="
            self.person.get(path)  # the filters are kept in a cookie, as in a browser
            move, compressed = partial(self._move_card, size), "gzip, deflate, br, zstd"
            self._once(f"bảng {size} ngay sau một thay đổi", partial(self.person.get, path), before=move)
            packed = partial(self.person.get, path, Accept_Encoding=compressed)
            self._once(f"bảng {size}, nén, ngay sau một thay đổi", packed, before=move)

    def _duty(self, size: int, _plan: int) -> None:
        if size == min(self.plans):
            others = [number for number in range(1, _DUTIES) if number != self.cards.get(size)]  # nobody moves these
            self._once("trang nhiệm vụ, lần đầu", lambda: self.person.get(f"/cards/{others.pop()}"), times=30)

    def _search(self, size: int, _plan: int) -> None:
        if size == min(self.plans):
            for said in ("binh dang gioi", "LHPN", "1"):
                self._line(f"tìm “{said}”", f"/search?q={said.replace(' ', '+')}")

    def _workbook(self, size: int, plan: int) -> None:
        if size == min(self.plans):
            self._once("bảng tính", lambda: self.person.post(f"/plans/{plan}/workbook", {}), times=3)

    def _busy(self, size: int, plan: int) -> None:
        """A board asked for again while another person's workbook is being made."""
        if size == min(self.plans):
            path = f"/board?plan={plan}&unit="
            self.person.get(path)
            raw, stop = self.person.asking(path, Accept_Encoding="gzip, deflate, br, zstd"), threading.Event()
            idle = load.run(self.url, raw, clients=1, seconds=self.asked.seconds)
            maker = threading.Thread(target=self._make_workbooks, args=(plan, stop))
            maker.start()
            busy = load.run(self.url, raw, clients=1, seconds=self.asked.seconds)
            stop.set()
            maker.join()
            print(f"{'bảng trong lúc lập bảng tính':34} p95 {busy.p95:.2f} ms; lúc không lập {idle.p95:.2f} ms")

    def _make_workbooks(self, plan: int, stop: threading.Event) -> None:
        other = server.Person(self.url, self.asked.user, self.asked.password)
        while not stop.is_set():
            other.post(f"/plans/{plan}/workbook", {})

    def _browser(self, size: int, plan: int) -> None:
        seen = chromium.visits(f"{self.url}/board?plan={plan}&unit=", self.person.cookies)
        print(
            f"  Chromium, bảng {size}: lần đầu {seen['first']:.0f} ms, lần hai {seen['second']:.0f} ms, "
            f"JavaScript {seen['script'] / 1000:.1f} kB"
        )

    def _move(self, size: int, _plan: int) -> None:
        if size in self.cards:
            self._once(f"chuyển một nhiệm vụ trên bảng {size}", lambda: self._move_card(size), times=30)

    def _move_card(self, size: int) -> tuple[int, bytes, bytes]:
        card = self.cards[size]
        page = self.person.get(f"/cards/{card}")[2]
        version = re.search(rb'name="version" value="(\d+)"', page)
        forward = b'value="start"' in page
        htmx = {"HX_Request": "true", "HX_Request_Type": "partial",
                "HX_Current_URL": f"{self.url}/board?plan={self.plans[size]}&unit="}  # fmt: skip
        form = {"deed": "start" if forward else "unstart", "version": version[1].decode() if version else "1"}
        began = time.perf_counter()
        answer = self.person.post(
            f"/cards/{card}/placement", htmx, **form, next="board", document_number="01/CV", reason="đo tốc độ"
        )
        self.took = time.perf_counter() - began
        return answer

    def _once(
        self, name: str, deed: Callable[[], Any], *, before: Callable[[], Any] | None = None, times: int = 10
    ) -> None:
        took, size, failed = [], 0, 0
        for _ in range(times):
            if before:
                before()
            self.took, began = 0.0, time.perf_counter()
            status, _head, body = deed()
            took.append((self.took or time.perf_counter() - began) * 1_000)
            size, failed = len(body), failed + (status not in load.OK)
        took.sort()
        note = f"  {failed} lần lỗi" if failed else ""
        print(f"{name:34} {took[len(took) // 2]:8.1f} {took[int(len(took) * 0.95)]:8.1f} {'':33} {size}{note}")

    def _line(self, name: str, path: str, **headers: str) -> None:
        self.person.get(path)
        raw = self.person.asking(path, **headers)
        alone = load.run(self.url, raw, clients=1, seconds=self.asked.seconds)
        eight = load.run(self.url, raw, clients=8, seconds=self.asked.seconds)
        _print_line(name, alone, eight)


def _print_line(name: str, alone: Measured, eight: Measured) -> None:
    note = f"  {alone.failed + eight.failed} lần lỗi" if alone.failed + eight.failed else ""
    print(
        f"{name:34} {alone.p50:8.2f} {alone.p95:8.2f} {alone.per_second:7.0f} "
        f"{eight.p50:8.2f} {eight.p95:8.2f} {eight.per_second:7.0f}   {alone.size}{note}"
    )


def _measure_floor(asked: argparse.Namespace) -> None:
    print("\n== sàn: Flask + SQLite, không đăng nhập, không quyền, 100 nhiệm vụ đầu mỗi cột")
    for size in asked.sizes:
        folder = Path(tempfile.mkdtemp(prefix="bdg-floor-"))
        with server.serving("-m", "bench.floor", str(folder / "floor.sqlite3"), "{port}", str(size)) as (
            url,
            _pid,
            _cold,
        ):
            for path in ("/rendered", "/kept", "/unchanged"):
                raw = load.request(url + path, If_None_Match='"1"')
                runs = [load.run(url, raw, clients=clients, seconds=asked.seconds) for clients in (1, 8)]
                _print_line(f"sàn {size} {path}", *runs)


def _print_queries(folder: Path, url: str, plans: dict[int, int]) -> None:
    """How many statements one board takes when nothing is kept, counted in this process."""
    from sqlalchemy import event

    from app import create_app
    from app.config import Config
    from app.core.lru import forget_all
    from app.extensions import db

    app = create_app(Config(folder, url, (folder / "secret.key").read_text().strip()))
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
    client.post("/login", data={"csrf_token": token and token[1], "username": WHO, "password": PASSWORD})
    said: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_more: said.append(statement))
    for size, plan in plans.items():
        counts = []
        for forget in (forget_all, lambda: None):
            forget()
            said.clear()
            client.get(f"/board?plan={plan}&unit=")
            counts.append(sum(not s.startswith(("BEGIN", "PRAGMA")) for s in said))
        told = "{} lúc chưa giữ gì, {} khi đã giữ các dòng".format(*counts)
        print(f"  truy vấn, bảng {size}: {told}")


def fsync_ms() -> float:
    """The median time in which this machine's disk promises to keep 4 kB."""
    took = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(_FSYNCS):
            file.write(b"x" * 4_096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1_000)
    return sorted(took)[_FSYNCS // 2]


def _parser() -> argparse.ArgumentParser:
    spoken.speak(argparse)
    parser = argparse.ArgumentParser(prog="run.py bench", description="Đo tốc độ của máy chủ như khi dùng thật.")
    parser.add_argument("--quick", action="store_true", help="chỉ SQLite, bảng 105 và 2 000, mỗi lần đo 1 giây")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="các phần cần đo")
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="số nhiệm vụ của từng bảng")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgres"), default=["sqlite", "postgres"])
    parser.add_argument("--seconds", type=float, default=4.0, help="thời gian của mỗi lần đo")
    parser.add_argument("--mixed-seconds", type=float, default=60.0, help="thời gian của một ngày làm việc")
    parser.add_argument("--peer", metavar="URL", help="đo một máy chủ đang chạy thay vì máy chủ của dự án")
    parser.add_argument("--user", default=WHO)
    parser.add_argument("--password", default=PASSWORD)
    parser.set_defaults(**_quick() if "--quick" in sys.argv else {})
    return parser


def _quick() -> dict[str, Any]:
    return {"sizes": [105, 2_000], "databases": ["sqlite"], "seconds": 1.0, "mixed_seconds": 10.0}


if __name__ == "__main__":
    main()
