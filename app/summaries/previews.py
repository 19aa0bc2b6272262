"""Pictures of what was exported, drawn behind the page that shows them and kept by the workbook's hash."""

import json
import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from app.core import apart, libreoffice
from app.core.long_work import gate

SECONDS = 180
ATTEMPTS = 20
MOST_KEPT = 60
_LOOK_EVERY_S = 0.2
_DRAWING = ".drawing"
_one_at_a_time = Lock()
_log = logging.getLogger("bdg.previews")


class SteppedBack(Exception):
    """The place was given to somebody who waits."""


@dataclass(frozen=True)
class Preview:
    """`pictures`: numbers of the pictures there are. `sheets`: the same pages as rows of cells. `drawing`: not yet."""

    pictures: tuple[int, ...] = ()
    sheets: tuple[dict[str, Any], ...] = ()
    drawing: bool = False


class Previews:
    """The pictures of an installation, in one folder that may be thrown away."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, sha256: str) -> Preview:
        """What there is to see of the workbook with this hash."""
        folder = self._root / sha256
        if folder.is_dir():
            numbers = sorted(int(path.stem) for path in folder.glob("*.png"))
            return Preview(tuple(numbers), tuple(json.loads((folder / "view.json").read_text(encoding="utf-8"))))
        return Preview(drawing=self._begun(sha256))

    def picture(self, sha256: str, number: int) -> bytes | None:
        """One picture (PNG), or None."""
        try:
            return (self._root / sha256 / f"{number}.png").read_bytes()
        except OSError:
            return None

    def start(self, sha256: str, data: bytes, pages: Sequence[int]) -> None:
        """Begin to draw, unless that is done or under way. `pages` are the numbers of pages of each sheet."""
        if (self._root / sha256).is_dir() or self._begun(sha256):
            return
        self._root.mkdir(mode=0o700, exist_ok=True)
        self._mark(sha256).touch()
        Thread(target=self.draw, args=(sha256, data, pages), daemon=True).start()

    def draw(self, sha256: str, data: bytes, pages: Sequence[int], program: str | None = "") -> None:
        """Draw now; `program` is LibreOffice (found by itself), None to do without."""
        firsts = [1 + before for before in accumulate((0, *pages[:-1]))]
        asked = {"program": libreoffice.program() if program == "" else program, "pages": firsts}
        partial = self._root / f"{sha256}.part"
        try:
            with _one_at_a_time:
                self._drawn(partial, json.dumps(asked).encode() + b"\n" + data)
            partial.rename(self._root / sha256)
        except (OSError, subprocess.SubprocessError, SteppedBack) as error:
            _log.warning("a workbook could not be drawn", exc_info=error)
            shutil.rmtree(partial, ignore_errors=True)
        finally:
            self._mark(sha256).unlink(missing_ok=True)
        self._forget_the_oldest()

    def _drawn(self, partial: Path, asked: bytes) -> None:
        """Draw into `partial` behind all work that people wait for, and again from the start when one of them came."""
        for _attempt in range(ATTEMPTS):
            with suppress(SteppedBack), gate.place_behind() as asked_back:
                shutil.rmtree(partial, ignore_errors=True)
                partial.mkdir(mode=0o700, parents=True)
                partial.with_suffix(_DRAWING).touch()  # it is still being worked on
                _run(partial, asked, asked_back)
                return
        raise SteppedBack

    def _mark(self, sha256: str) -> Path:
        return self._root / f"{sha256}{_DRAWING}"

    def _begun(self, sha256: str) -> bool:
        """Whether somebody draws it now; a mark that outlived its drawing does not count."""
        try:
            return time.time() - self._mark(sha256).stat().st_mtime < 2 * SECONDS
        except OSError:
            return False

    def _forget_the_oldest(self) -> None:
        with suppress(OSError):
            kept = sorted((p for p in self._root.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
            for folder in kept[:-MOST_KEPT]:
                shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, asked: bytes, asked_back: Event) -> None:
    """Let the worker draw, within its time, and leave nothing running that it started.

    Raises `SteppedBack` once somebody who waits is given the place.
    """
    worker = subprocess.Popen(
        [sys.executable, "-m", "app.summaries.drawing_worker", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=apart.ROOT,
        start_new_session=True,
    )
    with worker:
        try:
            _tell(worker, asked)
            _await(worker, asked_back)
        finally:
            apart.end(worker)
    if worker.returncode:
        raise subprocess.CalledProcessError(worker.returncode, worker.args)


def _tell(worker: "subprocess.Popen[bytes]", asked: bytes) -> None:
    assert worker.stdin is not None
    with suppress(BrokenPipeError), worker.stdin as told:  # one that ended before it had listened says so by its code
        told.write(asked)


def _await(worker: "subprocess.Popen[bytes]", asked_back: Event) -> None:
    last = time.monotonic() + SECONDS
    while True:
        with suppress(subprocess.TimeoutExpired):
            worker.wait(_LOOK_EVERY_S)
            return
        if asked_back.is_set():
            raise SteppedBack
        if time.monotonic() > last:
            raise subprocess.TimeoutExpired(worker.args, SECONDS)
