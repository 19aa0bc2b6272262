"""run.py: what it installs from, how it starts, and what it says when it cannot."""

import errno
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import checks, commands, environment, machine

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links")


def pins(lock: Path) -> dict[str, str]:
    return dict(PIN.findall(lock.read_text(encoding="utf-8")))


@pytest.fixture
def handed_over(monkeypatch):
    """What run.py would hand to the environment's Python, instead of becoming it."""
    calls = []

    def record(*arguments, **variables):
        calls.append((list(arguments), variables))
        raise SystemExit(0)

    monkeypatch.setattr(commands, "ensure", lambda lock: calls.append(lock.name))
    monkeypatch.setattr(commands, "compile_catalogues", lambda: None)
    monkeypatch.setattr(commands, "hand_over", record)
    monkeypatch.delenv("BDG_DATA", raising=False)
    monkeypatch.delenv("BDG_DATABASE_URL", raising=False)
    return calls


def ask(*arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.main(arguments)
    assert ended.value.code == 0


def test_the_locks_agree_on_every_version_the_product_runs_on():
    runtime, development = pins(environment.RUNTIME_LOCK), pins(environment.DEVELOPMENT_LOCK)
    assert len(runtime) > 20
    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", [environment.RUNTIME_LOCK, environment.DEVELOPMENT_LOCK], ids=lambda lock: lock.name)
def test_a_lock_has_a_hash_for_every_pin_and_names_no_address(lock):
    text = lock.read_text(encoding="utf-8")
    assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:])
    assert not ADDRESS.search(text)


def test_by_default_it_serves_the_sample_to_this_machine_only(handed_over):
    ask()
    assert handed_over == [
        "requirements.lock",
        (
            ["-m", "app.serve", "--host", "127.0.0.1", "--port", "8000", "--sample"],
            {"BDG_DATA": str(environment.ROOT / "data")},
        ),
    ]


def test_what_is_asked_reaches_the_server(handed_over, tmp_path):
    ask("--host", "0.0.0.0", "--port", "9", "--data", str(tmp_path), "--no-sample", "--allow-sample-on-network")
    arguments, variables = handed_over[-1]
    assert arguments[2:] == ["--host", "0.0.0.0", "--port", "9", "--no-sample", "--allow-sample-on-network"]
    assert variables == {"BDG_DATA": str(tmp_path)}


def test_where_a_database_is_named_no_sample_is_made_for_want_of_a_flag(handed_over, monkeypatch):
    monkeypatch.setenv("BDG_DATABASE_URL", "postgresql://bdg@127.0.0.1/bdg")
    ask()
    assert "--sample" not in handed_over[-1][0]


def test_the_data_folder_of_the_environment_is_used_when_none_is_named(handed_over, monkeypatch, tmp_path):
    monkeypatch.setenv("BDG_DATA", str(tmp_path))
    ask()
    assert handed_over[-1][1] == {"BDG_DATA": str(tmp_path)}


def test_tests_run_with_the_browser_that_was_found(handed_over, monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "chromium", lambda: tmp_path / "chromium")
    monkeypatch.setattr(machine, "provide", lambda needs: None)
    ask("test", "-k", "board")
    arguments, variables = handed_over[-1]
    assert arguments[:3] == ["-m", "pytest", "-n"]
    assert arguments[4:] == ["-k", "board"]
    assert variables == {"BDG_CHROMIUM": str(tmp_path / "chromium")}


@pytest.mark.parametrize(
    ("options", "left_out"), [([], set()), (["--sqlite-only"], {"PostgreSQL"}), (["--no-browser"], {"chromium"})]
)
def test_only_what_the_run_needs_is_looked_for(handed_over, monkeypatch, options, left_out):
    asked = []
    monkeypatch.setattr(machine, "provide", lambda needs: asked.extend(need.name for need in needs))
    ask("test", "-n0", *options)
    everything = {need.name for need in (machine.BROWSER, machine.POSTGRES, *machine.ALWAYS)}
    assert set(asked) == everything - left_out
    assert handed_over[-1][0] == ["-m", "pytest", "-n0", *options]


