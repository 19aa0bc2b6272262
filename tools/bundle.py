"""`python3 run.py bundle`: a folder that installs the product on a machine without a network.

It holds the program as committed, the packages of the lock for every system and Python it is meant for, checksums,
and a page that says what to do.
"""

import argparse
import hashlib
import io
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from app.core import spoken
from tools.environment import DEVELOPMENT_LOCK, PYPROJECT, PYTHON, ROOT, RUNTIME_LOCK, SetupError
from tools.lock import Target, requirements

PYTHONS: Final = ("3.11", "3.12", "3.13")
SYSTEMS: Final = {
    "Linux": ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64", "manylinux_2_12_x86_64"),
    "Windows": ("win_amd64",),
}
FOR_DEVELOPERS: Final = ("tests/", "bench/", ".ci/", ".git", "Makefile")
GUIDE: Final = ROOT / "tools" / "HUONG-DAN.txt"
SUMS: Final = "SHA256SUMS"


def main(arguments: Sequence[str]) -> int:
    """Make the bundle and say where it is; 1 where that failed."""
    asked = _parser().parse_args(arguments)
    try:
        place = make(asked.out or ROOT / "build" / "bundle", asked.targets or everywhere(), tests=asked.with_tests)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    print(f"Bộ cài ở {place} ({size / 1_000_000:.0f} MB). Chép cả thư mục sang máy kia rồi đọc HUONG-DAN.txt.")
    return 0


def everywhere() -> tuple[Target, ...]:
    """Every system and Python that the product is handed over for."""
    return tuple(Target(system, python, tags) for system, tags in SYSTEMS.items() for python in PYTHONS)


def here() -> Target:
    """This machine's own kind: enough to try a bundle on it."""
    system = "Windows" if sys.platform == "win32" else "Linux"
    return Target(system, "{}.{}".format(*sys.version_info), SYSTEMS[system])


def make(folder: Path, targets: Iterable[Target], *, tests: bool = False) -> Path:
    """Make a bundle inside `folder`, anew where there is one of this version; its place.

    With `tests` it also holds the tests and what they need. Raises SetupError.
    """
    version = described_version()
    place = folder.resolve() / f"bang-bdg-{version}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    _put_program(place / "program", tests=tests)
    (place / "program" / "VERSION").write_text(f"{version}\n", encoding="ascii")
    lock = DEVELOPMENT_LOCK if tests else RUNTIME_LOCK
    covered = tuple(targets)
    for target in covered:
        print(f"Đang lấy các gói cho {target.name}…", flush=True)
        fetch(requirements(lock, target), target, place / "wheels")
    names = "; ".join(target.name for target in covered)
    guide = GUIDE.read_text(encoding="utf-8").format(version=version, covered=names, sums=SUMS)
    # Windows shows a text without a mark and with bare line ends as one long line of broken letters.
    (place / GUIDE.name).write_text(guide, encoding="utf-8-sig", newline="\r\n")
    (place / SUMS).write_text(_sums(place), encoding="utf-8", newline="\n")
    return place


def described_version() -> str:
    """The version and the commit it is made from, as `0.1.0-1a2b3c4`.

    Raises SetupError where this is no clone, or where something is not committed: a bundle must be told apart.
    """
    version = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]
    if _git("status", "--porcelain").strip():
        raise SetupError("Có thay đổi chưa ghi vào git: ghi (commit) hoặc bỏ đi rồi làm bộ cài.")
    return f"{version}-{_git('rev-parse', '--short', 'HEAD').decode().strip()}"


def fetch(pins: str, target: Target, wheels: Path) -> None:
    """Download the wheels of `pins` for `target` into `wheels`, each compared with its hash. Raises SetupError."""
    tag = target.python.replace(".", "")
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "pins.txt"
        wanted.write_text(pins, encoding="utf-8")
        command = [*_pip(), "download", "-qq", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        command += ["--python-version", target.python, "--implementation", "cp"]
        command += [word for abi in (f"cp{tag}", "abi3", "none") for word in ("--abi", abi)]
        command += [word for name in target.tags for word in ("--platform", name)]
        done = subprocess.run([*command, "-d", str(wheels), "-r", str(wanted)], cwd=folder, check=False)
    if done.returncode != 0:
        raise SetupError(f"Không lấy được gói cho {target.name}: xem lỗi ở trên, kiểm tra mạng rồi chạy lại.")


def _put_program(place: Path, *, tests: bool) -> None:
    """Lay out the files of the commit: nothing that merely lies around in the folder."""
    with zipfile.ZipFile(io.BytesIO(_git("archive", "--format=zip", "HEAD"))) as archive:
        for name in archive.namelist():
            if tests or not name.startswith(FOR_DEVELOPERS):
                archive.extract(name, place)


def _sums(place: Path) -> str:
    files = sorted(path for path in place.rglob("*") if path.is_file())
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(place).as_posix()}\n" for path in files
    )


def _git(*arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError("Bộ cài được làm từ một bản sao git của chương trình: máy này thiếu git hoặc .git.") from error
    return done.stdout


def _pip() -> list[str]:
    """A Python with pip: an environment that uv made has none."""
    for python in (str(PYTHON), sys.executable, shutil.which("python3"), shutil.which("py")):
        if python is None:
            continue
        command = [python, "-m", "pip"]
        if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
            return command
    raise SetupError("Cần pip để lấy các gói: chạy «sudo apt-get install -y python3-pip» rồi thử lại.")


def _parser() -> argparse.ArgumentParser:
    spoken.speak(argparse)
    parser = argparse.ArgumentParser(prog="run.py bundle", description="Làm bộ cài cho máy không có mạng.")
    parser.add_argument("--out", type=Path, help="làm trong thư mục này (mặc định build/bundle)")
    parser.add_argument(
        "--only-here",
        dest="targets",
        action="store_const",
        const=(here(),),
        help="chỉ cho hệ điều hành và Python của máy này",
    )
    parser.add_argument("--with-tests", action="store_true", help="kèm kiểm thử và những gói chúng cần")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
