"""The product as it is shipped, in a process of its own on a free loopback port, on a copy of a fresh sample."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180


class Site:
    """One running server and its data folder."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Serve; once more under the same address after `stop`."""
        data = self.data
        self.log = (data.parent / f"{data.name}.log").open("ab")
        environment = {**os.environ, "BDG_DATA": str(data)}
        environment.pop("BDG_DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.serve", "--sample", "--port", str(self.port)],
            cwd=ROOT,
            env=environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server as an operator does, and wait for it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)
        self.log.close()

    def _wait(self) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                raise RuntimeError(Path(self.log.name).read_text(encoding="utf-8"))
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not answer in time")


def fresh_sample(folder: Path) -> Path:
    """Let the product make its sample in `folder` and stop; returns the data folder to copy from."""
    folder.mkdir()
    Site(folder).stop()
    return folder


def copy_of(sample: Path, place: Path) -> Site:
    """A server on a copy of `sample`."""
    shutil.copytree(sample, place)
    return Site(place)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
