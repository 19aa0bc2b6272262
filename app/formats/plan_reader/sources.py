"""Which kind of file it is, told by its bytes and not by its name."""

from pathlib import PurePath

from app.formats.plan_reader.errors import Problem, Unreadable
from app.formats.plan_reader.extract_docx import extract_docx
from app.formats.plan_reader.extract_pdf import extract_pdf
from app.formats.plan_reader.extract_txt import extract_txt
from app.formats.plan_reader.lines import MOST_LINES, RawLine

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_WORD = "WordDocument".encode("utf-16-le")
_PDF_HEAD = 1024
_MOST_LETTERS = 2_000_000  # longer than any plan
_OTHER_KINDS = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"<!DOCTYPE",
    b"<html",
)


def extract(data: bytes, filename: str, max_bytes: int) -> list[RawLine]:
    """The lines of the document in `data`. Raises Unreadable when it has none that can be read."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(Problem.EMPTY)
    if len(data) > max_bytes:
        raise Unreadable(Problem.TOO_LARGE)
    lines = _by_kind(data, filename)
    if not any(line.text.strip() for line in lines):
        raise Unreadable(Problem.EMPTY)
    if len(lines) > MOST_LINES or sum(len(line.text) for line in lines) > _MOST_LETTERS:
        raise Unreadable(Problem.TOO_LARGE)
    return lines


def _by_kind(data: bytes, filename: str) -> list[RawLine]:
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return extract_docx(data)
    if b"%PDF-" in data[:_PDF_HEAD]:
        return extract_pdf(data)
    if data.startswith(_OLE):
        raise Unreadable(_ole_problem(data))
    if data.startswith(_OTHER_KINDS):
        raise Unreadable(Problem.UNKNOWN_KIND)
    if PurePath(filename).suffix.lower() in (".docx", ".pdf"):
        raise Unreadable(Problem.DAMAGED)
    return extract_txt(data)


def _ole_problem(data: bytes) -> Problem:
    if _OLE_ENCRYPTED in data:
        return Problem.ENCRYPTED
    return Problem.OLD_WORD if _OLE_WORD in data else Problem.UNKNOWN_KIND
