"""The lines of a plain text file, in whatever encoding an office may have saved it."""

import re

from app.formats.plan_reader.errors import Problem, Unreadable
from app.formats.plan_reader.lines import RawLine, tidy

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MARKED_UP = re.compile(r"\*\*")
_CELL_BORDER = re.compile(r"\s*\|\s*")
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*")


def extract_txt(data: bytes) -> list[RawLine]:
    """The lines of the text in `data`. Raises Unreadable when it is no text."""
    text = _without_page_numbers(_decoded(data))
    lines = tidy(text).split("\n")
    if _MARKED_UP.search(text):  # saved from a web page: bold marks and borders of cells, not words
        lines = ["" if _CELL_BORDER.fullmatch(line) else re.sub(r"\*+", "", line) for line in lines]
    return [RawLine(line) for line in lines]


def _decoded(data: bytes) -> str:
    encodings = [encoding for mark, encoding in _BOMS if data.startswith(mark)] or [*_guesses(data)]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(Problem.UNKNOWN_KIND)


def _guesses(data: bytes) -> list[str]:
    """UTF-16 without a mark shows by its zero bytes; cp1258 is what Windows used before Unicode."""
    sample = data[:4000]
    if b"\x00" in sample:
        return ["utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"]
    return ["utf-8", "cp1258"]


def _without_page_numbers(text: str) -> str:
    """`text` without the lone numbers beside its page breaks."""
    pages = text.split("\f")
    if len(pages) == 1:
        return text
    return "\n".join(_without_number(page) for page in pages)


def _without_number(page: str) -> str:
    lines = page.split("\n")
    written = [i for i, line in enumerate(lines) if line.strip()]
    for i in {*written[:1], *written[-1:]}:
        if _PAGE_NUMBER.fullmatch(lines[i]):
            lines[i] = ""
    return "\n".join(lines)
