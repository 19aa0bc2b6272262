"""Bounded caches for one process: frozen things and text only, never rows of a session."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lru(Generic[K, V]):
    """Keeps the values used last, as many as weigh `limit` together; `weight` of a value is 1 unless told."""

    def __init__(self, limit: int) -> None:
        self.limit, self.held = limit, 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()
        _every.add(self)

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, weight: int = 1) -> None:
        with self._lock:
            _old, freed = self._values.pop(key, (None, 0))
            self._values[key] = (value, weight)
            self.held += weight - freed
            while self.held > self.limit and self._values:
                self.held -= self._values.popitem(last=False)[1][1]

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self.held = 0

    def __len__(self) -> int:
        return len(self._values)


_every: WeakSet[Lru[Any, Any]] = WeakSet()


def forget_all() -> None:
    """Keep nothing any more: what follows is made as by a process that has just started."""
    for cache in list(_every):
        cache.clear()
