"""Run a temporary PostgreSQL server for as long as the process that asked for it lives.

Called as `postgres_keeper.py FOLDER PROGRAMS quick|durable` with a pipe as its input. The pipe closes when the asking
process ends, in whatever way; then the server is stopped and FOLDER removed.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

OWNER: Final = "bdg"
SOCKET_PORT: Final = 5432
LONGEST_STOP: Final = 10.0
PAUSE: Final = 0.02
STATUS_LINE: Final = 7

# initdb and postgres refuse root; the first of these that the machine has runs them instead.
SUBSTITUTES: Final = ("postgres", "nobody")

QUICK: Final = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"


def main(arguments: Sequence[str]) -> int:
    """Start the server, say so in FOLDER/ready (or why not in FOLDER/failed), wait, clear away."""
    folder, programs, mode = Path(arguments[0]), Path(arguments[1]), arguments[2]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    keeper = Keeper(folder, programs, durable=mode == "durable")
    try:
        keeper.start()
        _publish(folder / "ready", f"{keeper.host}\n{keeper.port}")
    except (OSError, subprocess.SubprocessError, RuntimeError) as error:
        _publish(folder / "failed", f"PostgreSQL của kiểm thử không khởi động được: {error}")
    try:
        sys.stdin.buffer.read()
    finally:
        keeper.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


class Keeper:
    """One server in one folder; `host` and `port` are where it listens."""

    def __init__(self, folder: Path, programs: Path, *, durable: bool) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.durable = durable
        self.identity = _substitute(folder)
        self.programs = _reachable(programs, folder, self.identity)
        self.host, self.port = (str(folder), SOCKET_PORT) if _has_sockets() else ("127.0.0.1", _free_port())
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster and start it; returns when it answers, raises when it does not."""
        self._initialise()
        log = (self.folder / "log").open("wb")
        command = [self._program("postgres"), "-D", str(self.data)]
        self.server = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self.identity)
        while not self._answers():
            if self.server.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text(errors="replace").strip())
            time.sleep(PAUSE)

    def stop(self) -> None:
        """Stop at once: nothing in the folder is needed any more."""
        if self.server is None:
            return
        if os.name == "nt":
            pg_ctl = [self._program("pg_ctl"), "stop", "-m", "immediate", "-D", str(self.data)]
            subprocess.run(pg_ctl, capture_output=True, check=False)
        else:
            self.server.send_signal(signal.SIGQUIT)
        try:
            self.server.wait(LONGEST_STOP)
        except subprocess.TimeoutExpired:
            self.server.kill()

    def _initialise(self) -> None:
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
        done = subprocess.run(
            [self._program("initdb"), "-D", str(self.data), "-U", OWNER, *options],
            capture_output=True,
            cwd=self.folder,
            check=False,
            **self.identity,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace").strip())
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(self._settings())

    def _settings(self) -> str:
        where = (
            f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nunix_socket_permissions = 0700\n"
            if _has_sockets()
            else f"listen_addresses = '{self.host}'\nport = {self.port}\n"
        )
        return f"\n{where}max_connections = 200\nshared_buffers = 64MB\n{'' if self.durable else QUICK}"

    def _answers(self) -> bool:
        status = self.data / "postmaster.pid"
        lines = status.read_text(errors="replace").splitlines() if status.exists() else []
        return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"

    def _program(self, name: str) -> str:
        return str(self.programs / (f"{name}.exe" if os.name == "nt" else name))


def _has_sockets() -> bool:
    return os.name != "nt"


def _substitute(folder: Path) -> dict[str, Any]:
    """How to call a program so that it does not run as root; the folder becomes its user's."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(names[name] for name in SUBSTITUTES if name in names)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _reachable(programs: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """The programs, or a copy of them where the user who is to run them may not look (a home folder of root's)."""
    try:
        subprocess.run([programs / "postgres", "--version"], capture_output=True, check=True, **identity)
    except PermissionError:
        return _copied(programs, folder / "programs")
    return programs


def _copied(programs: Path, target: Path) -> Path:
    package = programs.parent.parent
    copy = target / package.name / programs.parent.name
    shutil.copytree(programs.parent, copy, symlinks=True)
    # A wheel's programs look for their libraries in a folder beside the package.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return copy / programs.name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _publish(path: Path, text: str) -> None:
    # Renamed into place, so that nobody reads half of it.
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
