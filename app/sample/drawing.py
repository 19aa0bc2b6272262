"""Files of the sample that are drawn byte by byte: a typed page as .pdf, a picture of a meeting as .png."""

import struct
import textwrap
import unicodedata
import zlib
from collections.abc import Sequence

_SIZE, _LEADING, _COLUMNS, _TOP, _LEFT = 11, 20, 66, 770, 62
# A built-in font has no Vietnamese letters: each mark is typed over its letter, as on a typewriter. Mark → the glyph's
# code in StandardEncoding, its rise over a small letter and its size, in thousandths of the letter's size.
_MARKS = {
    "\u0300": ("\\301", 0, 1000), "\u0301": ("\\302", 0, 1000), "\u0302": ("\\303", 0, 1000),
    "\u0303": ("\\304", 0, 1000), "\u0306": ("\\306", 0, 1000), "\u0309": ("?", 620, 480),
    "\u031b": ("\\047", 0, 1000), "\u0323": (".", -220, 1000), "đ": ("-", 230, 1000),
}  # fmt: skip
_PLAIN = str.maketrans({"đ": "d", "Đ": "D", "–": "-", "“": '"', "”": '"', "’": "'"})
_HIGHER = 130  # over a capital, and over another mark


def typed_page(lines: Sequence[str]) -> bytes:
    """A .pdf of one A4 page with `lines` in typewriter letters, their Vietnamese marks typed over them."""
    wrapped = [part for line in lines for part in (textwrap.wrap(line, _COLUMNS) or [""])]
    content = "\n".join(_typed(line, _TOP - place * _LEADING) for place, line in enumerate(wrapped)).encode("ascii")
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        ]
    )


def _typed(line: str, y: int) -> str:
    out, base = [], []
    for column, letter in enumerate(unicodedata.normalize("NFC", line)):
        parts = unicodedata.normalize("NFD", letter)
        base.append(parts[0].translate(_PLAIN))
        marks = ["đ"] if letter in "đĐ" else [mark for mark in parts[1:] if mark in _MARKS]
        above = _HIGHER * letter.isupper()
        for mark in marks:
            out.append(_glyph(mark, column, y, above))
            above += _HIGHER * (mark in "\u0302\u0306")
    text = (
        "".join(c if c.isascii() else "?" for c in base).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    )
    return "\n".join([f"BT /F1 {_SIZE} Tf {_LEFT} {y} Td ({text}) Tj ET", *out])


def _glyph(mark: str, column: int, y: int, above: int) -> str:
    code, rise, size = _MARKS[mark]
    wide = 0.6 * _SIZE  # of every letter of this font
    x = _LEFT + wide * column + (wide * (1 - size / 1000) / 2) + (wide * 0.45 if mark == "\u031b" else 0)
    lift = (rise + (above if mark not in "\u0323đ" else 0)) * _SIZE / 1000
    return f"BT /F1 {_SIZE * size / 1000:.1f} Tf {x:.1f} {y + lift:.1f} Td ({code}) Tj ET"


def _pdf(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


_WIDTH, _HEIGHT = 480, 300
_WALL, _BANNER, _WRITING, _FLOOR, _PEOPLE = range(5)  # colours
_SAID = "DỮ LIỆU GIẢ ĐỊNH"
_DOT, _CELL, _BANNER_TOP = 3, 8, 40  # pixels of a dot, dots of a letter with its gap, where the banner begins
# Letters in dots, seven rows of five; marks in the three rows above and the two below.
_LETTERS = {
    "D": (30, 17, 17, 17, 17, 17, 30), "U": (17, 17, 17, 17, 17, 17, 14), "L": (16, 16, 16, 16, 16, 16, 31),
    "I": (14, 4, 4, 4, 4, 4, 14), "E": (31, 16, 16, 30, 16, 16, 31), "G": (14, 17, 16, 23, 17, 17, 15),
    "A": (14, 17, 17, 31, 17, 17, 17), "N": (17, 25, 21, 19, 17, 17, 17), "H": (17, 17, 17, 31, 17, 17, 17),
    "Đ": (30, 17, 17, 61, 17, 17, 30), " ": (0,) * 7,
}  # fmt: skip
_ABOVE = {"\u0302": (4, 10, 0), "\u0303": (13, 22, 0), "\u0309": (6, 2, 4)}


def picture(subject: str) -> bytes:
    """A .png of a meeting: a wall, a banner that says the picture is invented, rows of people. `subject` colours it."""
    tint = zlib.crc32(subject.encode())
    wall = (200 + tint % 40, 205 + tint // 40 % 40, 195 + tint // 1600 % 40)
    colours = (wall, (168, 34, 40), (255, 236, 150), (122, 96, 74), (58, 66, 88))
    rows = [bytearray([_FLOOR if y > _HEIGHT - 60 else _WALL]) * _WIDTH for y in range(_HEIGHT)]
    _hang_banner(rows)
    _seat_people(rows)
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)
    data = zlib.compress(b"".join(b"\x00" + row for row in rows))
    palette = b"".join(map(bytes, colours))
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _hang_banner(rows: list[bytearray]) -> None:
    for y in range(_BANNER_TOP, _BANNER_TOP + 16 * _DOT):
        rows[y][30 : _WIDTH - 30] = bytes([_BANNER]) * (_WIDTH - 60)
    left = (_WIDTH - len(_SAID) * _CELL * _DOT) // 2
    for place, letter in enumerate(_SAID):
        for y, dots in enumerate(_lit(letter)):
            for x in (x for x in range(_CELL) if dots >> (_CELL - 1 - x) & 1):
                start = left + (place * _CELL + x) * _DOT
                for line in range(_BANNER_TOP + (y + 2) * _DOT, _BANNER_TOP + (y + 3) * _DOT):
                    rows[line][start : start + _DOT] = bytes([_WRITING]) * _DOT


def _lit(letter: str) -> list[int]:
    """The twelve rows of a letter with its marks, eight dots each."""
    base, *marks = tuple(unicodedata.normalize("NFD", letter))
    above = next((_ABOVE[mark] for mark in marks if mark in _ABOVE), (0, 0, 0))
    below = (0, 4) if "\u0323" in marks else (0, 0)
    rows = [dots << 2 for dots in (*above, *_LETTERS[base], *below)]
    if "\u031b" in marks:
        rows[2], rows[3] = rows[2] | 1, rows[3] | 2
    return rows


def _seat_people(rows: list[bytearray]) -> None:
    for line, (base, radius) in enumerate(((180, 13), (220, 17), (270, 22))):
        for middle in range(30 + 25 * (line % 2), _WIDTH - 20, 3 * radius):
            for y in range(base - radius, min(base + 2 * radius, _HEIGHT)):
                above = y - base
                half = int((radius**2 - above**2) ** 0.5) if above < radius * 0.8 else int(radius * 1.3)
                start, end = max(0, middle - half), min(_WIDTH, middle + half)
                rows[y][start:end] = bytes([_PEOPLE]) * (end - start)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
