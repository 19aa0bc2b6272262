"""Legacy workbooks and documents as their programs write them, byte by byte: a compound file around one stream."""

import struct

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR, PIECE, SMALL = 512, 64, 4096
BEGIN, SHEET, PASSWORD, LAST = 0x0809, 0x0085, 0x002F, 0x000A


def compound(name: str, data: bytes) -> bytes:
    """A compound file with one stream, in sectors of its own or, where it is small, in pieces of the root's."""
    small = len(data) < SMALL
    count = -(-len(data) // SECTOR)
    first = 3 if small else 2
    chains = [TABLE, END, *([END] if small else []), *range(first + 1, first + count), END]
    root = _entry("Root Entry", 5, first if small else END, len(data) if small else 0)
    directory = root + _entry(name, 2, 0 if small else first, len(data))
    pieces = -(-len(data) // PIECE)
    table_of_pieces = _numbers([*range(1, pieces), END]) if small else b""
    return b"".join(
        [
            _header(2 if small else END),
            _numbers(chains),
            directory.ljust(SECTOR, b"\0"),
            table_of_pieces,
            data.ljust(count * SECTOR, b"\0"),
        ]
    )


def book(*sheets: int, password: bool = False, long: bool = False) -> bytes:
    """A workbook of Excel 97 with sheets of these kinds (0: cells, 1: macros of Excel 4)."""
    begin = _record(BEGIN, struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 1997, 0, 0))
    lock = _record(PASSWORD, bytes(6)) if password else b""
    filling = _record(0x00E1, bytes(8_000)) if long else b""
    listed = b"".join(
        _record(SHEET, struct.pack("<LBBBB", 0, 0, kind, 5, 0) + f"Trang{number}"[:5].encode())
        for number, kind in enumerate(sheets)
    )
    return compound("Workbook", begin + lock + filling + listed + _record(LAST, b""))


def document(*, password: bool) -> bytes:
    """The head of a Word document."""
    flags = 0x0100 if password else 0
    head = struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0x0409, 0, flags)
    return compound("WordDocument", head.ljust(SMALL, b"\0"))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _numbers(numbers: list[int]) -> bytes:
    return struct.pack(f"<{SECTOR // 4}L", *numbers, *[FREE] * (SECTOR // 4 - len(numbers)))


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = bytearray(raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, kind)).ljust(128, b"\0")
    struct.pack_into("<LL", entry, 116, start, size)
    return bytes(entry)


def _header(first_of_pieces: int) -> bytes:
    header = bytearray(SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LLLL", header, 0x2C, 1, 1, 0, SMALL)
    struct.pack_into("<LLLL", header, 0x3C, first_of_pieces, 1, END, 0)
    struct.pack_into("<109L", header, 0x4C, 0, *[FREE] * 108)
    return bytes(header)
