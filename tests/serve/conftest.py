"""The network side of the server, with the application of the small world behind it."""

import threading
from pathlib import Path

import pytest

from app.serve import listening
from app.serve.listening import Listening
from tests.page_client import Browser
from tests.raw import Raw
from tests.world import PASSWORD


class Running:
    """A listening server in a thread of its own."""

    def __init__(self, app, proxies=0):
        self.listening = Listening(app, "127.0.0.1", 0, proxies=proxies)
        self.port = int(self.listening._servers[0].effective_port)
        self._ended, self._clients = threading.Event(), []
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        while not self._ended.is_set():
            self.listening._loop(timeout=0.05, count=1)
        self.listening._stop()

    def stop(self, wait=True):
        self._ended.set()
        if wait:
            self._thread.join(60)
            assert not self._thread.is_alive()
            for client in self._clients:
                client.close()

    def connect(self, source="127.0.0.1"):
        self._clients.append(Raw(self.port, source))
        return self._clients[-1]


@pytest.fixture
def bench(sqlite_bench):
    """One database: the network knows none."""
    return sqlite_bench


@pytest.fixture
def running(app, monkeypatch):
    monkeypatch.setattr(listening, "STOP_S", 1)  # nothing that these tests leave in hand comes to an end
    servers = []

    def start(**settings):
        servers.append(Running(app, **settings))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def cookie(app):
    """The cookie of chi, who is signed in."""
    browser = Browser(app)
    browser.sign_in("chi", PASSWORD)
    return f"{browser.cookie_name}={browser.client.get_cookie(browser.cookie_name).value}"


def bytes_in_temporary_files() -> int:
    """What this process holds in files that have no name, or one in the folder for temporary files."""
    held = 0
    for place in Path("/proc/self/fd").iterdir():
        try:
            if "(deleted)" in str(place.readlink()):
                held += place.stat().st_size
        except OSError:
            continue
    return held
