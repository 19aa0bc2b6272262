"""Printed, signable tables as .xlsx files: Times New Roman, A4, rows that show all of their text.

A table is written from the top down: ``Book.sheet``, :func:`open_paper`, ``Sheet.header``, then sections and
entries, :func:`close_paper`, ``Sheet.finish``; ``Book.to_bytes`` gives the file.
"""

from app.formats.workbook.book import Book
from app.formats.workbook.look import COUNT, DATE, PERCENT, Look
from app.formats.workbook.page import A4_LANDSCAPE, Page
from app.formats.workbook.paper import close_paper, open_paper
from app.formats.workbook.sheet import ENTRY, SECTION, Formula, Heading, Link, Sheet, Value

__all__ = [
    "A4_LANDSCAPE",
    "COUNT",
    "DATE",
    "ENTRY",
    "PERCENT",
    "SECTION",
    "Book",
    "Formula",
    "Heading",
    "Link",
    "Look",
    "Page",
    "Sheet",
    "Value",
    "close_paper",
    "open_paper",
]