def test_a_missing_tool_fails_the_run_with_the_line_that_installs_it(handed_over, monkeypatch, capsys):
    monkeypatch.setattr(machine, "_may_install", lambda: False)
    monkeypatch.setattr(machine, "BROWSER", machine.Need("chromium", lambda: False, ("chromium",)))
    monkeypatch.setattr(machine, "POSTGRES", machine.Need("PostgreSQL", lambda: True, ("postgresql",)))
    monkeypatch.setattr(machine, "ALWAYS", (machine.Need("pdftoppm", lambda: False, ("poppler-utils",)),))
    assert commands.main(["test"]) == 1
    assert capsys.readouterr().err == (
        "Thiếu chromium, pdftoppm. Trên Debian, Ubuntu: sudo apt-get install -y chromium poppler-utils\n"
    )


def test_the_quick_tests_need_nothing_beside_python(handed_over, monkeypatch):
    monkeypatch.setattr(machine, "provide", fail)
    ask("test", "--quick", "-n0", "-k", "log")
    arguments = handed_over[-1][0]
    assert arguments[:4] == ["-m", "pytest", "--sqlite-only", "--no-browser"]
    assert arguments[-3:] == ["-n0", "-k", "log"]
    assert "--quick" not in arguments
    folders = [Path(environment.ROOT, name) for name in arguments[4:-3] if not name.startswith("-")]
    assert folders
    assert all(path.exists() for path in folders)


def test_the_old_browser_is_told_from_todays(handed_over, monkeypatch, tmp_path):
    old, today = tmp_path / "old", tmp_path / "today"
    old.touch()
    monkeypatch.setenv("BDG_CHROMIUM_109", str(old))
    monkeypatch.setattr(machine, "chromium", lambda: today)
    ask("test", "--old-browser", "-n0")
    arguments, variables = handed_over[-1]
    assert variables == {
        "BDG_CHROMIUM": str(old),
        "BDG_CHROMIUM_109": str(old),
        "BDG_CHROMIUM_TODAY": str(today),
    }
    assert {"tests/browser/apart", "tests/browser/test_the_heads_task.py"} <= {Path(a).as_posix() for a in arguments}


