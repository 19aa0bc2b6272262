"""A data folder knows its database: no start and no command on another one, and not a byte of the store is touched."""

import shutil

import pytest
from click.testing import CliRunner

from app.cli import main
from app.config import ConfigError
from app.core import anchor
from tests.deployment.conftest import change_chain, everything_stored, head, start


def bdg(*arguments, **more):
    """(exit code, stdout, stderr) of a command."""
    told = CliRunner().invoke(main, arguments, **more)
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told.exit_code, told.stdout, told.stderr


def no_address(data):
    """A PostgreSQL installation started once without BDG_DATABASE_URL: there is no SQLite database."""
    (data / "bdg.sqlite3").unlink()


def no_address_and_no_anchor(data):
    no_address(data)
    for path in data.glob("audit-*.anchor"):
        path.unlink()


def empty_database(data):
    change_chain(data, "0123456789ab", empty=True)


def foreign_chain(data):
    change_chain(data, "0123456789ab")


def second_chain(data):
    (data / "audit-0123456789ab.anchor").write_text("4 " + "0" * 64 + "\n")


def files_of_another(data):
    """Neither an anchor nor one file that the rows name."""
    for path in data.glob("audit-*.anchor"):
        path.unlink()
    for path in list((data / "files").rglob("*")):
        if path.is_file():
            path.rename(path.with_name(path.name[::-1]))


WAYS = [no_address, no_address_and_no_anchor, empty_database, foreign_chain, second_chain, files_of_another]
named = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


@named
def test_a_start_on_another_database_is_refused_and_the_store_stays_as_it_is(data, way):
    way(data)
    before, had = everything_stored(data), (data / "bdg.sqlite3").exists()
    for flags in ({}, {"no_sample": False}, {"no_sample": False, "sample": True}):
        with pytest.raises(ConfigError) as refusal:
            start(**flags)
        assert "Không có gì bị thay đổi" in str(refusal.value), flags
    assert everything_stored(data) == before
    assert (data / "bdg.sqlite3").exists() == had
    assert not (data / "sample.json").exists()


@named
def test_a_command_on_another_database_is_refused_too(data, way):
    way(data)
    before = everything_stored(data)
    for command in (("files", "sweep"), ("unit", "load"), ("db", "upgrade"), ("audit", "renew", "--yes")):
        code, _out, told = bdg(*command)
        assert (code, "Không có gì bị thay đổi" in told or "Chưa có cơ sở dữ liệu" in told) == (2, True), told
    assert everything_stored(data) == before


def test_its_own_database_is_opened_without_a_word(data, capsys):
    before = everything_stored(data)
    start()
    assert "cũ hơn" not in capsys.readouterr().out
    assert everything_stored(data) == before


def test_an_older_copy_of_its_own_database_starts_with_a_warning_and_every_file_stays(data, capsys):
    chain, sequence, _digest = head(data)
    with (data / anchor.name_of(chain)).open("a") as notes:
        notes.write(f"{sequence + 7} {'a' * 64}\n")
    before = everything_stored(data)
    start()
    told = capsys.readouterr().out
    assert f"nhật ký có {sequence} dòng, tệp dấu đã ghi đến dòng {sequence + 7}" in told
    assert "bdg audit renew" in told
    assert everything_stored(data) == before
    code, _out, refusal = bdg("files", "sweep")
    assert code == 2
    assert "cơ sở dữ liệu cũ hơn thư mục" in refusal
    assert everything_stored(data) == before


def test_the_command_notes_in_the_log_that_an_older_copy_was_put_back(data):
    chain, sequence, _digest = head(data)
    with (data / anchor.name_of(chain)).open("a") as notes:
        notes.write(f"{sequence + 7} {'a' * 64}\n")
    assert bdg("audit", "verify")[0] == 1
    assert bdg("audit", "renew", input="n\n")[0] == 1  # asked back, and answered no
    code, told, _ = bdg("audit", "renew", "--yes")
    assert (code, f"từ dòng {sequence + 1}" in told) == (0, True)
    assert bdg("audit", "verify")[0] == 0
    (aside,) = data.glob("audit-*.anchor.*")
    assert f"{sequence + 7} " in aside.read_text()
    code, _, refusal = bdg("audit", "renew", "--yes")
    assert (code, "không có gì phải lập lại" in refusal) == (2, True)


def test_a_database_whose_files_are_elsewhere_is_not_served_from_an_empty_folder(data, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    shutil.copy(data / "bdg.sqlite3", other)
    monkeypatch.setenv("BDG_DATA", str(other))
    with pytest.raises(ConfigError, match="không phải thư mục của cơ sở dữ liệu này"):
        start()
    assert bdg("audit", "renew", "--yes")[0] == 0  # the operator says that the store is lost
    start()


@pytest.mark.postgres
def test_a_folder_of_sqlite_refuses_another_database_on_postgresql(data, postgres_bench, monkeypatch):
    postgres_bench.reset()
    postgres_bench.close()
    monkeypatch.setenv("BDG_DATABASE_URL", postgres_bench.app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", ""))
    before = everything_stored(data)
    with pytest.raises(ConfigError, match="thuộc về cơ sở dữ liệu khác"):
        start()
    assert everything_stored(data) == before
