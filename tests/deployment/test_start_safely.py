"""The server does not start where it would be open to strangers; what it writes is its own account's alone."""

import os
import stat

import pytest
from click.testing import CliRunner

from app.cli import main
from app.config import ConfigError
from tests.deployment.conftest import start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")


def folder_open(data, monkeypatch):
    data.chmod(0o755)
    (data / "bdg.sqlite3").chmod(0o644)


def secret_of_one_letter(data, monkeypatch):
    monkeypatch.setenv("BDG_SECRET_KEY", "a" * 40)


def kept_secret_of_one_letter(data, monkeypatch):
    (data / "secret.key").write_text("a" * 40)


def secret_open(data, monkeypatch):
    (data / "secret.key").chmod(0o640)


def debugging(data, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")


def proxies_that_are_no_number(data, monkeypatch):
    monkeypatch.setenv("BDG_PROXIES", "9" * 5000)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (folder_open, "chmod 700"),
        (secret_of_one_letter, "khóa bí mật yếu"),
        (kept_secret_of_one_letter, "khóa bí mật yếu"),
        (secret_open, "chmod 600"),
        (debugging, "FLASK_DEBUG"),
        (proxies_that_are_no_number, "phải là số proxy"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_installation_that_is_open_to_strangers_does_not_start(data, monkeypatch, fault, said):
    fault(data, monkeypatch)
    with pytest.raises(ConfigError) as refusal:
        start()
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not (data / "log").exists()


def test_several_faults_are_told_in_one_line_each(data, monkeypatch):
    for fault in (folder_open, secret_of_one_letter, debugging):
        fault(data, monkeypatch)
    with pytest.raises(ConfigError) as refusal:
        start()
    assert len(str(refusal.value).splitlines()) == 3


def test_what_is_written_after_the_start_is_for_this_account_alone(data):
    data.chmod(0o755)
    data.chmod(0o700)
    app = start()
    (app.extensions["bdg"].data / "written.txt").write_text("x")
    assert stat.S_IMODE((data / "written.txt").stat().st_mode) == 0o600


def test_a_command_keeps_its_files_private_too(data):
    assert CliRunner().invoke(main, ["unit", "load"]).exit_code == 0
    (log,) = (data / "log").glob("*") if list((data / "log").glob("*")) else (data / "log",)
    assert stat.S_IMODE(log.stat().st_mode) & 0o077 == 0
