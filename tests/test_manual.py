"""What the technician's manual says is so: its variables, its service, its commands."""

import configparser
import re
from pathlib import Path

from app.cli import main
from app.serve.__main__ import _parser
from tools import commands

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs" / "van-hanh.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first block of code of a language."""
    return re.search(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)[1]


def test_every_variable_that_the_program_reads_is_explained():
    read = {name for path in (ROOT / "app").rglob("*.py") for name in re.findall(r'"(BDG_[A-Z_]+)"', path.read_text())}
    assert "BDG_DATA" in read
    assert {name for name in read if f"`{name}`" not in MANUAL} == set()


def test_the_service_starts_the_server_as_it_is_started():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(block("ini"))
    service = unit["Service"]
    program, *arguments = service["ExecStart"].split()
    assert program == f"{service['WorkingDirectory']}/.venv/bin/python"
    assert arguments[:2] == ["-m", "app.serve"]
    asked = _parser().parse_args(arguments[2:])
    assert (asked.host, asked.no_sample) == ("127.0.0.1", True)
    assert f"BDG_DATA={service['ReadWritePaths']}\n" in MANUAL
    assert (service["User"], service["ProtectSystem"], service["NoNewPrivileges"]) == ("bdg", "strict", "yes")


def test_its_commands_exist():
    named = set(re.findall(r"(?:`|/)bdg ([a-z]+(?:-[a-z]+)?)(?: ([a-z]+))?", MANUAL))
    assert ("check-deploy", "") in named
    for group, command in named:
        found = main.commands[group]
        assert not command or command in found.commands, (group, command)
    assert {"install", "bundle", "test"} <= set(re.findall(r"run\.py(?: --wheels \S+)? ([a-z]+)", MANUAL)) & set(
        commands.COMMANDS
    )


def test_it_names_no_address_outside_the_office():
    addresses = re.findall(r"https?://([^/\s:`]+)", MANUAL)
    assert set(addresses) <= {"127.0.0.1", "bdg.ubnd.local", "$host$request_uri;"}
