"""Draws the first page of each sheet of one workbook, in a process of its own, into a folder.

Argument: the folder. Standard input: one line of JSON (`program`: LibreOffice or null; `pages`: the pages wanted, from
1), then the bytes of the workbook. The folder gets `view.json` and, where LibreOffice draws them, `1.png`, `2.png`, …
"""

import json
import subprocess
import sys
import tempfile
import zlib
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pypdfium2

from app.core import apart, libreoffice
from app.formats.workbook.viewing import first_pages

OFFICE_SECONDS, CPU_SECONDS = 120, 150
MEMORY_BYTES = 500_000_000
_PIXELS_PER_POINT = 1.5


def main() -> None:
    """Answer what the process was asked on its standard input."""
    folder = Path(sys.argv[1])
    apart.keep_within(MEMORY_BYTES, CPU_SECONDS)
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    views = [asdict(view) for view in first_pages(data)]
    (folder / "view.json").write_text(json.dumps(views, ensure_ascii=False), encoding="utf-8")
    if asked["program"]:
        with suppress(subprocess.SubprocessError, OSError), tempfile.TemporaryDirectory() as place:
            _draw(_printed(asked["program"], data, asked["pages"], Path(place)), asked["pages"], folder)


def _printed(program: str, data: bytes, pages: list[int], place: Path) -> Path:
    """The workbook as PDF; newer LibreOffice prints the wanted pages alone."""
    book, options = place / "book.xlsx", {"PageRange": {"type": "string", "value": ",".join(map(str, pages))}}
    book.write_bytes(data)
    target = f"pdf:calc_pdf_Export:{json.dumps(options)}"
    arguments = ["--convert-to", target, "--outdir", str(place), str(book)]
    libreoffice.run(program, arguments, place, OFFICE_SECONDS, in_worker=True)
    return book.with_suffix(".pdf")


def _draw(pdf: Path, pages: list[int], folder: Path) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        places = range(len(pages)) if len(document) == len(pages) else [page - 1 for page in pages]
        for number, place in enumerate(places, start=1):
            bitmap = document[place].render(scale=_PIXELS_PER_POINT, grayscale=True)
            picture = png(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            (folder / f"{number}.png").write_bytes(picture)


def png(width: int, height: int, stride: int, grey: bytes) -> bytes:
    """A PNG file of `height` rows of `width` grey bytes, each row `stride` bytes after the one before."""
    rows = b"".join(b"\0" + grey[y * stride : y * stride + width] for y in range(height))
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


if __name__ == "__main__":
    main()
