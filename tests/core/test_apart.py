"""A process of its own has bounds, and what it started ends with it."""

import time
from pathlib import Path

import pytest

from app.core import apart, libreoffice
from app.core.apart import Bounds, Broken, Overstepped

WIDE = Bounds(300_000_000, 20, 30)
MODULES = {
    "echo": "import sys\ndef main(): sys.stdout.buffer.write(sys.stdin.buffer.read())",
    "greedy": "def main(): x = bytearray(2_000_000_000)",
    "endless": "def main():\n  while True: pass",
    "faulty": "def main(): raise ValueError('no such thing')",
    "parent": (
        "import subprocess, sys, time\n"
        "def main():\n"
        "  child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "  open(sys.stdin.read(), 'w').write(str(child.pid))\n"
        "  time.sleep(60)\n"
    ),
}


@pytest.fixture
def module(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def write(name):
        (tmp_path / f"{name}.py").write_text(MODULES[name])
        return name

    return write


def test_it_answers_what_it_was_told(module):
    assert apart.ask(module("echo"), b"abc" * 500_000, WIDE) == b"abc" * 500_000


@pytest.mark.parametrize(
    ("name", "bounds"),
    [("greedy", WIDE), ("endless", Bounds(300_000_000, 1, 30)), ("endless", Bounds(300_000_000, 20, 0.5))],
)
def test_beyond_its_memory_its_processor_or_its_time_it_ends(module, name, bounds):
    with pytest.raises(Overstepped):
        apart.ask(module(name), b"", bounds)


def test_an_error_of_its_own_is_told_apart_with_its_last_words(module):
    with pytest.raises(Broken, match="no such thing"):
        apart.ask(module("faulty"), b"", WIDE)


def test_what_it_started_ends_with_it(module, tmp_path):
    told = tmp_path / "child"
    with pytest.raises(Overstepped):
        apart.ask(module("parent"), str(told).encode(), Bounds(300_000_000, 20, 5))
    status = Path(f"/proc/{told.read_text()}/stat")
    for _ in range(50):
        if not status.exists() or ") Z " in status.read_text():
            break
        time.sleep(0.1)
    assert not status.exists() or ") Z " in status.read_text()


def test_other_programs_get_none_of_the_servers_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("BDG_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    given = libreoffice._environment(tmp_path)
    assert not [name for name in given if name.startswith("BDG_") or name.lower() == "no_proxy"]
    assert given["HOME"] == str(tmp_path)