@pytest.mark.parametrize("named", [None, "/none/chromium"])
def test_without_the_old_browser_the_run_fails_in_one_line(handed_over, monkeypatch, capsys, named):
    monkeypatch.delenv("BDG_CHROMIUM_109", raising=False)
    if named:
        monkeypatch.setenv("BDG_CHROMIUM_109", named)
    assert commands.main(["test", "--old-browser"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "BDG_CHROMIUM_109" in told


def test_what_is_run_apart_is_no_part_of_an_ordinary_run(handed_over):
    ask("test", "--offline-bundle", "-s")
    assert handed_over[-1][0] == ["-m", "pytest", "tests/apart", "-s"]
    project = environment.tomllib.loads(environment.PYPROJECT.read_text(encoding="utf-8"))
    assert "apart" in project["tool"]["pytest"]["ini_options"]["norecursedirs"]


def test_it_installs_without_starting_anything(handed_over, capsys):
    assert commands.main(["install"]) == 0
    assert handed_over == ["requirements.lock"]
    assert "bdg" in capsys.readouterr().out


@pytest.fixture
def on_windows(monkeypatch, tmp_path):
    """The parts of run.py that differ on Windows, told that they are there."""
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment.os, "chdir", lambda _place: None)
    return monkeypatch


class Child:
    """A server that is told to stop by Ctrl+C twice before it has stopped."""

    def __init__(self, command, env):
        self.command, self.env, self.presses = command, env, 2

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def wait(self):
        if self.presses:
            self.presses -= 1
            raise KeyboardInterrupt
        return 5


def test_on_windows_it_waits_for_the_clean_stop_of_the_server(on_windows):
    started = []
    on_windows.setattr(environment.subprocess, "Popen", lambda *a, **k: started.append(Child(*a, **k)) or started[0])
    on_windows.setattr(environment.os, "name", "nt")
    with pytest.raises(SystemExit) as ended:
        environment.hand_over("-m", "app.serve", BDG_DATA="D:\\bdg")
    on_windows.setattr(environment.os, "name", "posix")
    assert ended.value.code == 5
    assert started[0].command[1:] == ["-m", "app.serve"]
    assert (started[0].env["PYTHONUTF8"], started[0].env["BDG_DATA"]) == ("1", "D:\\bdg")


def test_on_windows_nothing_is_installed_for_the_machine(monkeypatch):
    monkeypatch.setattr(machine.os, "name", "nt")
    may = machine._may_install()
    monkeypatch.setattr(machine.os, "name", "posix")
    assert not may


def test_nothing_is_installed_while_what_was_installed_from_is_unchanged(monkeypatch, tmp_path):
    ran = fresh_environment(monkeypatch, tmp_path)
    environment.ensure(environment.DEVELOPMENT_LOCK)
    first = len(ran)
    environment.ensure(environment.DEVELOPMENT_LOCK)
    environment.ensure(environment.RUNTIME_LOCK)
    assert (first, len(ran)) == (3, 3)


def test_a_changed_lock_is_installed_again(monkeypatch, tmp_path):
    ran = fresh_environment(monkeypatch, tmp_path)
    lock = tmp_path / "requirements.lock"
    lock.write_text("flask==1")
    monkeypatch.setattr(environment, "RUNTIME_LOCK", lock)
    environment.ensure(lock)
    lock.write_text("flask==2")
    environment.ensure(lock)
    assert [command[-1] for command in ran].count(str(lock)) == 2


def test_an_installation_that_failed_is_tried_again_next_time(monkeypatch, tmp_path):
    fresh_environment(monkeypatch, tmp_path)
    monkeypatch.setattr(environment, "_install", fail)
    for _ in range(2):
        with pytest.raises(environment.SetupError):
            environment.ensure(environment.RUNTIME_LOCK)


def test_a_python_that_cannot_make_environments_is_told_what_to_install(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(environment, "_uv", lambda: None)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    assert commands.main([]) == 1
    assert "apt-get install -y python3-venv" in capsys.readouterr().err


def test_a_program_folder_that_cannot_be_written_is_told_in_one_line(monkeypatch, capsys):
    def fail(_lock):
        raise OSError(errno.ENOSPC, "No space left on device", "/opt/bdg/.venv")

    monkeypatch.setattr(commands, "ensure", fail)
    assert commands.main([]) == 1
    told = capsys.readouterr().err
    assert "Không ghi được /opt/bdg/.venv (No space left on device)" in told
    assert told.count("\n") == 1


def test_an_older_python_is_told_so_in_one_line():
    pretend = "import sys; sys.version_info = (3, 9, 2); sys.argv = ['run.py']; exec(open('run.py').read())"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", pretend], cwd=environment.ROOT, capture_output=True, check=False
    )
    message = done.stderr.decode()
    assert (done.returncode, message.count("\n")) == (1, 1)
    assert "Cần Python 3.11" in message
    assert "Python 3.11 or newer is needed (this is 3.9)" in message


def test_the_server_takes_the_place_of_run_py_so_that_signals_reach_it():
    script = (
        "import sys, pathlib; from tools import environment; environment.PYTHON = pathlib.Path(sys.executable);"
        "code = 'import os; print(os.getpid(), os.environ[\"BDG_DATA\"]); exit(7)';"
        "environment.hand_over('-c', code, BDG_DATA='here')"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=environment.ROOT, stdout=subprocess.PIPE, text=True) as process:
        told, _ = process.communicate()
    assert told.split() == [str(process.pid), "here"]
    assert process.returncode == 7


def test_one_failing_check_fails_them_all_and_shows_why(monkeypatch, capsys):
    monkeypatch.setattr(
        checks,
        "STEPS",
        (checks.Step("tốt", ("-c", "print('quiet')")), checks.Step("xấu", ("-c", "print('why'); exit(3)"))),
    )
    assert checks.main() == 1
    told = capsys.readouterr().out
    assert "tốt: đạt" in told
    assert "xấu: LỖI" in told
    assert "why" in told
    assert "quiet" not in told


def fresh_environment(monkeypatch, folder: Path) -> list[list[str]]:
    """An environment in `folder` that only pretends to install; the commands that would have run."""
    ran: list[list[str]] = []

    def run(command: list[str], failure: str) -> None:
        ran.append(command)
        environment.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        environment.PYTHON.touch()

    monkeypatch.setattr(environment, "VENV", folder / "venv")
    monkeypatch.setattr(environment, "PYTHON", folder / "venv" / "bin" / "python")
    monkeypatch.setattr(environment, "_usable", environment.PYTHON.exists)
    monkeypatch.setattr(environment, "_run", run)
    return ran


def fail(*_arguments, **_options):
    raise environment.SetupError("không được")
