"""Vietnamese text: one normal form, one fold for finding, one order for lists.

Text is kept as people typed it (hoà and hòa are both right); only keys are folded.
"""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―&]+")
_AND = re.compile(r"(?<!\S)va(?!\S)")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{number:02d}" for number, letter in enumerate(_ALPHABET, start=40)}
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # â, ă, ơ: marks that make another letter
_LEVEL_TONE = "1"


def nfc(text: str) -> str:
    """`text` in the composed form; macOS and many PDFs hand over the decomposed one."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """`text` as it enters the product: composed, no control or direction marks, no blank edges; line breaks stay."""
    return _CONTROL.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_line(text: str) -> str:
    """`clean` for a field of one line: every run of white space becomes one space."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """The key under which `text` is found and compared: no accents, no case, dashes and "và" and "&" alike."""
    plain = nfc(text).replace("đ", "d").replace("Đ", "D")
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    spaced = _SEPARATORS.sub(" ", bare.casefold())
    return " ".join(_AND.sub(" ", spaced).split())


def sort_key(text: str) -> str:
    """A string of digits that sorts as Vietnamese dictionaries do, in any database collation.

    Letters come first (a ă â … u ư), tones second (ngang, huyền, hỏi, ngã, sắc, nặng).
    """
    letters: list[str] = []
    tones: list[str] = []
    for character in nfc(text).casefold():
        letter, tone = _split(character)
        letters.append(_primary(letter))
        tones.append(tone)
    return "".join(letters) + "00" + "".join(tones)


def _split(character: str) -> tuple[str, str]:
    tone, kept = _LEVEL_TONE, []
    for part in unicodedata.normalize("NFD", character):
        if part in _TONES:
            tone = _TONES[part]
        elif not unicodedata.combining(part) or part in _SHAPES:
            kept.append(part)
    return nfc("".join(kept)), tone


def _primary(letter: str) -> str:
    if letter in _RANK:
        return _RANK[letter]
    if letter.isdigit():
        return f"{20 + int(letter):02d}" if letter.isascii() else "30"
    base = unicodedata.normalize("NFD", letter)[:1]  # Ê Đê ŏ, ŭ stand with o, u
    return _RANK.get(base, "10" if not letter.isalnum() else "99")
