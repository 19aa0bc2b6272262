"""Legacy workbooks and documents as their programs write them, byte by byte, in compound files."""

import struct

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
PIECE, SMALL, LINE = 64, 4096, 128
BEGIN, SHEET, PASSWORD, LAST = 0x0809, 0x0085, 0x002F, 0x000A


def compound(*streams: tuple[str, bytes], shift: int = 9) -> bytes:
    """A compound file with these streams: in sectors of their own or, where they are small, in pieces of the root's."""
    size = 1 << shift
    small = [data for _name, data in streams if len(data) < SMALL]
    pieces, starts_of_small = _chains(small, PIECE)
    heap = b"".join(_padded(data, PIECE) for data in small)
    large = [data for _name, data in streams if len(data) >= SMALL]
    blobs = [bytes(LINE * (len(streams) + 1)), _numbers(pieces), heap, *large]
    table, starts = _chains(blobs, size)
    places = {True: iter(starts_of_small), False: iter(starts[3:])}
    root = _entry("Root Entry", 5, starts[2], len(heap))
    blobs[0] = root + b"".join(_entry(name, 2, next(places[len(data) < SMALL]), len(data)) for name, data in streams)
    own = -(-len(table) // (size // 4 - 1))
    blobs.append(_numbers([*table, *[TABLE] * own]))
    header = _header(shift, starts[0], starts[1], range(len(table), len(table) + own))
    return b"".join(_padded(blob, size) for blob in [header, *blobs])


def globals_of(*sheets: int, password: bool = False, filling: int = 0) -> bytes:
    """What Excel 97 says of a workbook with sheets of these kinds (0: cells, 1: macros of Excel 4)."""
    begin = _record(BEGIN, struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 1997, 0, 0))
    lock = _record(PASSWORD, bytes(6)) if password else b""
    listed = b"".join(
        _record(SHEET, struct.pack("<LBBBB", 0, 0, kind, 5, 0) + f"Trang{number}"[:5].encode())
        for number, kind in enumerate(sheets)
    )
    return begin + lock + _record(0x00E1, bytes(8_000)) * -(-filling // 8_000) + listed + _record(LAST, b"")


def book(*sheets: int, password: bool = False, long: bool = False) -> bytes:
    """A workbook of Excel 97; a long one has a stream of its own."""
    return compound(("Workbook", globals_of(*sheets, password=password, filling=8_000 if long else 0)))


def document(*, password: bool, mark: int = 0xA5EC) -> bytes:
    """The head of a Word document."""
    flags = 0x0100 if password else 0
    head = struct.pack("<HHHHHH", mark, 0x00C1, 0, 0x0409, 0, flags)
    return compound(("WordDocument", head.ljust(SMALL, b"\0")))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _chains(blobs: list[bytes], size: int) -> tuple[list[int], list[int]]:
    """Which place follows which where these lie one after the other, and where each begins."""
    table: list[int] = []
    starts = []
    for blob in blobs:
        count = -(-len(blob) // size)
        starts.append(len(table) if count else END)
        table += [*range(len(table) + 1, len(table) + count), END][:count]
    return table, starts


def _padded(data: bytes, size: int) -> bytes:
    return data.ljust(-(-len(data) // size) * size, b"\0")


def _numbers(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}L", *numbers)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = bytearray(raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, kind)).ljust(LINE, b"\0")
    struct.pack_into("<LL", entry, 116, start, size)
    return bytes(entry)


def _header(shift: int, directory: int, pieces: int, tables: range) -> bytes:
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3 if shift == 9 else 4, 0xFFFE, shift, 6)
    struct.pack_into("<LLLL", header, 0x2C, len(tables), directory, 0, SMALL)
    struct.pack_into("<LLLL", header, 0x3C, pieces, 1, END, 0)
    struct.pack_into("<109L", header, 0x4C, *tables, *[FREE] * (109 - len(tables)))
    return bytes(header)
