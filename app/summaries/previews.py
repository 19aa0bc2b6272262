"""Pictures of what was exported, drawn behind the page that shows them and kept by the workbook's hash."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from threading import Lock, Thread
from typing import Any

SECONDS = 180
MOST_KEPT = 60
_ROOT = Path(__file__).resolve().parent.parent.parent
_WINDOWS_PLACES = (Path("C:/Program Files/LibreOffice/program/soffice.exe"),)
_one_at_a_time = Lock()
_log = logging.getLogger("bdg.previews")


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
        asked = {"program": office() if program == "" else program, "pages": firsts}
        partial = self._root / f"{sha256}.part"
        try:
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(mode=0o700, parents=True)
            with _one_at_a_time:
                _run(partial, json.dumps(asked).encode() + b"\n" + data)
            partial.rename(self._root / sha256)
        except (OSError, subprocess.SubprocessError) as error:
            _log.warning("a workbook could not be drawn", exc_info=error)
            shutil.rmtree(partial, ignore_errors=True)
        finally:
            self._mark(sha256).unlink(missing_ok=True)
        self._forget_the_oldest()

    def _mark(self, sha256: str) -> Path:
        return self._root / f"{sha256}.drawing"

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


def office() -> str | None:
    """LibreOffice's program, or None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((str(path) for path in _WINDOWS_PLACES if path.exists()), None)


def _run(folder: Path, asked: bytes) -> None:
    """Let the worker draw, within its time, and leave nothing running that it started."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "app.summaries.draw_worker", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        start_new_session=True,
    )
    with worker:
        try:
            worker.communicate(asked, timeout=SECONDS)
        finally:
            _end(worker)
    if worker.returncode:
        raise subprocess.CalledProcessError(worker.returncode, worker.args)


def _end(worker: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        if os.name == "nt":
            worker.kill()
        else:
            os.killpg(worker.pid, signal.SIGKILL)
