"""A copy put back over a database whose write-ahead log was left: never are the two mixed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime

import pytest

from app.config import ConfigError
from app.deployment import leftover
from tests.deployment.conftest import head, start

NOW = datetime(2026, 11, 30, 8)
LATER = "INSERT INTO login_failure (key, at) VALUES ('later', '2024-05-10 00:00:00')"
# Writes, makes a copy as the manual says, writes more, brings some of it into the file or not, and is cut off.
CUT_OFF = """
import os, signal, sqlite3, sys
place, copy, write, brings = sys.argv[1:]
database = sqlite3.connect(place, isolation_level=None)
database.execute(write)
with sqlite3.connect(copy) as other: database.backup(other)
other.close()
database.execute(write)
if brings == "yes": database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
os.kill(os.getpid(), signal.SIGKILL)
"""

# Brings a part of the log into the file, since somebody still reads an older state, and is cut off.
CUT_OFF_PARTLY = """
import os, signal, sqlite3, sys
place, write = sys.argv[1:]
database, reader = (sqlite3.connect(place, isolation_level=None) for _ in range(2))
database.execute(write)
reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM login_failure").fetchone()
database.execute(write)
database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
os.kill(os.getpid(), signal.SIGKILL)
"""


def cut_off(data, *, brings="no"):
    """The copy that was made before the end; the folder is left as a cut leaves it."""
    copy = data.parent / "copy.sqlite3"
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database:
        database.execute("PRAGMA journal_mode = WAL")
    command = [sys.executable, "-c", CUT_OFF, str(data / "bdg.sqlite3"), str(copy), LATER, brings]
    subprocess.run(command, check=False)
    log = (data / "bdg.sqlite3-wal").stat()
    assert log.st_size > 0
    while copy.stat().st_ctime_ns <= log.st_ctime_ns:  # the clock of a file system has ticks; nobody is that quick
        copy.chmod(0o600)
    return copy


def count(data):
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute("SELECT count(*) FROM login_failure WHERE key = 'later'").fetchone()[0]


def over(copy, place):
    shutil.copyfile(copy, place)


def over_with_its_times(copy, place):
    shutil.copy2(copy, place)


def in_its_place(copy, place):
    copy.replace(place)


@pytest.mark.parametrize("put", [over, over_with_its_times, in_its_place], ids=lambda put: put.__name__)
def test_a_copy_beside_the_log_of_another_file_is_not_opened_and_nothing_is_changed(data, put):
    put(cut_off(data), data / "bdg.sqlite3")
    before = {path.name: path.read_bytes() for path in data.glob("bdg.sqlite3*")}
    with pytest.raises(ConfigError, match=r"bdg\.sqlite3-wal và bdg\.sqlite3-shm") as refusal:
        start()
    assert "đổi tên" in str(refusal.value)
    assert {path.name: path.read_bytes() for path in data.glob("bdg.sqlite3*")} == before


def test_with_the_log_set_aside_by_hand_the_copy_is_what_is_served(data):
    over(cut_off(data), data / "bdg.sqlite3")
    for end in ("-wal", "-shm"):
        path = data / f"bdg.sqlite3{end}"
        path.rename(path.with_name(f"{path.name}.cu"))
    start()
    assert count(data) == 1


def test_a_log_that_has_nothing_more_is_set_aside_by_the_start_itself(data, capsys):
    over(cut_off(data, brings="yes"), data / "bdg.sqlite3")
    start()
    assert count(data) == 1
    assert {path.name.split(".")[-2] for path in data.glob("bdg.sqlite3-*.*")} >= {"sqlite3-wal", "sqlite3-shm"}


def test_what_was_cut_off_goes_on_with_its_own_log_without_a_word(data, capsys):
    cut_off(data)
    start()
    assert count(data) == 2
    assert capsys.readouterr().out == ""


def test_what_was_cut_off_while_a_part_was_brought_in_goes_on_without_a_word(data, capsys):
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database:
        database.execute("PRAGMA journal_mode = WAL")
    subprocess.run([sys.executable, "-c", CUT_OFF_PARTLY, str(data / "bdg.sqlite3"), LATER], check=False)
    log = data / "bdg.sqlite3-wal"
    known = leftover._index(data / "bdg.sqlite3-shm", log)
    assert known.done == known.begun < known.frames
    os.utime(data / "bdg.sqlite3")
    start()
    assert count(data) == 2
    assert capsys.readouterr().out == ""


def test_a_copy_in_a_folder_without_leftovers_starts_without_a_word(data, capsys):
    copy = cut_off(data)
    for path in data.glob("bdg.sqlite3*"):
        path.unlink()
    over(copy, data / "bdg.sqlite3")
    start()
    assert count(data) == 1
    assert capsys.readouterr().out == ""


def test_other_rights_on_the_whole_folder_are_no_other_database(data):
    cut_off(data)
    for path in data.iterdir():
        path.chmod(path.stat().st_mode & 0o777)  # touches the time of change, as chown -R does
    (data / "bdg.sqlite3").chmod(0o600)
    start()
    assert count(data) == 2


def test_a_folder_that_was_copied_as_a_whole_is_opened_as_it_was(data, monkeypatch):
    cut_off(data)
    other = data.parent / "other"
    shutil.copytree(data, other)
    shutil.copy2(data / "bdg.sqlite3", other / "bdg.sqlite3")  # last: files are copied in any order
    monkeypatch.setenv("BDG_DATA", str(other))
    start()
    assert count(other) == 2


def test_a_log_that_somebody_is_writing_is_left_in_peace(data):
    database = data / "bdg.sqlite3"
    script = (
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1], isolation_level=None); d.execute(sys.argv[2]);"
        "print('open', flush=True); sys.stdin.readline()"
    )
    with closing(sqlite3.connect(database)) as own:
        own.execute("PRAGMA journal_mode = WAL")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(database), LATER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "open\n"
        os.utime(database)
        assert leftover.require_own(database, NOW) is None
        process.communicate("\n")
    assert count(data) == 1


def test_without_its_index_only_a_clear_difference_in_time_speaks(data):
    cut_off(data)
    database, log = data / "bdg.sqlite3", data / "bdg.sqlite3-wal"
    (data / "bdg.sqlite3-shm").unlink()
    for late, refused in ((5, False), (3600, True)):
        os.utime(database, (log.stat().st_mtime + late,) * 2)
        if refused:
            with pytest.raises(ConfigError):
                leftover.require_own(database, NOW)
        else:
            assert leftover.require_own(database, NOW) is None
    assert head(data)
