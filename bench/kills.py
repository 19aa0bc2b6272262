"""Kill the server without warning, again and again, under uploads and moves; then look whether anything was lost.

`python -m bench.kills [--kills 100] [--databases sqlite postgres] [--seed 1]`; the exit code is 1 where something was.
"""

import argparse
import http.client
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import create_engine, text

from app.core import spoken
from tests.serve.kill_uploads import Upload
from tests.serve.killed_server import PATIENCE_S, ROOT, Browser, Server

UPLOADERS = 3
BETWEEN_KILLS_S = (0.2, 4.0)
DEEDS = {"todo": ("start", "doing"), "doing": ("unstart", "todo")}
CARDS = (
    "SELECT card.id FROM card JOIN unit ON unit.id = card.unit_id JOIN action ON action.id = card.action_id "
    "WHERE unit.short_name = 'Phòng GD&ĐT' AND card.status IN ('todo', 'doing') AND action.kind <> 'standing' "
    "ORDER BY card.id"
)


@dataclass
class Load:
    """What is asked of the server, and what it answered for."""

    server: Server
    engine: Any
    seed: int
    up: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    uploads: list[str] = field(default_factory=list)
    moves: int = 0
    cut_uploads: int = 0
    cut_moves: int = 0

    def upload(self, browser: Browser, number: int, card_id: int) -> None:
        """Send small files to a card, one after the other; one whose answer was cut off is sent again."""
        chosen, turn = random.Random(f"{self.seed}-{number}"), 0
        while not self.done.is_set():
            data, turn = b"%PDF-1.7\n" + chosen.randbytes(chosen.randint(1_000, 200_000)), turn + 1
            fields = {"csrf_token": browser.token, "kind": "report", "number": f"{turn}/BC", "summary": "Báo cáo",
                      "document_key": f"{self.seed}-{number}-{turn}"}  # fmt: skip
            while not self._answered(
                lambda f=fields, d=data: browser.post(f"/cards/{card_id}/evidence", f, "a.pdf", d)
            ):
                self.cut_uploads += 1
                if self.done.is_set():
                    return
            self.uploads.append(Upload(turn, data).sha256)

    def move(self, browser: Browser, card_id: int) -> None:
        """Start a duty and take that back, for ever; a move whose answer was cut off is looked up, not repeated."""
        while not self.done.is_set():
            ((status, version),) = self.rows("SELECT status, version FROM card WHERE id = :id", id=card_id)
            deed, to = DEEDS[status]
            fields = {"deed": deed, "to": to, "version": str(version)}
            if self._answered(partial(browser.move, card_id, fields)):
                self.moves += 1
            else:
                self.cut_moves += 1

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """What the database says, asked past the server."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def _answered(self, send: Any) -> bool:
        try:
            status = send()
        except (OSError, http.client.HTTPException):
            self.up.wait(PATIENCE_S)
            time.sleep(0.05)
            return False
        assert status in (200, 201), status
        return True


def run(data: Path, url: str, *, kills: int, seed: int) -> dict[str, Any]:
    """Make the sample in `data`, load the server, kill it `kills` times, start it once more, and look."""
    server = Server(data, url if url.startswith("postgresql") else "")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        server.start()
        load = Load(server, engine, seed)
        load.up.set()
        (moved,), *others = load.rows(CARDS)
        before = load.rows("SELECT count(*) FROM card_event WHERE card_id = :id", id=moved)[0][0]
        senders = [Browser(server.url) for _ in range(UPLOADERS)]  # signed in before the first kill
        mover = Browser(server.url, "lan", "mau-bdg-lan")
        with ThreadPoolExecutor(UPLOADERS + 1) as pool:
            sent = [pool.submit(load.upload, each, n, others[n % len(others)][0]) for n, each in enumerate(senders)]
            sent.append(pool.submit(load.move, mover, moved))
            try:
                slowest = _kill(load, kills, seed)
            finally:
                load.done.set()
        for each in sent:
            each.result()
        server.kill()
        server.start()
        return _look(load, data, moved, before) | {"slowest restart": round(slowest, 1)}
    finally:
        server.end()
        engine.dispose()


def _kill(load: Load, kills: int, seed: int) -> float:
    chosen, slowest = random.Random(seed), 0.0
    for _ in range(kills):
        time.sleep(chosen.uniform(*BETWEEN_KILLS_S))
        load.up.clear()
        load.server.kill()
        began = time.perf_counter()
        load.server.start()
        slowest = max(slowest, time.perf_counter() - began)
        load.up.set()
    return slowest


def _look(load: Load, data: Path, moved: int, before: int) -> dict[str, Any]:
    stored = Counter(sha for (sha,) in load.rows("SELECT sha256 FROM evidence_file"))
    events = load.rows("SELECT count(*) FROM card_event WHERE card_id = :id", id=moved)[0][0] - before
    return {
        "kills": load.server.kills,
        "uploads answered": len(load.uploads),
        "moves answered": load.moves,
        "cut off": load.cut_uploads + load.cut_moves,
        "uploads lost": sum(stored[sha] == 0 for sha in load.uploads),
        "uploads twice": sum(stored[sha] > 1 for sha in load.uploads),
        "moves lost": max(0, load.moves - events),
        "moves twice": max(0, events - load.moves - load.cut_moves),
        "log broken": _command(load, data, "audit", "verify"),
        "files broken": _command(load, data, "files", "verify"),
    }


def _command(load: Load, data: Path, *words: str) -> int:
    url = load.engine.url.render_as_string(hide_password=False)
    environment = {"BDG_DATA": str(data), "PATH": "", "BDG_DATABASE_URL": url if "postgresql" in url else ""}
    command = [sys.executable, "-c", "from app.cli import main; main()", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    """Run the series on each database; 1 where anything was lost, doubled or broken."""
    spoken.speak(argparse)
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description="Dừng đột ngột máy chủ khi đang ghi.")
    parser.add_argument("--kills", type=int, default=100, help="số lần dừng trên mỗi cơ sở dữ liệu")
    parser.add_argument("--seed", type=int, default=1, help="để lặp lại đúng một loạt")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgres"), default=["sqlite", "postgres"])
    asked, bad = parser.parse_args(), False
    for kind in asked.databases:
        found = _on(kind, asked)
        print(kind, ", ".join(f"{name}: {value}" for name, value in found.items()))
        bad = bad or any(found[name] for name in found if name.split()[-1] in ("lost", "twice", "broken"))
    return int(bad)


def _on(kind: str, asked: argparse.Namespace) -> dict[str, Any]:
    from tests.postgres import start  # late: a run on SQLite alone needs no server

    postgres = start(durable=True) if kind == "postgres" else None
    with tempfile.TemporaryDirectory(prefix="bdg-kills-") as folder:
        url = postgres.create_database("kills") if postgres else f"sqlite:///{Path(folder) / 'bdg.sqlite3'}"
        try:
            return run(Path(folder), url, kills=asked.kills, seed=asked.seed)
        finally:
            if postgres:
                postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
