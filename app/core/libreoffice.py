"""LibreOffice, where it is installed: by itself, without a network, without macros, within bounds."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from app.core import apart

MEMORY_BYTES = 500_000_000  # of its own data; the program's files are shared
_NAMES = ("soffice", "libreoffice")
_WINDOWS_PLACES = (Path("C:/Program Files/LibreOffice/program/soffice.exe"),)
_NOWHERE = ("127.0.0.1", "9")  # a proxy that answers nobody
# A profile of its own: nothing of the server's user is read, nothing that a document carries is run, and what it links
# to is asked of a proxy that leads nowhere, should the system have no way to take the network away altogether.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
<prop oor:name="Field" oor:op="fuse"><value>false</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop>
{proxies}
</item></oor:items>
"""
_PROXY = (
    '<prop oor:name="ooInet{kind}ProxyName" oor:op="fuse"><value>{host}</value></prop>'
    '<prop oor:name="ooInet{kind}ProxyPort" oor:op="fuse"><value>{port}</value></prop>'
)


def program() -> str | None:
    """LibreOffice on this machine, or None."""
    found = next((found for name in _NAMES if (found := shutil.which(name))), None)
    return found or next((str(path) for path in _WINDOWS_PLACES if path.exists()), None)


def run(found: str, arguments: list[str], place: Path, seconds: float, *, in_worker: bool = False) -> None:
    """Let the program do `arguments`, at home in the folder `place`, to its end or its limit.

    Raises `subprocess.TimeoutExpired`; nothing that it started goes on then. `in_worker` is for a process that the
    server ends with its whole group: what is begun stays in that group.
    """
    profile = place / "profile"
    _write_profile(profile)
    own = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault"]
    process = subprocess.Popen(
        [*without_network(), found, *own, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(place),
        start_new_session=not in_worker,
    )
    with process:
        try:
            _bound(process.pid, seconds)
            process.wait(seconds)
        finally:
            process.kill() if in_worker else apart.end(process)


@cache
def without_network() -> tuple[str, ...]:
    """The command before a command that takes the network from it; nothing where the system has no such way."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if unshare is None:
        return ()
    command = (unshare, "--user", "--map-root-user", "--net")
    works = subprocess.run([*command, "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return command if works.returncode == 0 else ()


def _environment(place: Path) -> dict[str, str]:
    proxy = "http://{}:{}".format(*_NOWHERE)
    names = [f"{kind}_proxy" for kind in ("http", "https", "ftp", "all")]
    nowhere = dict.fromkeys([*names, *map(str.upper, names)], proxy)
    kept = {name: value for name, value in os.environ.items() if name.lower() != "no_proxy" and not _is_ours(name)}
    return kept | nowhere | {"HOME": str(place), "TMPDIR": str(place)}


def _is_ours(name: str) -> bool:
    """Settings of the server, its secret among them: no other program needs them."""
    return name.startswith("BDG_")


def _write_profile(profile: Path) -> None:
    host, port = _NOWHERE
    proxies = "".join(_PROXY.format(kind=kind, host=host, port=port) for kind in ("HTTP", "HTTPS", "FTP"))
    (profile / "user").mkdir(parents=True)
    written = _PROFILE.format(proxies=proxies)
    (profile / "user" / "registrymodifications.xcu").write_text(written, encoding="utf-8")


def _bound(pid: int, seconds: float) -> None:
    if sys.platform == "linux":
        import resource

        cpu = max(1, round(seconds))
        resource.prlimit(pid, resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
        resource.prlimit(pid, resource.RLIMIT_CPU, (cpu, cpu))
