"""The parts of an Office file, each read once and in pieces, never beyond its bounds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

MOST_MEMBERS = 5_000
MOST_BYTES = 50_000_000  # of one part, unpacked
MOST_ELEMENTS = 800_000  # of one part: twenty thousand rows of ten cells
_CHUNK = 1 << 16
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, EOFError, ValueError, LookupError, RuntimeError,
    NotImplementedError, OverflowError, OSError,
)  # fmt: skip


class NoWorkbook(Exception):
    """The bytes are no .xlsx file, or a damaged or locked one."""


class TooMuch(Exception):
    """There is more in the file than is read."""


class Enough(Exception):
    """What was looked for in a part has been read."""


class Parts:
    """The parts of one file by their names, whatever the case."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._members = {member.filename.casefold(): member for member in self._archive.infolist()}
        if len(self._members) > MOST_MEMBERS:
            raise TooMuch

    def __enter__(self) -> "Parts":
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._members

    def read(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        says: Callable[[str], None] | None = None,
    ) -> None:
        """Read one part with these handlers, which get names without prefix and may raise `Enough`.

        Raises `TooMuch` beyond a bound, and what `BROKEN` lists for a part that is missing, locked or damaged.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = _counted(start)
        if end is not None:
            parser.EndElementHandler = lambda element: end(element.rpartition(":")[2])
        if says is not None:
            parser.CharacterDataHandler = says
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for piece in self._pieces(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except Enough:
            return

    def _pieces(self, name: str) -> Iterator[bytes]:
        read = 0
        with self._archive.open(self._members[name.casefold()]) as part:
            while piece := part.read(_CHUNK):
                read += len(piece)
                if read > MOST_BYTES:
                    raise TooMuch
                yield piece


def _counted(start: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
    counted = 0

    def begins(element: str, given: dict[str, str]) -> None:
        nonlocal counted
        counted += 1
        if counted > MOST_ELEMENTS:
            raise TooMuch
        start(element.rpartition(":")[2] if ":" in element else element, given)

    return begins


def _refuse_doctype(*_declared: Any) -> None:
    raise NoWorkbook  # no entities: Office writes none, bombs are made of them
