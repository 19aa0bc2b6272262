"""The marks that open a clause: I.  1.  1.1.  a)  -  +"""

import re
from dataclasses import dataclass
from enum import IntEnum

_ROMAN = re.compile(r"(?:(?:PHẦN|Phần|MỤC|Mục)\s+)?([IVXL]{1,6})\s*(?:[./):]|[-–—](?=\s))\s*(?=\D|$)(.*)", re.DOTALL)
_ROMAN_BARE = re.compile(r"([IVXL]{1,5})\s+((?=[^\W\d_]{2}).+)", re.DOTALL)
_NUMBERS = re.compile(
    r"(?:[IVXL]{1,6}\.)?(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)]\s*|\s+)(?=[^\W\d]|[“\"(]|$)(.*)", re.DOTALL
)
_NUMBER = re.compile(r"(?:[IVXL]{1,6}\.)?(\d{1,2})\s*[.)/]\s*(?=[^\W\d]|[“\"(]|$)(.*)", re.DOTALL)
_LETTER = re.compile(r"([a-zđ])\s*[).]\s+(.*)|([a-zđ])\)(.*)", re.DOTALL)
_DASH_SIGNS = "-–—−‒―•●▪■◦*\uf02d\uf0b7\uf0a7"
_DASH = re.compile(rf"([{_DASH_SIGNS}](?:\s+[-–—−](?=\s))?)(?!-)\s*(?=\S)(.*)", re.DOTALL)  # some type it twice
_PLUS = re.compile(r"([+○])\s*(?=\S)(.*)", re.DOTALL)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}

ROMAN_NUMERALS = (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
LETTERS = "abcdđeghiklmnopqrstuvxy"


class Level(IntEnum):
    """How deep a mark stands; text without a mark is deepest."""

    ROMAN = 1
    NUMBER = 2
    NUMBERS = 3
    LETTER = 4
    DASH = 5
    PLUS = 6
    PLAIN = 7


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark as written, its level and its label within the address (`III`, `7`, `b`; a dash has none)."""

    level: Level
    label: str
    written: str
    rest: str

    @property
    def ordinal(self) -> int:
        """Its number among its like; 0 for marks that do not count."""
        if self.level is Level.ROMAN:
            return roman_value(self.label)
        if self.level is Level.NUMBER:
            return int(self.label)
        return LETTERS.find(self.label) + 1 if self.level is Level.LETTER else 0


def read_marker(text: str) -> Marker | None:
    """The mark that opens `text` (no space before it), or None."""
    for level, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found and (pattern is not _ROMAN_BARE or text.isupper()):
            label, rest = [group for group in found.groups() if group is not None]
            written = text[: len(text) - len(rest)].strip()
            return Marker(level, _label(level, label), written, rest)
    return None


_PATTERNS = (
    (Level.ROMAN, _ROMAN),
    (Level.ROMAN, _ROMAN_BARE),
    (Level.NUMBERS, _NUMBERS),
    (Level.NUMBER, _NUMBER),
    (Level.LETTER, _LETTER),
    (Level.DASH, _DASH),
    (Level.PLUS, _PLUS),
)


def _label(level: Level, label: str) -> str:
    if level is Level.NUMBER:
        return str(int(label))
    return "" if level >= Level.DASH else label


def roman_value(digits: str) -> int:
    """The value of a Roman number up to 89."""
    values = [_ROMAN_DIGITS[digit] for digit in digits]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def letter_of(position: int) -> str:
    """The letter of the item at `position` (from 0), as Vietnamese documents count: a b c d đ e g h …"""
    if position < len(LETTERS):
        return LETTERS[position]
    return letter_of(position // len(LETTERS) - 1) + LETTERS[position % len(LETTERS)]
