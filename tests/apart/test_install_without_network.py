"""A machine without any network installs from the bundle, serves, and passes the quick tests.

Run by `python3 run.py test --offline-bundle`: the bundle is made with the network of this machine, and installed in a
network namespace that has none. Everything that is installed lies in a folder that pytest takes away.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bundle
from tools.environment import SetupError

PYTHON = Path(sys.base_prefix) / "bin" / "python3"
NEEDS = "cần Linux với unshare (util-linux), ip (iproute2), và quyền tạo không gian mạng (root)"
SERVES = """
import json, os, signal, subprocess, sys, time, urllib.request
program = [sys.executable, "run.py", "--wheels", "../wheels"]
subprocess.run([*program, "install"], check=True)
server = subprocess.Popen([*program, "--port", "8123"])
for _ in range(600):
    time.sleep(0.2)
    try:
        print(urllib.request.urlopen("http://127.0.0.1:8123/healthz", timeout=5).read().decode(), flush=True)
        break
    except OSError:
        if server.poll() is not None:
            break
server.send_signal(signal.SIGTERM)
sys.exit(server.wait())
"""


def without_network(*command: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command where only the loopback is."""
    return subprocess.run(
        ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in a bundle for this machine, with its tests."""
    can = (
        shutil.which("unshare") and shutil.which("ip") and subprocess.run(["unshare", "--net", "true"]).returncode == 0
    )
    if not can:
        pytest.fail(NEEDS, pytrace=False)
    try:
        made = bundle.make(tmp_path_factory.mktemp("usb"), [bundle.here()], tests=True)
    except SetupError as error:
        pytest.fail(str(error), pytrace=False)
    return made / "program"


def test_where_it_is_installed_there_is_no_network(program, tmp_path):
    done = without_network(str(PYTHON), "-c", "print(open('/proc/self/net/dev').read())", folder=program, home=tmp_path)
    devices = [line.split(":")[0].strip() for line in done.stdout.splitlines()[2:] if ":" in line]
    assert devices == ["lo"]


def test_it_installs_and_serves(program, tmp_path):
    done = without_network(str(PYTHON), "-c", SERVES, folder=program, home=tmp_path)
    assert '"status":"ok"' in done.stdout.replace(" ", ""), done.stdout + done.stderr
    assert done.returncode == 0


def test_it_passes_the_quick_tests(program, tmp_path):
    done = without_network(
        str(PYTHON), "run.py", "--wheels", "../wheels", "test", "--quick", folder=program, home=tmp_path
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
