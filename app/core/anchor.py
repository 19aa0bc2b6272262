"""The head of the log, noted outside the database: a tail that was cut off shows, even when all triggers are gone."""

import logging
import os
import re
from pathlib import Path
from threading import Lock

from app.core import change

_KEPT_BYTES = 200_000
_LINE = re.compile(r"([0-9]+) ([0-9a-f]{64})")
_shortening = Lock()
_log = logging.getLogger("bdg.anchor")


def init(folder: Path) -> None:
    """Note every new head in `folder`/audit-<chain>.anchor, one line `sequence hash` each.

    What was committed stays so when it cannot be noted (a full disk): the fault goes to the system's log.
    """

    def note(chain: str, sequence: int, digest: str) -> None:
        try:
            _note(_path(folder, chain), sequence, digest)
        except OSError:
            _log.exception("the head of the log could not be noted")

    change.anchors[:] = [note]


def highest(folder: Path, chain: str) -> tuple[int, str] | None:
    """The furthest head noted for `chain`; None where nothing was noted yet."""
    path = _path(folder, chain)
    return _furthest(path) if path.exists() else None


def _furthest(path: Path) -> tuple[int, str] | None:
    lines = [_LINE.fullmatch(line) for line in path.read_text(encoding="ascii").splitlines()]
    return max(((int(line[1]), line[2]) for line in lines if line is not None), default=None)


def _note(path: Path, sequence: int, digest: str) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(number, "a", encoding="ascii") as file:
        file.write(f"{sequence} {digest}\n")
        long = file.tell() > _KEPT_BYTES
    if long:
        _shorten(path)


def _shorten(path: Path) -> None:
    with _shortening:
        best = _furthest(path)
        if best is None or path.stat().st_size <= _KEPT_BYTES:
            return
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(f"{best[0]} {best[1]}\n", encoding="ascii")
        fresh.replace(path)


def _path(folder: Path, chain: str) -> Path:
    return folder / f"audit-{chain}.anchor"
