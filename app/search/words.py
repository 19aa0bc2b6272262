"""What is compared: keys of texts, and a query as groups of forms of which each must be found."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from app.core.vietnamese import fold, nfc

SHIPPED = Path(__file__).resolve().parent / "data" / "abbreviations.json"
LONGEST = 200  # letters of a query
MOST_WORDS = 12
MOST_WAYS = 40  # of writing one word; each is one more condition of the search
_SHORT = 3  # words below this length are looked for at the beginning of words only
_GAPS = re.compile(r"[^\w]+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def key(text: str) -> str:
    """`text` without accents, case and marks, its words between single blanks: " 45 bc gddt "."""
    return f" {' '.join(_GAPS.sub(' ', fold(text)).split())} "


def exact_key(text: str) -> str:
    """`text` with its accents, the tone after each word, so that hoà and hòa are one: " hoa\u0300 phu\u0301 "."""
    return f" {' '.join(map(_toned, _GAPS.sub(' ', nfc(text).casefold()).split()))} "


def _toned(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return nfc("".join(c for c in parts if c not in _TONES)) + "".join(c for c in parts if c in _TONES)


def groups(query: str, path: Path | None = None, kept: str = "") -> list[tuple[str, ...]]:
    """Each part of `query` with every form in which a text may say it.

    Abbreviations and their words stand for each other, as the list says: `kept` (JSON), else the one in `path`, else
    the shipped one; those that mean several things (TT, TP, KH) are in no list and are looked for as they are.
    """
    words = key(query[:LONGEST]).split()[:MOST_WORDS]
    forms = _meanings(kept) if kept else _forms(*_listed(path))
    longest = max((len(form) for form in forms), default=1)
    found, at = [], 0
    while at < len(words):
        size = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in forms), 0)
        if size:
            found.append(forms[tuple(words[at : at + size])])
        else:
            found.append((_loose(words[at]),))
        at += size or 1
    return found


def _loose(word: str) -> str:
    return word if len(word) >= _SHORT else f" {word}"


def _listed(path: Path | None) -> tuple[str, float]:
    chosen = path if path is not None and path.exists() else SHIPPED
    return str(chosen), chosen.stat().st_mtime


@lru_cache(maxsize=8)
def _forms(path: str, _changed: float) -> dict[tuple[str, ...], tuple[str, ...]]:
    return _meanings(Path(path).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _meanings(listed: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """A list that nobody looked at (laid into the data folder, kept long ago) is cut to what a search can bear."""
    return {words: ways[:MOST_WAYS] for words, ways in meanings(json.loads(listed)).items()}


def meanings(said: Iterable[Sequence[str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each word or words of a list → all its ways of writing, over all lines, each once."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for forms in said:
        keys = dict.fromkeys(map(key, forms))
        for form in keys:
            found.setdefault(tuple(form.split()), {}).update(keys)
    return {words: tuple(ways) for words, ways in found.items()}
