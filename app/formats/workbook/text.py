"""Text that Excel shows as it was typed: never a formula, never an error value, never a broken file."""

import re
import unicodedata
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

CELL_LIMIT = 32_767  # UTF-16 units; openpyxl cuts what is longer without a word
_CUT_MARK = " […]"
_FORMULA_STARTS = frozenset("=+-@'")
_NOT_FOR_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_FOR_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SHEET_NAME_LIMIT = 31


def clean(text: str) -> str:
    """NFC, line ends as LF, no control characters; what is more than a cell holds is cut, marked "[…]"."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _shortened(_NOT_FOR_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", text)))


def _shortened(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= CELL_LIMIT * 2:
        return text
    return units[: (CELL_LIMIT - len(_CUT_MARK)) * 2].decode("utf-16-le", "ignore") + _CUT_MARK


def write_text(cell: Any, text: str) -> None:
    """Put cleaned text into an openpyxl cell.

    The type is set after the value, since openpyxl guesses it from the text ("=1+1", "#N/A"). quotePrefix
    keeps Excel from reading a formula when somebody opens the cell for editing and leaves it again. A
    literal ``_x0041_`` is escaped, since readers would decode it.
    """
    cell.value = _shortened(_LOOKS_ESCAPED.sub("_x005F_", text))
    cell.data_type = "s"
    if text.lstrip()[:1] in _FORMULA_STARTS or text[:1] in "\t\n":
        cell.quotePrefix = True


def sheet_name(wanted: str, taken: list[str]) -> str:
    """A name Excel takes: 31 characters, none of ``[]:*?/\\``, no apostrophe at an end, unlike any taken."""
    base = _NOT_FOR_SHEET_NAMES.sub("-", unicodedata.normalize("NFC", wanted)).strip("' ")[:_SHEET_NAME_LIMIT]
    base = base.strip("' ") or "Trang"
    if base.casefold() == "history":  # Excel keeps this one for itself
        base = "Lịch sử"
    used = {name.casefold() for name in taken}
    name, count = base, 2
    while name.casefold() in used:
        suffix = f"~{count}"
        name, count = base[: _SHEET_NAME_LIMIT - len(suffix)] + suffix, count + 1
    return name
