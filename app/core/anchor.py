"""The head of the log, noted outside the database: a tail that was cut off shows, even when all triggers are gone."""

import os
from pathlib import Path

from app.core import change

_KEPT_BYTES = 200_000


def init(folder: Path) -> None:
    """Note every new head in `folder`/audit-<chain>.anchor, one line `sequence hash` each."""

    def note(chain: str, sequence: int, digest: str) -> None:
        path = _path(folder, chain)
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(number, "a", encoding="ascii") as file:
            file.write(f"{sequence} {digest}\n")
            long = file.tell() > _KEPT_BYTES
        if long:
            _shorten(path)

    change.anchors[:] = [note]


def highest(folder: Path, chain: str) -> tuple[int, str] | None:
    """The furthest head noted for `chain`; None where nothing was noted yet."""
    path = _path(folder, chain)
    if not path.exists():
        return None
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    noted = [(int(parts[0]), parts[1]) for parts in lines if len(parts) == 2 and parts[0].isdigit()]  # noqa: PLR2004
    return max(noted, default=None)


def _shorten(path: Path) -> None:
    lines = path.read_text(encoding="ascii").splitlines(keepends=True)
    best = max(lines, key=lambda line: int(line.split()[0]))
    fresh = path.with_suffix(".new")
    fresh.write_text(best, encoding="ascii")
    fresh.replace(path)


def _path(folder: Path, chain: str) -> Path:
    return folder / f"audit-{chain}.anchor"
