"""Printed, signable tables as .xlsx files: Times New Roman, A4, rows that show all of their text.

A table is written with :class:`Book` and :class:`Sheet`; ``paper`` adds what stands above and below it on an
administrative document (Nghị định 30/2020/NĐ-CP).
"""

from app.documents.workbook.book import Book
from app.documents.workbook.look import COUNT, DATE, PERCENT, Look
from app.documents.workbook.page import A4_LANDSCAPE, Page
from app.documents.workbook.sheet import ENTRY, SECTION, Formula, Heading, Sheet, Value

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
    "Look",
    "Page",
    "Sheet",
    "Value",
]
