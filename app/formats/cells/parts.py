"""The parts of an Office file, each read once and in pieces, never beyond its bounds."""

import io
from collections.abc import Callable

from app.formats.zip_guard import Allowance, open_archive, pieces, xml_parser

MOST_MEMBERS = 5_000
MOST_BYTES = 50_000_000  # of one part, unpacked
MOST_ELEMENTS = 800_000  # of one part: twenty thousand rows of ten cells


class NoWorkbook(Exception):
    """The bytes are no .xlsx file, or a damaged or locked one."""


class TooMuch(Exception):
    """There is more in the file than is read."""


class Enough(Exception):
    """What was looked for in a part has been read."""


class Parts:
    """The parts of one file by their names, whatever the case."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_archive(io.BytesIO(data), Allowance(MOST_MEMBERS, 0))
        self._members = {member.filename.casefold(): member for member in self._archive.infolist()}

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

        Raises `TooMuch` or `BadArchive` beyond a bound, and what the guard lists as `BROKEN` for a part that is
        missing, locked or damaged.
        """
        parser = xml_parser()
        parser.StartElementHandler = _counted(start)
        if end is not None:
            parser.EndElementHandler = lambda element: end(element.rpartition(":")[2])
        if says is not None:
            parser.CharacterDataHandler = says
        try:
            member = self._members[name.casefold()]
            for piece in pieces(self._archive, member, Allowance(0, MOST_BYTES)):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except Enough:
            return


def _counted(start: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
    counted = 0

    def begins(element: str, given: dict[str, str]) -> None:
        nonlocal counted
        counted += 1
        if counted > MOST_ELEMENTS:
            raise TooMuch
        start(element.rpartition(":")[2] if ":" in element else element, given)

    return begins
