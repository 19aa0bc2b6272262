"""`bdg` and `run.py`: each says where it works, what is wrong with what was asked, and never shows a traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import config
from app.cli import main
from app.cli import support as cli
from tests.deployment.conftest import data, head  # noqa: F401
from tools import commands

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"\b(usage|error|invalid|missing|options?|aborted|unrecognized|required|expected|try)\b", re.I)
ENDS = ("0", "-1", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 5000, "1e9", "٣", "", "x")
DAYS = ("0000-01-01", "0001-01-01", "1/1/1", "31/12/9999", "30/02/2024", "99/99/9999", "2024-05", "9" * 5000, "x")


def bdg(*arguments, **more):
    """(exit code, stdout, stderr) of a command; a fault that nobody foresaw fails the test."""
    told = CliRunner().invoke(main, arguments, **more)
    assert told.exception is None or isinstance(told.exception, SystemExit), (arguments, told.exception)
    assert "Traceback" not in told.stderr
    return told.exit_code, told.stdout, told.stderr


def every_command():
    """(words, command) of each."""
    for name, group in main.commands.items():
        if hasattr(group, "commands"):
            yield from (((name, under), command) for under, command in group.commands.items())
        else:
            yield (name,), group


def test_it_says_on_stderr_in_which_folder_it_works_so_that_json_stays_json(data):  # noqa: F811
    code, told, where = bdg("plan", "list", "--json")
    assert (code, where) == (0, f"Thư mục dữ liệu: {data}\n")
    assert json.loads(told)[0]["id"] == 1


READING = [("plan", "list"), ("audit", "verify"), ("files", "verify"), ("files", "sweep", "--list"), ("check-deploy",)]
WRITING = [
    ("unit", "load"),
    ("admin", "create", "--username", "a", "--name", "A", "--password-stdin"),
    ("person", "create", "--username", "a", "--name", "A", "--unit", "A", "--role", "head", "--password-stdin"),
    ("export", "workbook", "--plan", "1", "--out", "x.xlsx"),
    ("audit", "renew", "--yes"),
]


@pytest.mark.parametrize("command", [*READING, *WRITING], ids=" ".join)
def test_no_command_makes_a_folder_or_a_database_where_nobody_serves_one(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BDG_DATABASE_URL", raising=False)
    (tmp_path / "empty").mkdir(mode=0o700)
    for place in ("khongco", "empty", None):
        monkeypatch.setenv("BDG_DATA", place) if place else monkeypatch.delenv("BDG_DATA")
        code, _told, said = bdg(*command, input="mật khẩu đủ dài\n")
        assert code == (1 if command == ("check-deploy",) else 2), said
        assert f"Thư mục dữ liệu: {(tmp_path / (place or 'data'))}" in said
        assert {path.name for path in tmp_path.iterdir()} == {"empty"}
        assert not [path for path in (tmp_path / "empty").rglob("*") if path.is_file()]


def test_only_the_upgrade_makes_a_database_and_only_where_it_was_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BDG_DATA", raising=False)
    assert bdg("db", "upgrade")[0] == 2
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("BDG_DATA", "named")
    assert bdg("db", "upgrade")[0] == 0
    assert head(tmp_path / "named")[1] == 0


WRONG = [
    ([], 2),
    (["--không-có"], 2),
    (["frob"], 2),
    (["plan", "frob"], 2),
    (["plan", "list", "thừa"], 2),
    (["plan", "list", "--jsn"], 2),
    (["plan", "list", "--json=1"], 2),
    (["plan", "read"], 2),
    (["plan", "read", "/khong/co"], 2),
    (["plan", "read", "/"], 2),
    (["export", "workbook"], 2),
    (["export", "workbook", "--plan"], 2),
    (["export", "workbook", "--plan", "1", "--out", "/"], 2),
    (["export", "workbook", "--plan", "1", "--out", "khongco/x.xlsx"], 2),
    (["unit", "load", "/khong/co"], 2),
    (["person", "create"], 2),
    (["admin", "create"], 1),
    (["audit", "renew"], 1),
]


@pytest.mark.parametrize(
    ("arguments", "ends"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_is_asked_wrongly_is_told_in_vietnamese(data, arguments, ends):  # noqa: F811
    code, told, said = bdg(*arguments)
    assert code == ends
    assert said or told
    assert not ENGLISH.search(re.sub(r"--\S+|/\S+|https?\S+", "", said + told).replace("frob", "")), said + told


@pytest.mark.parametrize(("words", "command"), list(every_command()), ids=lambda value: str(value)[:30])
def test_the_help_of_every_command_is_in_vietnamese(words, command):
    code, told, _said = bdg(*words, "--help")
    assert code == 0
    assert not ENGLISH.search(re.sub(r"--\S+", "", told)), told


@pytest.mark.parametrize("option", ["--plan", "--unit", "--as-of"])
def test_numbers_and_days_at_the_ends_of_their_kind_are_told_in_a_sentence(data, tmp_path, option, monkeypatch):  # noqa: F811
    out = tmp_path / "x.xlsx"
    usual = {"--plan": "1", "--out": str(out)}
    for value in DAYS if option == "--as-of" else ENDS:
        asked = [part for pair in {**usual, option: value}.items() for part in pair]
        code, _told, said = bdg("export", "workbook", *asked)
        assert code == 2 or (option == "--as-of" and value == ""), (value[:20], said)
        assert said.strip()
        assert not out.exists()


def test_a_unit_that_there_is_not_is_called_so(data, tmp_path):  # noqa: F811
    _code, _told, said = bdg("export", "workbook", "--plan", "1", "--unit", "999", "--out", str(tmp_path / "x.xlsx"))
    assert "Không có đơn vị số 999." in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cần một tệp JSON"),
        ("{", "cần một tệp JSON"),
        ("{}", "cần một tệp JSON"),
        ("[" * 100_000, "cần một tệp JSON"),
        ("[1]", "đơn vị thứ 1: cần có kind, name và short_name"),
        ('[{"kind": "department", "name": 5, "short_name": "A"}]', "cần có kind, name và short_name"),
        ('[{"kind": "phong", "name": "A", "short_name": "A"}]', "department, service, body, committee, ward, commune"),
        ('[{"kind": "ward", "name": "A", "short_name": "A", "x": 1}]', "không có mục “x”"),
        ('[{"kind": "ward", "name": "A", "short_name": "A", "staff_may_send": "có"}]', "“staff_may_send” không đúng"),
        ('[{"kind": "ward", "name": "A", "short_name": "A", "aliases": "B"}]', "“aliases” không đúng"),
    ],
    ids=range(10),
)
def test_a_list_of_units_that_is_not_as_it_must_be_says_where_and_what_may_stand_there(data, tmp_path, text, said):  # noqa: F811
    (tmp_path / "units.json").write_text(text)
    code, _told, told = bdg("unit", "load", str(tmp_path / "units.json"))
    assert (code, said in told) == (2, True), told


def test_text_that_is_not_utf8_is_told_in_a_sentence(data, tmp_path):  # noqa: F811
    (tmp_path / "units.json").write_bytes(b'[{"kind": "ward", "name": "\xd0\xc6"}]')
    assert bdg("unit", "load", str(tmp_path / "units.json"))[0] == 2
    code, _told, said = bdg(
        "admin", "create", "--username", "a", "--name", "\udce9", "--password-stdin", input="x" * 20
    )
    assert (code, "không phải UTF-8" in said) == (2, True)


@pytest.mark.parametrize(
    "url", ["abc", "mysql://x/y", "postgresql://127.0.0.1:1/none", "postgresql://[", "postgresql://a:b@h:port/x"]
)
def test_an_address_of_a_database_that_cannot_be_used_is_told_in_a_sentence(data, monkeypatch, url):  # noqa: F811
    monkeypatch.setenv("BDG_DATABASE_URL", url)
    code, _told, said = bdg("plan", "list")
    assert code == 2
    assert said.count("\n") >= 2


def test_a_workbook_is_readable_as_the_operator_has_it(data, tmp_path):  # noqa: F811
    os.umask(0o022)
    out = tmp_path / "x.xlsx"
    code, told, said = bdg("export", "workbook", "--plan", "1", "--out", str(out))
    assert (code, told) == (0, f"Đã ghi {out}\n"), said
    assert out.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    "arguments",
    [["--prt", "1"], ["--port"], ["--port", "abc"], ["--port", "9" * 5000], ["--no-sample=1"], ["thừa"], ["--wheels"]],
    ids=lambda value: " ".join(value)[:20],
)
def test_what_is_asked_of_run_py_wrongly_is_told_in_vietnamese(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        commands.main(arguments)
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert not ENGLISH.search(re.sub(r"--\S+", "", told)), told


@pytest.mark.parametrize("port", ["-1", "0x1", "65536", "99999999999999999999"])
def test_a_port_that_there_is_not_is_told_in_a_line(tmp_path, port):
    done = subprocess.run(
        [sys.executable, "-m", "app.serve", "--no-sample", "--port", port],
        cwd=ROOT,
        env={"BDG_DATA": str(tmp_path / "data"), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_the_password_of_a_database_is_never_shown(tmp_path):
    settings = config.Config(tmp_path, "postgresql+psycopg://bdg:bi-mat@127.0.0.1/bdg", "k" * 40)
    assert "bi-mat" not in settings.place
    assert "127.0.0.1/bdg" in settings.place
    assert cli.NUMBER.convert("7", None, None) == 7
