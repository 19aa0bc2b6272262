"""LibreOffice as the reader of our workbooks, and what can be measured on the pages it draws."""

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
from openpyxl import load_workbook

MISSING = "LibreOffice is missing: install it (apt-get install libreoffice-calc fonts-liberation)"
_SECONDS = 120


class Office:
    """One LibreOffice profile of its own, so that several test processes can run side by side."""

    def __init__(self, program: str, profile: Path) -> None:
        self._command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]

    @classmethod
    def found(cls, profile: Path) -> "Office | None":
        program = shutil.which("soffice")
        return cls(program, profile) if program else None

    def convert(self, target: str, files: Sequence[Path], folder: Path) -> None:
        command = [*self._command, target, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


def without_stored_values(source: Path, target: Path) -> None:
    """openpyxl drops every stored value when it saves what it loaded."""
    load_workbook(source).save(target)


def resized(source: Path, target: Path, *, width: float = 1.0, height: float = 1.0) -> None:
    """A copy with every column's width and every tall row's height times a factor."""
    book = load_workbook(source)
    for sheet in book:
        for column in sheet.column_dimensions.values():
            column.width *= width
        for row in sheet.row_dimensions.values():
            if row.height and row.height > 20:
                row.height *= height
    book.save(target)


def texts_not_whole(book: Path, pdf: Path) -> list[str]:
    """Framed texts of the workbook that do not stand, all letters of them, inside one frame of the pages.

    Clipped lines are still in a PDF's text, so the letters' places are compared with the frames'.
    """
    drawn = Counter(text for page in _pages(pdf) for text in _framed(page))
    return [text for text in _written(book) if not drawn[_letters(text)]]


def _written(book: Path) -> Iterator[str]:
    for sheet in load_workbook(book):
        area = sheet[sheet.print_area.rpartition("!")[2]]
        for cell in (cell for row in area for cell in row):
            if cell.data_type == "s" and cell.value and cell.border.top.style:
                yield cell.value


def _pages(pdf: Path) -> Iterator[Any]:
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            yield page
            page.close()


def _framed(page: Any) -> Iterator[str]:
    lines = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
    letters = page.chars
    for table in page.find_tables(lines):
        for left, top, right, bottom in table.cells:
            yield "".join(
                letter["text"]
                for letter in letters
                if left < (letter["x0"] + letter["x1"]) / 2 < right
                and letter["top"] >= top - 0.6
                and letter["bottom"] <= bottom + 0.6
                and not letter["text"].isspace()
            )


def _letters(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


@cache
def page_texts(pdf: Path) -> list[str]:
    return [page.extract_text() for page in _pages(pdf)]


def fonts(pdf: Path) -> set[str]:
    """Families of the letters drawn, without subset prefix and style."""
    names = {letter["fontname"] for page in _pages(pdf) for letter in page.chars}
    return {re.split(r"[-,]", name.rpartition("+")[2])[0] for name in names}
