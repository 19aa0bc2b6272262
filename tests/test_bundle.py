"""The bundle for a machine without a network: what it holds, for whom, and how run.py installs from it."""

import hashlib
import re
import subprocess

import pytest

from tools import bundle, commands, environment, lock

LINUX, WINDOWS = (lock.Target(system, "3.12", bundle.SYSTEMS[system]) for system in ("Linux", "Windows"))
LOCK = """\
everywhere==1.0 \\
    --hash=sha256:aa
    # via bdg
old-only==1.30 ; python_full_version < '3.12' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
new-only==2.2.0 ; python_full_version >= '3.12' \\
    --hash=sha256:dd
windows-only==3 ; sys_platform == 'win32' \\
    --hash=sha256:ee
pypy-only==4 ; platform_python_implementation == 'PyPy' \\
    --hash=sha256:ff
"""


@pytest.fixture
def fetched(monkeypatch):
    """What would have been fetched: (target's name, the pins); a wheel is laid for each."""
    calls = []

    def pretend(pins, target, wheels):
        calls.append((target.name, pins))
        wheels.mkdir(exist_ok=True)
        (wheels / f"flask-3-{target.system}-{target.python}.whl").write_bytes(target.name.encode())

    monkeypatch.setattr(bundle, "fetch", pretend)
    monkeypatch.setattr(bundle, "described_version", lambda: "0.1.0-1a2b3c4")
    return calls


def test_a_lock_is_read_as_the_machine_it_is_for_reads_it(tmp_path):
    (tmp_path / "lock").write_text(LOCK)
    read = {
        target.name: re.findall(r"(\S+)==", lock.requirements(tmp_path / "lock", target))
        for target in (LINUX, WINDOWS, lock.Target("Linux", "3.11", ()))
    }
    assert read == {
        "Linux, Python 3.12": ["everywhere", "new-only"],
        "Windows, Python 3.12": ["everywhere", "new-only", "windows-only"],
        "Linux, Python 3.11": ["everywhere", "old-only"],
    }
    assert "--hash=sha256:cc" in lock.requirements(tmp_path / "lock", lock.Target("Linux", "3.11", ()))


@pytest.mark.parametrize("target", bundle.everywhere(), ids=lambda target: target.name)
def test_every_pin_of_the_lock_is_read_with_its_hashes(target):
    text = lock.requirements(environment.RUNTIME_LOCK, target)
    assert ";" not in re.sub(r"#.*", "", text)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert all("--hash=sha256:" in entry for entry in entries)


