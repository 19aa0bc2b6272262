"""The head of the log, noted outside the database: a tail that was cut off shows, even when all triggers are gone."""

import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from app.core import change

_KEPT_BYTES = 200_000
_LINE = re.compile(r"([0-9]+) ([0-9a-f]{64})")
_BEGUN_LATE = re.compile(r"begun-after ([0-9]+)")
_NAME = re.compile(r"audit-([0-9a-f]+)\.anchor")
_shortening = Lock()
_log = logging.getLogger("bdg.anchor")


@dataclass(frozen=True)
class NotedHeads:
    """The heads noted in the file of one chain (sequence, hash), and how many rows the log had when it was begun."""

    rows: frozenset[tuple[int, str]]
    begun_after: int = 0

    @property
    def highest(self) -> tuple[int, str]:
        """The furthest head."""
        return max(self.rows)


def name_of(chain: str) -> str:
    """The name of the file in which the heads of `chain` are noted."""
    return f"audit-{chain}.anchor"


def init(folder: Path) -> None:
    """Note every new head in `folder`/audit-<chain>.anchor, one line `sequence hash` each.

    A file that is begun although the log has rows says so: the one before it was lost, and with it the proof.
    What was committed stays so when it cannot be noted (a full disk): the fault goes to the system's log.
    """

    def note(chain: str, sequence: int, digest: str, before: int) -> None:
        try:
            _note(_path(folder, chain), sequence, digest, before)
        except OSError:
            _log.exception("the head of the log could not be noted")

    change.anchors[:] = [note]


def chains(folder: Path) -> frozenset[str]:
    """The chains whose heads are noted in `folder`."""
    return frozenset(name[1] for path in folder.glob("audit-*.anchor") if (name := _NAME.fullmatch(path.name)))


def noted(folder: Path, chain: str) -> NotedHeads | None:
    """What was noted for `chain`; None where nothing was, or where nothing of it can be read."""
    path = _path(folder, chain)
    return _read(path) if path.exists() else None


def highest(folder: Path, chain: str) -> tuple[int, str] | None:
    """The furthest head noted for `chain`; None where nothing was noted yet."""
    found = noted(folder, chain)
    return found.highest if found else None


def begin_anew(folder: Path, chain: str, sequence: int, digest: str, at: datetime) -> Path | None:
    """Note from this head on; what was noted before is renamed, not deleted. Returns where it lies, if anything was."""
    path = _path(folder, chain)
    aside = path.with_name(f"{path.name}.{at:%Y%m%dT%H%M%S}")
    had = path.exists()
    if had:
        path.replace(aside)
    _note(path, sequence, digest, before=0)
    return aside if had else None


def _read(path: Path) -> NotedHeads | None:
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    rows = frozenset((int(line[1]), line[2]) for line in map(_LINE.fullmatch, lines) if line is not None)
    late = [int(line[1]) for line in map(_BEGUN_LATE.fullmatch, lines) if line is not None]
    return NotedHeads(rows, max(late, default=0)) if rows else None


def _note(path: Path, sequence: int, digest: str, before: int) -> None:
    began = f"begun-after {before}\n" if before and not path.exists() else ""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(number, "a", encoding="ascii") as file:
        file.write(f"{began}{sequence} {digest}\n")
        long = file.tell() > _KEPT_BYTES
    if long:
        _shorten(path)


def _shorten(path: Path) -> None:
    with _shortening:
        kept = _read(path)
        if kept is None or path.stat().st_size <= _KEPT_BYTES:
            return
        began = f"begun-after {kept.begun_after}\n" if kept.begun_after else ""
        sequence, digest = kept.highest
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(f"{began}{sequence} {digest}\n", encoding="ascii")
        fresh.replace(path)


def _path(folder: Path, chain: str) -> Path:
    return folder / name_of(chain)
