"""Kill the server at random moments while files are uploaded, and look what is left.

`python -m tests.serve.kill_uploads --uploads 5000 --seed 7` runs longer than the test does.
"""

import argparse
import hashlib
import http.client
import http.cookiejar
import random
import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.files.store import FileStore

from .killed_server import PATIENCE_S, Browser, Server

UNIT = "Phòng GD&ĐT"
UPLOADERS = 3
UPLOADS_PER_KILL = 20
LONGEST_UPLOAD_S = 0.1
_NOTHING = timedelta(0)
_OPEN_CARDS = (
    "SELECT card.id FROM card JOIN unit ON unit.id = card.unit_id WHERE unit.short_name = ? AND status <> 'done'"
)
_DOUBLED = "SELECT 1 FROM evidence WHERE document_key IS NOT NULL GROUP BY document_key HAVING count(*) > 1"
_MISCOUNTED = (
    "SELECT 1 FROM card WHERE evidence_total <> (SELECT count(*) FROM evidence WHERE evidence.card_id = card.id)"
)


@dataclass(frozen=True)
class Upload:
    number: int
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class Run:
    """One series of uploads; `acknowledged` are the hashes the server answered for, in the order of the answers."""

    server: Server
    cards: list[int]
    seed: int
    acknowledged: list[str] = field(default_factory=list)
    broken: int = 0
    up: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)

    def upload_all(self, browsers: list[Browser], count: int) -> None:
        chosen = random.Random(self.seed)
        uploads = [Upload(n, b"%PDF-1.7\n" + chosen.randbytes(chosen.randint(1_000, 400_000))) for n in range(count)]
        try:
            with ThreadPoolExecutor(UPLOADERS) as pool:
                list(pool.map(self._series, browsers, (uploads[n::UPLOADERS] for n in range(UPLOADERS))))
        finally:
            self.done.set()

    def kill_now_and_then(self, count: int) -> None:
        """Kill once in every twenty uploads on average, each time somewhere in the middle of one."""
        chosen = random.Random(self.seed + 1)
        for moment in sorted(chosen.sample(range(count), count // UPLOADS_PER_KILL)):
            while len(self.acknowledged) < moment and not self.done.is_set():
                time.sleep(0.001)
            time.sleep(chosen.uniform(0, LONGEST_UPLOAD_S))
            self.up.clear()
            self.server.kill()
            self.server.start()
            self.up.set()

    def _series(self, browser: Browser, uploads: list[Upload]) -> None:
        for upload in uploads:
            while not self._sent(browser, upload):
                self.broken += 1
                self.up.wait(PATIENCE_S)
                time.sleep(0.01)

    def _sent(self, browser: Browser, upload: Upload) -> bool:
        """Whether the answer came. Sent again after a broken connection, the file keeps the key of its form."""
        fields = {
            "csrf_token": browser.token,
            "kind": "report",
            "number": f"{upload.number}/BC",
            "summary": f"Báo cáo số {upload.number}",
            "document_key": f"{self.seed}-{upload.number}",
        }
        card_id = self.cards[upload.number % len(self.cards)]
        try:
            status = browser.post(f"/cards/{card_id}/evidence", fields, f"bao-cao-{upload.number}.pdf", upload.data)
        except (OSError, http.client.HTTPException):
            return False
        assert status == 201, status
        self.acknowledged.append(upload.sha256)
        return True


@dataclass(frozen=True)
class Findings:
    """What the data folder holds after the last restart."""

    kills: int
    broken: int  # connections that a kill cut
    acknowledged: list[str]
    rows: list[tuple[int, str, str]]  # id, key, SHA-256 of every file that a row names
    damaged: list[str]  # keys of rows whose file is missing or other than its hash
    doubled: int  # documents that came twice under one key
    miscounted: int  # cards whose count of evidence is not the number of its rows
    left: set[str]  # whole files that no row names, but for uploads whose answer was cut off
    halves: int  # files that were not written to the end
    downloaded_wrong: list[int]


def run(data: Path, *, uploads: int, seed: int) -> Findings:
    """Make the sample in `data`, upload, kill, restart, and look."""
    server = Server(data)
    try:
        server.start()
        series = Run(server, _cards(data), seed)
        series.up.set()
        browsers = [Browser(server.url) for _ in range(UPLOADERS)]
        killer = threading.Thread(target=series.kill_now_and_then, args=(uploads,))
        killer.start()
        try:
            series.upload_all(browsers, uploads)
        finally:
            series.done.set()
            killer.join()
        server.kill()
        server.start()
        return _look(data, series)
    finally:
        server.end()


def _look(data: Path, series: Run) -> Findings:
    rows = _query(data, "SELECT id, storage_key, sha256 FROM evidence_file ORDER BY id")
    store, keys = FileStore(data / "files"), {key for _id, key, _sha in rows}
    keys |= {key for (key,) in _query(data, "SELECT storage_key FROM plan_draft")}
    unnamed = store.unnamed(keys, older_than=_NOTHING)
    browser, acknowledged = Browser(series.server.url), set(series.acknowledged)
    sample = [row for row in rows if row[2] in acknowledged][::7]
    wrong = [i for i, _k, sha in sample if hashlib.sha256(browser.get(f"/evidence-files/{i}")).hexdigest() != sha]
    return Findings(
        kills=series.server.kills,
        broken=series.broken,
        acknowledged=series.acknowledged,
        rows=rows,
        damaged=[key for _id, key, sha in rows if not store.verify(key, sha)],
        doubled=len(_query(data, _DOUBLED)),
        miscounted=len(_query(data, _MISCOUNTED)),
        left={file.name for file in unnamed if file.whole},
        halves=sum(not file.whole for file in unnamed),
        downloaded_wrong=wrong,
    )


def _cards(data: Path) -> list[int]:
    query = (
        "SELECT card.id FROM card JOIN unit ON unit.id = card.unit_id WHERE unit.short_name = ? AND status <> 'done'"
    )
    return [card_id for (card_id,) in _query(data, query, UNIT)]


def _query(data: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(data / "bdg.sqlite3")
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        found = run(Path(folder), uploads=asked.uploads, seed=asked.seed)
        sys.stdout.write(
            f"{len(found.acknowledged)} acknowledged, {found.kills} kills, {found.broken} connections cut, "
            f"{len(found.damaged)} damaged, {found.doubled} doubled, {found.miscounted} miscounted, "
            f"{len(found.left) + found.halves} without a row, {time.perf_counter() - began:.1f} s\n"
        )


if __name__ == "__main__":
    main()
