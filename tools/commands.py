"""What `python3 run.py` can be asked to do."""

import argparse
import errno
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NoReturn

from app.core import spoken
from tools import machine
from tools.environment import DEVELOPMENT_LOCK, PYTHON, ROOT, RUNTIME_LOCK, SetupError, ensure, hand_over, use_wheels

MOST_WORKERS: Final = 8
INTERRUPTED: Final = 130
QUICK: Final = (
    *("tests/core", "tests/accounts", "tests/search"),
    *("tests/serve/test_serve.py", "tests/deployment/test_check_deploy.py"),
    "--ignore=tests/core/test_sixteen_writers.py",  # it measures the machine
)

HELP: Final = """các việc khác (mỗi việc tự cài những gì nó cần):
  run.py install        chỉ cài, không chạy (máy có dịch vụ tự khởi động)
  run.py test [tham số của pytest] [--sqlite-only] [--no-browser]
                        chạy toàn bộ kiểm thử, trên SQLite và PostgreSQL
  run.py test --quick   kiểm thử nhanh, chỉ cần Python: máy vừa cài chạy được
  run.py test --old-browser
                        mọi trang trong Chromium 109 ($BDG_CHROMIUM_109) so với bản hôm nay
  run.py test --offline-bundle
                        cài từ bộ cài trên máy không có mạng rồi chạy kiểm thử nhanh (Linux)
  run.py test --wander  người của mọi vai trò bấm ngẫu nhiên trong trình duyệt ($BDG_WANDER_MINUTES phút)
  run.py bundle [--out DIR]
                        làm bộ cài cho máy không có mạng
  run.py check          kiểm tra mã nguồn, mẫu trang, tầng lớp và bản dịch
  run.py bench [...]    đo tốc độ
  run.py translate      cập nhật tệp bản dịch từ mã nguồn
  run.py vendor         tải lại các tệp của bên thứ ba cho trình duyệt (cần npm)
"""


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; the exit code, where the work was not handed to another process."""
    _speak_utf8()
    spoken.speak(argparse)
    try:
        asked = _with_wheels(arguments)
        command = COMMANDS.get(asked[0]) if asked else None
        return command(asked[1:]) if command else serve(asked)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC):
            raise
        told = f"Không ghi được {error.filename or ROOT} ({error.strerror}): xem quyền và chỗ trống của đĩa."
        print(told, file=sys.stderr)
        return 1
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def serve(arguments: Sequence[str]) -> NoReturn:
    """Install what is missing, then serve; the database and the sample are made by the server itself."""
    asked = _serve_parser().parse_args(arguments)
    ensure(RUNTIME_LOCK)
    compile_catalogues()
    data = Path(asked.data or os.environ.get("BDG_DATA") or ROOT / "data").resolve()
    flags = [
        flag
        for flag, wanted in (
            ("--sample", not asked.no_sample and not os.environ.get("BDG_DATABASE_URL")),
            ("--no-sample", asked.no_sample),
            ("--reset-sample", asked.reset_sample),
            ("--allow-sample-on-network", asked.allow_sample_on_network),
        )
        if wanted
    ]
    hand_over("-m", "app.serve", "--host", asked.host, "--port", str(asked.port), *flags, BDG_DATA=str(data))


def test(arguments: list[str]) -> NoReturn:
    """Run pytest with everything it needs in place; refuses to start on a machine that lacks a tool."""
    ensure(DEVELOPMENT_LOCK)
    compile_catalogues()
    for option, run in APART.items():
        if option in arguments:
            run([argument for argument in arguments if argument != option])
    browser = [] if "--no-browser" in arguments else [machine.BROWSER]
    postgres = [] if "--sqlite-only" in arguments else [machine.POSTGRES]
    lacking = machine.provide([*browser, *postgres, *machine.ALWAYS])
    if lacking:
        raise SetupError(lacking)
    chromium = machine.chromium()
    found = {"BDG_CHROMIUM": str(chromium)} if browser and chromium else {}
    hand_over("-m", "pytest", *_workers(arguments), *arguments, **found)


def _quick(arguments: list[str]) -> NoReturn:
    """What shows in a minute that an installation works, with nothing beside Python."""
    hand_over("-m", "pytest", *_workers(arguments), "--sqlite-only", "--no-browser", *QUICK, *arguments)


def _old_browser(arguments: list[str]) -> NoReturn:
    """The browser's tests in Chromium 109, and each page's picture beside today's."""
    old, today = machine.old_chromium(), machine.chromium()
    if old is None:
        raise SetupError("Thiếu Chromium 109: đặt BDG_CHROMIUM_109 là đường dẫn tới chương trình của nó (bản 109).")
    if today is None:
        raise SetupError(machine.lacking([machine.BROWSER]) or "")
    files = sorted((ROOT / "tests" / "browser").glob("test_*.py"))
    names = [str(path.relative_to(ROOT)) for path in files]
    chosen = {"BDG_CHROMIUM": str(old), "BDG_CHROMIUM_109": str(old), "BDG_CHROMIUM_TODAY": str(today)}
    hand_over("-m", "pytest", *_workers(arguments), *names, "tests/browser/apart", *arguments, **chosen)


