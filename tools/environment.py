"""The project's own Python environment in .venv: made once, renewed when what it is made from changes."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUNTIME_LOCK: Final = ROOT / "requirements.lock"
DEVELOPMENT_LOCK: Final = ROOT / "requirements-dev.lock"
PYPROJECT: Final = ROOT / "pyproject.toml"
INSTALLED_FROM: Final = ("project", "build-system")
WHEELS: Final = "BDG_WHEELS"


class SetupError(Exception):
    """The environment could not be made; the message is one line for the operator."""


def ensure(lock: Path) -> None:
    """Make .venv hold the versions of `lock` and the project itself; does nothing when it already does.

    Raises SetupError.
    """
    if PYTHON.exists() and _read(_stamp(lock)) == _fingerprint(lock):
        return
    if not _usable():
        _create()
    print(f"Đang cài các gói trong {lock.name} vào .venv (lần đầu có thể mất một, hai phút)…", flush=True)
    _install("--require-hashes", "-r", str(lock))
    _install("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    # The development lock holds every pin of the runtime lock, so it satisfies both.
    for done in {lock, RUNTIME_LOCK}:
        _stamp(done).write_text(_fingerprint(done), encoding="ascii")


def use_wheels(folder: Path) -> None:
    """Install from the wheels in `folder` alone, without a network, in this process and those it starts.

    Raises SetupError where there are none.
    """
    if not any(folder.glob("*.whl")):
        raise SetupError(f"{folder}: không có gói cài đặt (*.whl). Nêu thư mục wheels của bộ cài: --wheels THƯ_MỤC.")
    os.environ[WHEELS] = str(folder.resolve())


def hand_over(*arguments: str, **variables: str) -> NoReturn:
    """Run the environment's Python in place of this process: signals and the exit code are its own."""
    environment = {**os.environ, "PYTHONUTF8": "1", **variables}
    command = [str(PYTHON), *arguments]
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)
    # Windows has no exec: the console sends Ctrl+C to the child too, and this process waits for its clean stop.
    with subprocess.Popen(command, env=environment) as process:
        while True:
            try:
                sys.exit(process.wait())
            except KeyboardInterrupt:
                continue


def _fingerprint(lock: Path) -> str:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    parts = json.dumps([str(ROOT), *(project.get(table) for table in INSTALLED_FROM)])
    return hashlib.sha256(parts.encode() + lock.read_bytes()).hexdigest()


def _stamp(lock: Path) -> Path:
    return VENV / f"{lock.name}.installed"


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.exists() else ""


def _usable() -> bool:
    """Whether .venv has a Python that starts (an upgraded system breaks it), is new enough and can install."""
    if not PYTHON.exists():
        return False
    probe = "import sys; assert sys.version_info >= (3, 11)" + ("" if _uv() else "; import pip")
    return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0


def _create() -> None:
    if not _uv() and importlib.util.find_spec("ensurepip") is None:
        raise SetupError("Python của máy thiếu venv: chạy «sudo apt-get install -y python3-venv» rồi thử lại.")
    shutil.rmtree(VENV, ignore_errors=True)
    without_pip = ["--without-pip"] if _uv() else []
    _run([sys.executable, "-m", "venv", *without_pip, str(VENV)], "Không tạo được môi trường .venv")


def _install(*arguments: str) -> None:
    uv = _uv()
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    wheels = os.environ.get(WHEELS)
    failure = (
        f"Không cài được các gói từ {wheels}: xem lỗi ở trên; bộ cài phải có gói cho hệ điều hành và Python này"
        if wheels
        else "Không cài được các gói: xem lỗi ở trên, kiểm tra mạng và dung lượng đĩa"
    )
    offline = ["--no-index", "--find-links", wheels] if wheels else []
    _run([*command, *offline, *arguments], failure)


def _run(command: list[str], failure: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env=_variables(), stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SetupError(f"{failure} rồi chạy lại.")


def _variables() -> dict[str, str]:
    """What installers read; with wheels at hand, nothing of the machine's own settings points anywhere else."""
    if WHEELS not in os.environ:
        return dict(os.environ)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1"}


def _uv() -> str | None:
    return shutil.which("uv")
