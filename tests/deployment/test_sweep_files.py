"""`bdg files sweep` moves a few files that nobody names into a trash, and refuses where more than a few would go."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import timedelta

import pytest

from app.core import anchor, clock
from app.files.store import FileStore
from tests.deployment.conftest import change_chain, everything_stored, head
from tests.deployment.test_know_the_database import bdg

TWO_HOURS = 7200


def lay(data, count, *, part=False, age=TWO_HOURS):
    """Put `count` files into the store that no row names."""
    names = []
    for number in range(count):
        key = f"{number:032x}"
        place = data / "files" / key[:2] / key[2:4] / (f"{key}.part" if part else key)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"%PDF-1.4 ")
        os.utime(place, (time.time() - age,) * 2)
        names.append(place.name)
    return names


def name_many(data, monkeypatch, count=300):
    """Let the store hold so many files that one is less than a hundredth of them."""
    stored = FileStore.keys
    monkeypatch.setattr(FileStore, "keys", lambda self: stored(self) + ["x"] * count)


def test_a_file_that_no_row_names_goes_into_the_trash_of_the_day(data, monkeypatch):
    name_many(data, monkeypatch)
    (name,) = lay(data, 1)
    code, told, _ = bdg("files", "sweep")
    assert (code, "Đã chuyển 1 tệp" in told) == (0, True)
    assert f"files/.trash/{clock.now().date()}/{name}" in everything_stored(data)
    assert bdg("files", "verify")[0] == 0


def test_the_trash_is_emptied_after_thirty_days_and_not_before(data, monkeypatch):
    name_many(data, monkeypatch)
    lay(data, 1)
    bdg("files", "sweep")
    today = clock.now()
    for days, left in ((29, 1), (30, 0)):
        monkeypatch.setattr(clock, "now", lambda days=days: today + timedelta(days=days))
        assert bdg("files", "sweep")[0] == 0
        assert len([name for name in everything_stored(data) if "/.trash/" in name]) == left


@pytest.mark.parametrize(
    ("stored", "unnamed", "goes"), [(98, 1, False), (99, 1, True), (4000, 20, True), (4000, 21, False)]
)
def test_more_than_a_hundredth_or_more_than_twenty_are_refused_and_listed(data, monkeypatch, stored, unnamed, goes):
    own = len(everything_stored(data))
    name_many(data, monkeypatch, stored - own)
    lay(data, unnamed)
    before = everything_stored(data)
    code, _, told = bdg("files", "sweep")
    if goes:
        assert code == 0
        return
    assert code == 2
    assert f"{unnamed} trong {stored + unnamed} tệp" in told
    assert everything_stored(data) == before
    code, listed, _ = bdg("files", "sweep", "--list")
    assert (code, listed.count("\n")) == (0, unnamed + 1)
    assert everything_stored(data) == before


def test_half_written_files_go_however_many_and_young_ones_stay(data):
    lay(data, 40, part=True)
    lay(data, 3, age=60)
    code, told, _ = bdg("files", "sweep")
    assert (code, "Đã chuyển 40 tệp" in told) == (0, True)
    assert len([name for name in everything_stored(data) if "/.trash/" not in name]) == 3 + 1


def nothing_named(data):
    for path in list((data / "files").rglob("*")):
        if path.is_file():
            path.unlink()
    change_rows(data, "DELETE FROM plan_draft")


def without_anchor(data):
    for path in data.glob("audit-*.anchor"):
        path.unlink()


def foreign(data):
    change_chain(data, "0123456789ab")


def older(data):
    chain, sequence, _ = head(data)
    with (data / anchor.name_of(chain)).open("a") as notes:
        notes.write(f"{sequence + 1} {'a' * 64}\n")


def change_rows(data, statement):
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database, database:
        database.execute(statement)


@pytest.mark.parametrize("fault", [nothing_named, without_anchor, foreign, older], ids=lambda fault: fault.__name__)
def test_nothing_goes_where_the_database_may_be_another_one(data, monkeypatch, fault):
    name_many(data, monkeypatch)
    fault(data)
    lay(data, 1)
    before = everything_stored(data)
    code, _, told = bdg("files", "sweep")
    assert code == 2
    assert told
    assert everything_stored(data) == before


def test_what_lay_there_when_a_copy_was_put_back_is_never_swept(data, monkeypatch):
    name_many(data, monkeypatch)
    older(data)
    lay(data, 1)
    assert bdg("audit", "renew", "--yes")[0] == 0
    before = everything_stored(data)
    code, told, _ = bdg("files", "sweep")
    assert (code, "Đã chuyển 0 tệp" in told) == (0, True)
    assert everything_stored(data) == before
