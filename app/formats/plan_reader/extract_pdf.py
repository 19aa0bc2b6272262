"""The lines of a PDF's text layer, put together from where its letters stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from threading import Lock

import pypdfium2
from pypdfium2 import raw as pdfium

from app.formats.plan_reader.errors import Problem, Unreadable
from app.formats.plan_reader.lines import RawLine, collapse, tidy

_ONE_AT_A_TIME = Lock()  # the library keeps global state
_MOST_PAGES = 200
_FEWEST_LETTERS = 40
_PASSWORD = "password"
_LINE_ENDS = ("\r", "\n")
_BROKEN_HYPHENS = ("\x02", "\ufffe")  # how the library gives a hyphen at the end of a line
_SAME_LINE = 0.4  # of the letter height
_COLUMN_GAP = 1.6  # of the letter height: wider than any space between words
_SPACE_GAP = 0.12
_WIDER_SPACING = 1.2  # of the usual distance between lines
_UPWARD_SHARE = 0.3
_REPEATED_ON = 3
_HYPHEN_AT_END = re.compile(r"\w-$")
_WORD_PROCESSORS = re.compile(r"office|word|writer|wps|docs", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:Trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–\s]*", re.IGNORECASE)
_STRAY_LEFT, _STRAY_RIGHT = 0.02, 0.08  # shares of rows that stand outside the text, as a letterhead may


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    bottom: float
    top: float


_END = _Letter("\n", 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line on a page; `y` is its base line, growing upwards."""

    text: str
    left: float
    right: float
    y: float
    height: float


def extract_pdf(data: bytes) -> list[RawLine]:
    """The lines of the PDF in `data`, without page numbers and running heads.

    Raises Unreadable when it is locked, damaged, too long or has no text layer.
    """
    with _ONE_AT_A_TIME:
        pages, breaks_words = _read_pages(data)
    if sum(len(row.text) for page in pages for row in page) < _FEWEST_LETTERS:
        raise Unreadable(Problem.SCANNED)
    return _lines(_without_running_heads([_in_order(page) for page in pages]), breaks_words)


def _read_pages(data: bytes) -> tuple[list[list[_Row]], bool]:
    """The rows of each page, and whether the program that made the file breaks lines after a hyphen in a word."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = _PASSWORD in str(error).lower()
        raise Unreadable(Problem.ENCRYPTED if locked else Problem.DAMAGED) from error
    try:
        if len(document) > _MOST_PAGES:
            raise Unreadable(Problem.TOO_LARGE)
        maker = document.get_metadata_value("Producer") + document.get_metadata_value("Creator")
        return [_rows(document[number]) for number in range(len(document))], bool(_WORD_PROCESSORS.search(maker))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(Problem.DAMAGED) from error
    finally:
        document.close()


def _rows(page: pypdfium2.PdfPage) -> list[_Row]:
    rows: list[_Row] = []
    letters: list[_Letter] = []
    for letter in [*_letters(page), _END]:
        ends = letter.text in _LINE_ENDS
        broken = letter.text in _BROKEN_HYPHENS
        if broken or not ends:
            letters.append(replace(letter, text="-") if broken else letter)
        if (ends or broken) and (row := _row(letters)):
            rows = [*rows[:-1], _merged(rows[-1], row)] if rows and _continues(rows[-1], row) else [*rows, row]
        letters = [] if ends or broken else letters
    return rows


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    text_page = page.get_textpage()
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        pdfium.FPDFText_GetCharBox(text_page, index, byref(left), byref(right), byref(bottom), byref(top))
        if code:
            yield _Letter(chr(code), left.value, right.value, bottom.value, top.value)


def _row(letters: Sequence[_Letter]) -> _Row | None:
    """The letters of one line as a row; a gap as wide as a column becomes a tab."""
    inked = [letter for letter in letters if not letter.text.isspace()]
    if not inked:
        return None
    height = max(letter.top - letter.bottom for letter in inked) or 1.0
    text, before = "", None
    for letter in letters:
        if letter.text.isspace():
            text += " "
            continue
        if before is not None and letter.left - before.right > _COLUMN_GAP * height:
            text = f"{text.rstrip()}\t"
        text += letter.text
        before = letter
    bounds = min(letter.left for letter in inked), max(letter.right for letter in inked)
    return _Row(text, *bounds, median(letter.bottom for letter in inked), height)


def _continues(row: _Row, other: _Row) -> bool:
    """Whether `other` stands on the line of `row`, to its right."""
    return abs(row.y - other.y) < _SAME_LINE * max(row.height, other.height) and other.left >= row.right


def _merged(row: _Row, other: _Row) -> _Row:
    gap = (other.left - row.right) / max(row.height, other.height)
    between = "\t" if gap > _COLUMN_GAP else " " if gap > _SPACE_GAP else ""
    text = f"{row.text.rstrip()}{between}{other.text}" if between else row.text + other.text
    return _Row(text, row.left, other.right, row.y, max(row.height, other.height))


def _in_order(page: list[_Row]) -> list[_Row]:
    """The rows as the file has them, or from top to bottom where the file has them at random."""
    upward = sum(below.y > above.y + above.height for above, below in pairwise(page))
    return sorted(page, key=lambda row: (-row.y, row.left)) if upward > _UPWARD_SHARE * len(page) else page


def _without_running_heads(pages: list[list[_Row]]) -> list[list[_Row]]:
    """The pages without page numbers and lines that most of them repeat at the top or the bottom."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_key(row) for row in page})
    often = max(_REPEATED_ON, len(pages) / 2)
    repeated = {key for key, times in seen.items() if times >= often}
    return [
        [row for row in page if row not in edge or not (_PAGE_NUMBER.fullmatch(row.text) or _key(row) in repeated)]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: list[_Row]) -> list[_Row]:
    """The highest and the lowest row of a page."""
    return [max(page, key=_height_on_page), min(page, key=_height_on_page)] if page else []


def _height_on_page(row: _Row) -> float:
    return row.y


def _key(row: _Row) -> str:
    return re.sub(r"\d+", "#", collapse(row.text))


def _lines(pages: list[list[_Row]], breaks_words: bool) -> list[RawLine]:
    rows = [row for page in pages for row in page]
    if not rows:
        return []
    left = _edge([row.left for row in rows], _STRAY_LEFT)
    right = -_edge([-row.right for row in rows], _STRAY_RIGHT)
    usual = _usual_pitch(pages)
    lines: list[RawLine] = []
    for page in pages:
        for above, row in zip([None, *page], page, strict=False):
            gap = None if above is None else above.y - row.y > usual * _WIDER_SPACING
            fill = (row.right - left) / max(1.0, right - left)
            cut = breaks_words and bool(_HYPHEN_AT_END.search(row.text))
            lines += [RawLine(text, gap, fill, cut) for text in tidy(row.text).split("\n")]
    return lines


def _edge(positions: Sequence[float], stray: float) -> float:
    """The smallest of `positions`, that share of stray ones not counted."""
    return sorted(positions)[int(len(positions) * stray)]


def _usual_pitch(pages: list[list[_Row]]) -> float:
    """The distance between base lines within a paragraph: the most frequent one, to the point."""
    steps = Counter(round(above.y - row.y) for page in pages for above, row in pairwise(page) if above.y > row.y)
    return float(steps.most_common(1)[0][0]) if steps else 0.0
