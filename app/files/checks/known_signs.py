"""Bytes that no document carries by chance: the test file that every scanner of viruses knows."""

from typing import IO

from flask_babel import lazy_gettext as _l

from app.core.errors import Refused

TEST_FILE = _l("Tệp chứa chuỗi thử của phần mềm diệt virus (EICAR) nên không được nhận.")
# In two pieces, so that this file is not taken for one itself.
_SIGN = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_CHUNK = 1 << 20


class Signs:
    """Looks at bytes as they come, piece by piece."""

    def __init__(self) -> None:
        self._before = b""

    def look(self, piece: bytes) -> None:
        """Raise `Refused` once the sign has gone by."""
        seen = self._before + piece
        if _SIGN in seen:
            raise Refused(TEST_FILE)
        self._before = seen[-len(_SIGN) + 1 :]


def check(stream: IO[bytes]) -> None:
    """Look at the whole of `stream`, which is left at its start."""
    stream.seek(0)
    signs = Signs()
    while piece := stream.read(_CHUNK):
        signs.look(piece)
    stream.seek(0)
