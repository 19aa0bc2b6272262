"""/healthz says whether database and store can be written, and leaves nothing behind."""

import errno
import os
from pathlib import Path

import pytest


@pytest.fixture
def bench(sqlite_bench):
    """One database: it is about the folder."""
    return sqlite_bench


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_write_that_fails_is_told_and_leaves_no_file(app, bench, visit, monkeypatch, code):
    whole = Path.write_bytes

    def half(path, data):
        whole(path, data[:1])
        raise OSError(code, os.strerror(code))

    store = bench.data / "files"
    before = sorted(store.rglob("*"))
    monkeypatch.setattr(Path, "write_bytes", half)
    assert visit(None).get("/healthz", status=503).json["status"] == "unwell"
    assert sorted(store.rglob("*")) == before
    monkeypatch.undo()
    assert visit(None).get("/healthz").json == {"status": "ok"}
    assert [path for path in store.iterdir() if path.is_file()] == []
