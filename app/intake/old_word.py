"""A .doc of old Word becomes a .docx through LibreOffice, where it is installed."""

import io
import struct
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from app.core import libreoffice
from app.core.errors import Refused
from app.files.checks import ole

SECONDS = 40.0
_DOCUMENT = "worddocument"


def is_word(data: bytes) -> bool:
    """Whether the directory of the file names a Word document: what merely holds the word is not given to anybody."""
    try:
        return _DOCUMENT in ole.entry_names(io.BytesIO(data))
    except (Refused, struct.error):
        return False


def to_docx(data: bytes) -> bytes | None:
    """The .docx of the .doc in `data`; None where LibreOffice is missing, fails or takes longer than `SECONDS`."""
    found = libreoffice.program()
    if found is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        old, made = Path(folder) / "ke-hoach.doc", Path(folder) / "ke-hoach.docx"
        old.write_bytes(data)
        with suppress(subprocess.TimeoutExpired):
            arguments = ["--convert-to", "docx", "--outdir", folder, str(old)]
            libreoffice.run(found, arguments, Path(folder), SECONDS)
        return made.read_bytes() if made.exists() else None
