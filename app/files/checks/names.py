"""File names as people gave them: kept as data, for show and for the download, never as a path."""

import unicodedata

from app.core.vietnamese import nfc

MAX_NAME = 180
_MAX_ENDING = 12
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # control, direction and half characters, line ends
_NAMELESS = "tep"


def kept_name(name: str) -> str:
    """`name` composed, without folders, control and direction marks, at most 180 characters, its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c if unicodedata.category(c) not in _UNSEEN else " " * c.isspace() for c in last)
    tidy = " ".join(nfc(seen).split()).rstrip(". ")
    end = ending(tidy)
    stem = tidy[: len(tidy) - len(end)].strip() or _NAMELESS
    return stem[: MAX_NAME - len(end)].rstrip() + end


def ending(name: str) -> str:
    """The ending of `name` with its dot, as written; "" where there is none (a long one is none)."""
    _stem, dot, letters = name.rpartition(".")
    return dot + letters if dot and letters.isalnum() and len(letters) <= _MAX_ENDING else ""
