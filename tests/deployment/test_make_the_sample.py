"""The sample is made where there is nothing, made again where it is its own, and enters no folder of anybody else."""

import json
import os
import shutil
import socket
import sqlite3
from contextlib import closing

import pytest

from app.config import ConfigError
from app.core import anchor
from app.sample import build
from tests.deployment.conftest import SECRET, everything_stored, head, start


@pytest.fixture
def quick(monkeypatch):
    """The making of the sample, but for its plan and people: it has nothing to do with where it is made."""
    made = []
    monkeypatch.setattr(build, "build", lambda files: made.append(files))
    return made


@pytest.fixture
def nothing(data, monkeypatch, tmp_path):
    """A folder that is not there yet."""
    place = tmp_path / "new"
    monkeypatch.setenv("BDG_DATA", str(place))
    return place


def mark(place, **more):
    (place / "sample.json").write_text(json.dumps({"today": "2024-05-10", "complete": True, **more}))


def sample():
    return start(no_sample=False, sample=True)


def test_where_there_is_nothing_the_sample_is_made_and_opened_again(nothing, quick):
    sample()
    said = json.loads((nothing / "sample.json").read_text())
    assert (said["complete"], said["chain"]) == (True, head(nothing)[0])
    start(no_sample=False)
    assert len(quick) == 1


def test_without_being_asked_no_sample_is_made(nothing, quick):
    start(no_sample=False)
    assert quick == []
    assert not (nothing / "sample.json").exists()


def files_alone(place):
    (place / "bdg.sqlite3").unlink()
    for path in place.glob("audit-*.anchor"):
        path.unlink()


def anchor_alone(place):
    (place / "bdg.sqlite3").unlink()
    shutil.rmtree(place / "files")


@pytest.mark.parametrize("left", [files_alone, anchor_alone], ids=lambda left: left.__name__)
def test_it_is_not_made_where_anything_of_somebody_lies(data, quick, left):
    left(data)
    before = everything_stored(data)
    with pytest.raises(ConfigError, match="đã có dữ liệu nên không tạo dữ liệu giả định"):
        sample()
    assert (quick, everything_stored(data), (data / "sample.json").exists()) == ([], before, False)


def test_a_real_database_is_served_as_it_is_although_the_sample_was_asked(data, quick):
    before = everything_stored(data)
    sample()
    assert (quick, everything_stored(data), (data / "sample.json").exists()) == ([], before, False)


def test_a_real_installation_without_anybody_yet_gets_no_sample(nothing, quick):
    start(no_sample=True)
    sample()
    assert quick == []
    assert (nothing / "first-admin.code").exists()


def test_an_interrupted_making_begins_again_and_its_files_go_into_the_trash(data, quick):
    mark(data, complete=False, chain=head(data)[0])
    stored = set(everything_stored(data).values())
    sample()
    assert len(quick) == 1
    found = everything_stored(data)
    assert set(found.values()) == stored
    assert all("/.trash/" in name for name in found)
    assert head(data)[1] == 0


@pytest.mark.parametrize("chain", [None, "0123456789ab"])
@pytest.mark.parametrize("asks", [{"sample": True}, {"reset_sample": True}, {}])
def test_a_mark_in_a_real_folder_proves_nothing(data, quick, chain, asks):
    mark(data, complete=False, chain=chain)
    with closing(sqlite3.connect(data / "bdg.sqlite3")) as database, database:
        database.execute("UPDATE person SET username = 'somebody' WHERE username = 'lan'")
    before, was = everything_stored(data), head(data)
    with pytest.raises(ConfigError, match="không chắc dữ liệu trong đó là giả định"):
        start(no_sample=False, **asks)
    assert (quick, everything_stored(data), head(data)) == ([], before, was)


def test_what_is_no_sample_is_not_made_again(data, quick):
    before = everything_stored(data)
    with pytest.raises(ConfigError, match="không phải dữ liệu giả định"):
        start(no_sample=False, reset_sample=True)
    assert everything_stored(data) == before


def test_a_sample_is_made_again_from_nothing_but_its_key_and_what_is_not_its_own(data, quick):
    mark(data, chain=head(data)[0])
    (data / "my letter.docx").write_bytes(b"x")
    start(no_sample=False, reset_sample=True)
    assert len(quick) == 1
    assert (data / "secret.key").read_text() == SECRET
    assert (data / "my letter.docx").exists()
    assert head(data)[1] == 0
    assert anchor.chains(data) <= {head(data)[0]}


@pytest.mark.parametrize("why", ["a network", "a running server"])
def test_a_sample_that_cannot_be_opened_again_is_not_emptied_first(data, quick, why):
    mark(data, chain=head(data)[0])
    before = everything_stored(data)
    with socket.create_server(("127.0.0.1", 0)) as server:
        noted = {"host": "0.0.0.0", "port": server.getsockname()[1], "process": os.getppid()}
        (data / "serving.json").write_text(json.dumps(noted))
        asks, said = ("0.0.0.0", "chỉ mở trên máy này") if why == "a network" else ("127.0.0.1", "Máy chủ đang chạy")
        with pytest.raises(ConfigError, match=said):
            start(no_sample=False, reset_sample=True, host=asks)
    assert everything_stored(data) == before


def test_a_mark_that_cannot_be_read_is_told_in_a_sentence(data, quick):
    (data / "sample.json").write_text("")
    with pytest.raises(ConfigError, match=r"sample\.json: không đọc được"):
        start(no_sample=False)
