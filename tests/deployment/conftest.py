"""A real installation's folder and database, to be mistaken for others."""

import argparse
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.core import anchor, change, clock
from app.core.audit import GENESIS
from app.extensions import db
from app.serve import starting

SECRET = "kK3_xw8Qz-7vTn2RbY5mLp9sDf4gHj6c"


def asked(**more: Any) -> argparse.Namespace:
    """What an operator asks of the server; a real installation unless said otherwise."""
    said = {"host": "127.0.0.1", "port": 1, "sample": False, "no_sample": False, "reset_sample": False}
    return argparse.Namespace(**{**said, "allow_sample_on_network": False, **more})


def head(data: Path) -> tuple[str, int, str]:
    """Chain, sequence and hash of the log in the folder's SQLite database."""
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database:
        found: tuple[str, int, str] = database.execute("SELECT chain, sequence, hash FROM audit_head").fetchone()
        return found


def everything_stored(data: Path) -> dict[str, str]:
    """Each file under files/, the trash too, with its hash."""
    found = (path for path in (data / "files").rglob("*") if path.is_file())
    return {path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def change_chain(data: Path, chain: str, *, empty: bool = False) -> None:
    """Make the folder's database that of another installation, or one in which nothing has happened yet."""
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database, database:
        database.execute("UPDATE audit_head SET chain = ?", (chain,))
        if empty:
            database.execute("UPDATE audit_head SET sequence = 0, hash = ?", (GENESIS,))


@pytest.fixture
def data(sqlite_bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an installation in use: database, files, the noted head of its log, its key."""
    sqlite_bench.close()
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    shutil.copy(sqlite_bench.data / "template.sqlite3", place / "bdg.sqlite3")
    shutil.copytree(sqlite_bench.data / "template-files", place / "files")
    chain, sequence, digest = head(place)
    (place / anchor.name_of(chain)).write_text(f"{sequence} {digest}\n")
    (place / "secret.key").write_text(SECRET)
    (place / "secret.key").chmod(0o600)
    monkeypatch.setenv("BDG_DATA", str(place))
    for name in ("BDG_DATABASE_URL", "BDG_SECRET_KEY", "FLASK_DEBUG", "BDG_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    mask, noting = os.umask(0o022), change.anchors[:]
    os.umask(mask)
    yield place
    os.umask(mask)
    change.anchors[:] = noting
    clock.pretend(None)


def start(**more: Any) -> Any:
    """Start as the server does, but for listening; the application, its connections closed."""
    app = starting.prepare(asked(**{"no_sample": True, **more}))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return app
