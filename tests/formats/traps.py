"""Texts that spreadsheets like to read as something else."""

from datetime import UTC, datetime

from app.formats.workbook import Book, Heading

TRAPS = [
    "=1+1",
    "- Phối hợp với các phòng, ban",
    "+84 262 385",
    "@SUM(A1)",
    "\t=2",
    " =3",
    "'nháy đơn",
    "#N/A",
    "#REF!",
    "TRUE",
    "1.234",
    "15/5/2024",
    "_x0041_bc",
    "  đầu và cuối  ",
    "dòng một\ndòng hai",
    "<b>&amp;</b>",
]
MADE_AT = datetime(2024, 5, 10, tzinfo=UTC)


def trap_book() -> bytes:
    book = Book("Thử", "Thử", MADE_AT)
    sheet = book.sheet("PL1", [60])
    sheet.header([[Heading("Văn bản")]])
    for text in TRAPS:
        sheet.entry([text], {})
    sheet.finish(frozen_columns=0)
    return book.to_bytes()
