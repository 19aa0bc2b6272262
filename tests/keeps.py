"""Forgets whatever the process keeps between visits, so that a page can be compared with one made from nothing."""

import sys
from collections.abc import Iterator
from typing import Any

from app.core.lru import Lru

_HASHES = ("app.statics", "app.accounts.passwords")  # of files and of nobody's password: no page is made of them


def kept() -> Iterator[Any]:
    """Every bounded cache and every remembered function of the program, wherever it was put."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "app" and name not in _HASHES:
            for value in list(vars(module).values()):
                if isinstance(value, Lru) or callable(getattr(value, "cache_clear", None)):
                    yield value


def forget() -> None:
    """Empty them all."""
    for cache in kept():
        cache.clear() if isinstance(cache, Lru) else cache.cache_clear()
