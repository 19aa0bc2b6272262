"""Small real files for the sample, made here: a signed-looking letter, a table of figures, a picture."""

import io
import struct
import zlib
from datetime import datetime

_STAMP = datetime(2024, 5, 10)
_MARK = "DỮ LIỆU GIẢ ĐỊNH"


def letter(number: str, title: str) -> bytes:
    """A .docx of one page that says what it is and that it is invented."""
    import docx  # late: only the sample writes letters

    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _STAMP
    document.add_heading(title, level=1)
    document.add_paragraph(f"Số: {number}")
    document.add_paragraph(f"{_MARK}: văn bản minh họa, không phải văn bản thật.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def table(title: str, rows: list[tuple[str, int, int]]) -> bytes:
    """An .xlsx with figures split Nam/Nữ."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [(title, None, None), (_MARK, None, None), ("Nội dung", "Nam", "Nữ"), *rows]:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def scan(number: str) -> bytes:
    """A .pdf of one A4 page with the number in plain letters, as a scanned document would be named."""
    text = "".join(c if c.isascii() and c not in "()\\" else "?" for c in number)
    content = f"BT /F1 20 Tf 60 760 Td ({text}) Tj 0 -36 Td (DU LIEU GIA DINH) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    return _pdf(objects)


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


def picture(colour: tuple[int, int, int]) -> bytes:
    """A .png of one colour, 120 × 80."""
    width, height = 120, 80
    lines = (b"\x00" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
