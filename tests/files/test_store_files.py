"""Files are on the disk before anybody is told so, and a crash leaves nothing half visible."""

import errno
import hashlib
import io
import os
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.core.errors import StorageFull, TooLarge
from app.files import store as storage
from app.files.store import FileLost, FileStore

pytestmark = pytest.mark.both_databases

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 9000
NOW = timedelta(0)
TODAY = date(2026, 11, 30)


class PowerCut(BaseException):
    """The machine stops: no cleaning up after it."""


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "data" / "files")


@pytest.fixture
def steps(store, tmp_path, monkeypatch):
    """What the store does to the disk, in order; a step named in `steps.cut_at` cuts the power instead."""
    return Steps(tmp_path / "data", monkeypatch)


class Steps(list):
    def __init__(self, root, monkeypatch):
        super().__init__()
        self.cut_at = None
        real_sync, real_replace = os.fsync, Path.replace
        monkeypatch.setattr(
            os, "fsync", lambda number: self._do(f"fsync {self._kind(number, root)}", real_sync, number)
        )
        monkeypatch.setattr(Path, "replace", lambda path, to: self._do("rename", real_replace, path, to))

    def cut(self, at, monkeypatch):
        self.cut_at = at
        monkeypatch.setattr(storage, "_forget", lambda *paths: None)

    def _do(self, name, real, *args):
        if len(self) == self.cut_at:
            raise PowerCut
        self.append(name)
        return real(*args)

    @staticmethod
    def _kind(number, root):
        path = Path(f"/proc/self/fd/{number}").readlink()
        return "file" if path.suffix == ".part" else f"folder {len(path.relative_to(root).parts)}"


def put(store, content=CONTENT, limit=10_000_000):
    return store.put(io.BytesIO(content), limit)


def files_under(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file() and ".trash" not in path.parts]


def swept(store, known, **more):
    """The names of what no row names, moved into the trash."""
    names = [file.name for file in store.unnamed(known, **more)]
    store.set_aside(names, TODAY)
    return names


def test_a_stored_file_is_found_by_its_key_with_its_size_and_hash(store):
    stored = put(store)
    assert (stored.size, stored.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert store.exists(stored.key)
    assert store.verify(stored.key, stored.sha256)
    with store.open(stored.key) as file:
        assert file.read() == CONTENT


def test_the_file_is_forced_then_named_then_every_folder_above_it_is_forced(store, steps):
    put(store)
    assert steps == ["fsync file", "rename", "fsync folder 3", "fsync folder 2", "fsync folder 1", "fsync folder 0"]


@pytest.mark.parametrize("step", range(6))
def test_a_power_cut_at_any_step_leaves_no_half_file_and_the_sweep_sets_it_aside(
    step, store, steps, tmp_path, monkeypatch
):
    steps.cut(step, monkeypatch)
    with pytest.raises(PowerCut):
        put(store)
    (left,) = files_under(tmp_path)
    assert store.exists(left.name) == (step > 1)  # visible only once it is whole and forced
    assert left.read_bytes() == CONTENT
    steps.cut_at = None
    assert swept(store, [], older_than=NOW) == [left.name]
    assert files_under(tmp_path) == []


def test_a_failure_that_is_no_crash_cleans_up_at_once(store, steps, tmp_path):
    steps.cut_at = 2
    with pytest.raises(PowerCut):
        put(store)
    assert files_under(tmp_path) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("where", ["fsync", "mkdir"])
def test_a_full_or_read_only_disk_is_said_and_leaves_nothing(number, where, store, tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(*{"fsync": (os, "fsync"), "mkdir": (Path, "mkdir")}[where], fail)
        with pytest.raises(StorageFull) as refusal:
            put(store)
    assert refusal.value.status == 507
    assert "Kho lưu tệp đã đầy" in str(refusal.value)
    assert files_under(tmp_path) == []
    assert store.exists(put(store).key)  # and goes on without a restart


def test_reading_goes_on_while_nothing_can_be_written(store, monkeypatch):
    stored = put(store)
    monkeypatch.setattr(os, "fsync", lambda number: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(StorageFull):
        put(store)
    with store.open(stored.key) as file:
        assert file.read() == CONTENT


@pytest.mark.parametrize(("limit", "fits"), [(len(CONTENT), True), (len(CONTENT) - 1, False)])
def test_the_limit_counts_bytes_exactly(limit, fits, store, tmp_path):
    if fits:
        assert put(store, limit=limit).size == limit
        return
    with pytest.raises(TooLarge):
        put(store, limit=limit)
    assert files_under(tmp_path) == []


def test_a_file_that_is_too_large_is_told_the_limit(store):
    with pytest.raises(TooLarge, match="tối đa 2 MB"):
        put(store, limit=2_000_000)


def test_a_reader_that_breaks_off_leaves_nothing(store, tmp_path):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(Broken(), 10)
    assert files_under(tmp_path) == []


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + ".part", "a" * 32 + "\n"])
def test_a_key_is_never_a_path(key, store):
    assert not store.exists(key)
    assert not store.verify(key, "")
    with pytest.raises(ValueError, match="not a key"):
        store.open(key)


def test_a_missing_file_is_an_alarm_and_no_fault(store, caplog):
    with pytest.raises(FileLost):
        store.open("0" * 32)
    assert caplog.records[-1].levelname == "CRITICAL"


def test_an_altered_or_missing_file_is_noticed(store, tmp_path):
    stored = put(store)
    (path,) = files_under(tmp_path)
    path.write_bytes(CONTENT + b"!")
    assert not store.verify(stored.key, stored.sha256)
    store.remove(stored.key)
    assert not store.verify(stored.key, stored.sha256)


def test_the_sweep_takes_old_files_without_a_row_and_nothing_else(store, tmp_path, caplog):
    known, orphan, young = put(store), put(store), put(store)
    two_hours_ago = time.time() - 7200
    by_name = {path.name: path for path in files_under(tmp_path)}
    for key in (known.key, orphan.key):
        os.utime(by_name[key], (two_hours_ago, two_hours_ago))
    half = by_name[known.key].with_name(f"{known.key}.part")  # a row's own key does not save a half-written file
    half.write_bytes(b"half")
    os.utime(half, (two_hours_ago, two_hours_ago))
    stranger = half.with_name("README")
    stranger.write_text("not ours")
    os.utime(stranger, (two_hours_ago, two_hours_ago))

    assert sorted(swept(store, {known.key})) == sorted([orphan.key, half.name])
    assert [store.exists(s.key) for s in (known, orphan, young)] == [True, False, True]
    assert store.keys() == sorted([known.key, young.key])
    assert stranger.exists()
    assert {record.key for record in caplog.records} == {orphan.key, half.name}
    trash = tmp_path / "data" / "files" / ".trash" / TODAY.isoformat()
    assert (trash / orphan.key).read_bytes() == CONTENT
    assert swept(store, {known.key}) == []  # the trash is no part of the store


def test_the_trash_is_emptied_by_the_day(store, tmp_path):
    kept = put(store)
    store.set_aside([kept.key], TODAY)
    assert store.empty_trash(TODAY - timedelta(days=1)) == []
    assert store.empty_trash(TODAY) == [kept.key]
    assert not list(tmp_path.rglob(kept.key))


def test_sweeping_an_empty_store_finds_nothing(store):
    assert (store.unnamed([]), store.keys(), store.empty_trash(TODAY)) == ([], [], [])