def _wander(arguments: list[str]) -> NoReturn:
    """People of every role who click at random, in a browser."""
    chromium = machine.chromium()
    if chromium is None:
        raise SetupError(machine.lacking([machine.BROWSER]) or "")
    hand_over("-m", "pytest", "-s", "tests/browser/apart/test_wander.py", *arguments, BDG_CHROMIUM=str(chromium))


def _offline_bundle(arguments: list[str]) -> NoReturn:
    """Install from a bundle where there is no network."""
    hand_over("-m", "pytest", "tests/apart", *arguments)


APART: Final[dict[str, Callable[[list[str]], NoReturn]]] = {
    "--quick": _quick,
    "--old-browser": _old_browser,
    "--offline-bundle": _offline_bundle,
    "--wander": _wander,
}


def check(_arguments: list[str]) -> NoReturn:
    """Every check of the source that is no test; 1 when one of them fails."""
    ensure(DEVELOPMENT_LOCK)
    hand_over("-m", "tools.checks")


def bench(arguments: list[str]) -> NoReturn:
    """Run the project's own measurements."""
    script = ROOT / "bench" / "run.py"
    if not script.exists():
        raise SetupError("Chưa có bench/run.py.")
    ensure(DEVELOPMENT_LOCK)
    compile_catalogues()
    hand_over(str(script), *arguments)


def install(_arguments: list[str]) -> int:
    """Install what is missing and start nothing: for a machine where a service starts the server."""
    ensure(RUNTIME_LOCK)
    compile_catalogues()
    print(f"Đã cài xong. Lệnh vận hành: {PYTHON.parent / 'bdg'}")
    return 0


def bundle(arguments: list[str]) -> NoReturn:
    """Make the folder that installs the product without a network."""
    ensure(DEVELOPMENT_LOCK)
    hand_over("-m", "tools.bundle", *arguments)


def translate(_arguments: list[str]) -> NoReturn:
    """Bring the translation files in step with the source."""
    ensure(DEVELOPMENT_LOCK)
    hand_over("-m", "tools.catalogues", "update")


def vendor(_arguments: list[str]) -> int:
    """Fetch the browser's third-party files again."""
    from tools.vendor import main as fetch

    return fetch()


COMMANDS: Final[dict[str, Callable[[list[str]], int]]] = {
    "test": test,
    "check": check,
    "bench": bench,
    "bundle": bundle,
    "install": install,
    "translate": translate,
    "vendor": vendor,
}


def compile_catalogues() -> None:
    """Compile each translation newer than its compiled form, which is not kept in the repository."""
    sources = (ROOT / "translations").glob("*/LC_MESSAGES/*.po")
    if any(_is_stale(source, source.with_suffix(".mo")) for source in sources):
        subprocess.run([PYTHON, "-m", "tools.catalogues", "compile"], cwd=ROOT, check=True)


def _is_stale(source: Path, compiled: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _with_wheels(arguments: Sequence[str]) -> list[str]:
    """What is asked beside `--wheels DIR`, which holds for every command."""
    parser = argparse.ArgumentParser(prog="run.py", add_help=False, allow_abbrev=False)
    parser.add_argument("--wheels", type=Path)
    asked, others = parser.parse_known_args(arguments)
    if asked.wheels is not None:
        use_wheels(asked.wheels)
    return others


def _serve_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Chạy Bảng BĐG trên máy này, tự cài những gì còn thiếu.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định 127.0.0.1: chỉ máy này)")
    parser.add_argument("--port", default=8000, type=int, help="cổng (mặc định 8000)")
    parser.add_argument("--data", metavar="DIR", help="thư mục dữ liệu (mặc định $BDG_DATA, rồi ./data)")
    parser.add_argument("--wheels", metavar="DIR", help="cài từ các gói trong thư mục này, không cần mạng")
    parser.add_argument(
        "--no-sample", action="store_true", help="dữ liệu thật: bắt đầu trống, không có dữ liệu giả định"
    )
    parser.add_argument("--reset-sample", action="store_true", help="xóa và làm lại dữ liệu giả định")
    parser.add_argument(
        "--allow-sample-on-network",
        action="store_true",
        help="cho máy khác vào dữ liệu giả định (mật khẩu của nó ai cũng biết)",
    )
    return parser


def _workers(arguments: list[str]) -> list[str]:
    if any(argument.startswith(("-n", "--numprocesses", "no:xdist")) for argument in arguments):
        return []
    return ["-n", str(min(os.cpu_count() or 1, MOST_WORKERS))]


def _speak_utf8() -> None:
    # A console or pipe with another encoding must not turn a message into a crash.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
