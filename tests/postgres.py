"""A real PostgreSQL server for the tests: made in a temporary folder, gone when the tests are, however they end.

A pytest plugin: name it in the `pytest_plugins` of conftest.py. One server serves a whole run. Under xdist the
controller starts it and its workers share it, each with databases of its own.

The server is watched over by a second process (tests/postgres_keeper.py) that stops it as soon as the process
that asked for it is gone, so a killed test run leaves nothing behind.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from psycopg import sql

from tools.machine import POSTGRES, lacking, postgres_programs

KEEPER: Final = Path(__file__).with_name("postgres_keeper.py")
OWNER: Final = "bdg"
MAINTENANCE: Final = "postgres"
READY: Final = "ready"
FAILED: Final = "failed"
LONGEST_START: Final = 60.0
PAUSE: Final = 0.02

# The path of a socket may have about 100 letters, and another user must be able to reach it.
SHORT_FOLDER: Final = Path("/tmp")


SHARED: Final = pytest.StashKey[dict[str, str]]()


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine, or it did not start; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A running server; `host` is the folder of its socket, or 127.0.0.1 where there are no sockets."""

    host: str
    port: int
    keeper: subprocess.Popen[bytes] | None = None

    def url_for(self, database: str) -> str:
        """The SQLAlchemy URL of a database of this server."""
        if Path(self.host).is_absolute():
            return f"postgresql+psycopg://{OWNER}@/{database}?host={self.host}&port={self.port}"
        return f"postgresql+psycopg://{OWNER}@{self.host}:{self.port}/{database}"

    def create_database(self, name: str, template: str = "template0") -> str:
        """Make an empty database, or a copy of `template` (which nobody may be using), in place of any of that name.

        Returns its URL.
        """
        self.drop_database(name)
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.url_for(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending its connections; nothing happens when there is none."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server and remove its files, if this object started it; a second call does nothing."""
        if self.keeper is None or self.keeper.stdin is None:
            return
        self.keeper.stdin.close()
        self.keeper.wait()

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(
            host=self.host, port=self.port, user=OWNER, dbname=MAINTENANCE, autocommit=True
        ) as connection:
            connection.execute(statement)


def start(*, durable: bool = False) -> Server:
    """Start a server and wait until it answers; `durable` keeps the disk promises that ordinary tests do without.

    Raises NoPostgres.
    """
    folder, keeper = _spawn(durable=durable)
    return _await(folder, keeper)


def _spawn(*, durable: bool) -> tuple[Path, subprocess.Popen[bytes]]:
    programs = postgres_programs()
    if programs is None:
        raise NoPostgres(lacking([POSTGRES]))
    folder = Path(tempfile.mkdtemp(prefix="bdg-pg-", dir=SHORT_FOLDER if SHORT_FOLDER.is_dir() else None))
    command = [sys.executable, str(KEEPER), str(folder), str(programs), "durable" if durable else "quick"]
    # A session of its own: Ctrl+C reaches the tests, and the keeper ends only when they have.
    return folder, subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


def _await(folder: Path, keeper: subprocess.Popen[bytes] | None) -> Server:
    """Wait for the keeper of `folder` to say that the server answers, or why it does not."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if (folder / READY).exists():
            host, port = (folder / READY).read_text(encoding="utf-8").split("\n")
            return Server(host, int(port), keeper)
        if (folder / FAILED).exists():
            raise NoPostgres((folder / FAILED).read_text(encoding="utf-8"))
        if keeper is not None and keeper.poll() is not None:
            raise NoPostgres("PostgreSQL của kiểm thử không khởi động được.")
        time.sleep(PAUSE)
    raise NoPostgres(f"PostgreSQL của kiểm thử không trả lời sau {LONGEST_START:.0f} giây.")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each xdist worker where the server of this run is; it starts while the workers collect."""
    if node.config.getoption("--sqlite-only", default=False):
        return
    if SHARED not in node.config.stash:
        node.config.stash[SHARED] = _share(node.config)
    node.workerinput.update(node.config.stash[SHARED])


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server of this run; fails with the line that installs one where there is none."""
    try:
        server = _join(request.config)
    except NoPostgres as error:
        pytest.fail(str(error), pytrace=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Server, worker_name: str) -> str:
    """The URL of a database of this worker's own, empty at first."""
    return postgres_server.create_database(f"bdg_{worker_name}")


@pytest.fixture(scope="session")
def worker_name(request: pytest.FixtureRequest) -> str:
    """A name no other worker of this run has, fit for naming a database."""
    workerinput: dict[str, str] = getattr(request.config, "workerinput", {})
    return workerinput.get("workerid", "main")


def _share(config: pytest.Config) -> dict[str, str]:
    try:
        folder, keeper = _spawn(durable=False)
    except NoPostgres as error:
        return {"postgres_failure": str(error)}
    config.add_cleanup(Server(str(folder), 0, keeper).stop)
    return {"postgres_folder": str(folder)}


def _join(config: pytest.Config) -> Server:
    workerinput: dict[str, str] | None = getattr(config, "workerinput", None)
    if workerinput is None:
        return start()
    if "postgres_folder" not in workerinput:
        raise NoPostgres(workerinput.get("postgres_failure", "PostgreSQL không được khởi động cho lần chạy này."))
    return _await(Path(workerinput["postgres_folder"]), keeper=None)