def test_it_holds_the_program_the_packages_and_their_sums(fetched, tmp_path):
    place = bundle.make(tmp_path, bundle.everywhere())
    assert place == tmp_path / "bang-bdg-0.1.0-1a2b3c4"
    assert [name for name, _pins in fetched] == [
        f"{system}, Python {python}" for system in ("Linux", "Windows") for python in ("3.11", "3.12", "3.13")
    ]
    held = {path.relative_to(place / "program").as_posix() for path in (place / "program").rglob("*")}
    assert {
        "run.py",
        "requirements.lock",
        "app/serve/__main__.py",
        "tools/commands.py",
        "templates/layout/base.html",
    } <= held
    assert (place / "program" / "VERSION").read_text() == "0.1.0-1a2b3c4\n"
    assert not {name for name in held if name.startswith(("tests", "bench", ".venv", ".git", "data", "build"))}
    for line in (place / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest
    assert sum(1 for path in place.rglob("*") if path.is_file()) == 1 + (place / "SHA256SUMS").read_text().count("\n")


def test_its_guide_is_readable_on_windows_and_names_no_registry(fetched, tmp_path):
    data = (bundle.make(tmp_path, [WINDOWS]) / "HUONG-DAN.txt").read_bytes()
    guide = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert "phiên bản 0.1.0-1a2b3c4" in guide
    assert "Windows, Python 3.12 (máy 64 bit)" in guide
    assert not re.search(r"https?://(?!127\.0\.0\.1)|\{[a-z]+\}", guide)


def test_a_second_bundle_of_a_version_takes_the_place_of_the_first(fetched, tmp_path):
    first = bundle.make(tmp_path, [LINUX])
    (first / "left").touch()
    assert not (bundle.make(tmp_path, [WINDOWS]) / "left").exists()
    assert [path.name for path in (first / "wheels").iterdir()] == ["flask-3-Windows-3.12.whl"]


def test_what_is_not_committed_is_not_handed_over(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bundle, "_git", lambda *arguments: b" M app/serve/__main__.py\n")
    assert bundle.main(["--out", str(tmp_path)]) == 1
    assert "chưa ghi vào git" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_copy_without_git_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(environment.SetupError, match="thiếu git"):
        bundle.make(tmp_path, [LINUX])


def test_packages_are_fetched_for_the_other_system_and_compared_with_their_hashes(monkeypatch, tmp_path):
    ran = []

    def run(command, **_options):
        ran.append(command)
        return subprocess.CompletedProcess(command, 1 if "download" in command else 0)

    monkeypatch.setattr(bundle.subprocess, "run", run)
    with pytest.raises(environment.SetupError, match=r"Windows, Python 3\.12"):
        bundle.fetch("flask==3 --hash=sha256:aa", WINDOWS, tmp_path)
    command = " ".join(ran[-1])
    for words in ("--require-hashes", "--no-deps", "--only-binary=:all:", "--python-version 3.12", "--abi cp312"):
        assert words in command
    assert "--platform win_amd64" in command


@pytest.fixture
def wheels(monkeypatch, tmp_path):
    """A folder with a wheel; run.py forgets it afterwards."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "flask-3-py3-none-any.whl").touch()
    monkeypatch.setenv(environment.WHEELS, "")  # so that what run.py sets is taken back
    monkeypatch.delenv(environment.WHEELS)
    return tmp_path / "wheels"


@pytest.mark.parametrize("uv", [None, "/usr/bin/uv"])
def test_with_wheels_at_hand_nothing_is_asked_of_a_network(monkeypatch, wheels, uv):
    ran = []

    def run(command, *, env, **_options):
        ran.append((command, env))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(environment, "_uv", lambda: uv)
    monkeypatch.setattr(environment.subprocess, "run", run)
    monkeypatch.setenv("PIP_FIND_LINKS", "elsewhere")
    environment.use_wheels(wheels)
    environment._install("--require-hashes", "-r", "requirements.lock")
    ((command, variables),) = ran
    assert command[-6:] == ["--no-index", "--find-links", str(wheels), "--require-hashes", "-r", "requirements.lock"]
    assert "PIP_FIND_LINKS" not in variables
    assert variables["PIP_CONFIG_FILE"] == environment.os.devnull


@pytest.mark.parametrize("asked", [["--wheels", "DIR", "check"], ["check", "--wheels=DIR"]])
def test_wheels_may_be_named_for_every_command(monkeypatch, wheels, asked):
    monkeypatch.setitem(commands.COMMANDS, "check", lambda rest: len(rest))
    assert commands.main([word.replace("DIR", str(wheels)) for word in asked]) == 0
    assert environment.os.environ[environment.WHEELS] == str(wheels)


def test_a_folder_without_wheels_is_refused_in_one_line(wheels, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert commands.main(["--wheels", str(tmp_path / "empty")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert environment.WHEELS not in environment.os.environ


def test_wheels_of_another_machine_are_told_apart_from_a_missing_network(monkeypatch, wheels):
    done = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(environment.subprocess, "run", lambda *_arguments, **_options: done)
    environment.use_wheels(wheels)
    with pytest.raises(environment.SetupError, match="hệ điều hành và Python này"):
        environment._install("-r", "requirements.lock")
