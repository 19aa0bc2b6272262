"""A .doc of old Word becomes a .docx through LibreOffice, where it is installed: bounded, without macros, by itself."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS = 60
_NAMES = ("soffice", "libreoffice")
# A profile of its own: nothing of the server's user is read, and nothing that a document carries is run.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


def program() -> str | None:
    """LibreOffice on this machine, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def to_docx(data: bytes) -> bytes | None:
    """The .docx of the .doc in `data`; None where LibreOffice is missing, fails or takes longer than `SECONDS`."""
    found = program()
    if found is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        profile = place / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        (place / "ke-hoach.doc").write_bytes(data)
        arguments = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx"]
        own = f"-env:UserInstallation={profile.as_uri()}"
        _run([found, own, *arguments, "--outdir", folder, str(place / "ke-hoach.doc")], place)
        made = place / "ke-hoach.docx"
        return made.read_bytes() if made.exists() else None


def _run(command: list[str], home: Path) -> None:
    """Run to the end or to the limit; then everything it started goes with it."""
    environment = os.environ | {"HOME": str(home), "TMPDIR": str(home)}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
