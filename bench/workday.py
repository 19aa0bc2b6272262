"""The day that is measured, as a plan: who works, which page comes next, when something is written, what is told.

Nothing here touches a server. The same seed gives the same day, so that two servers are asked the same.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from bench.load import percentile

PEOPLE, READERS = 16, 8
THINK_S = (0.5, 1.5)  # between two pages of one person
POLL_S, MOVE_S, UPLOAD_S = 3.5, 1.0, 5.0
SHARES = {"board": 0.6, "home": 0.2, "duty": 0.2}
HELD = 0.5  # of the pages are asked for with the validator of the page that is held


@dataclass(frozen=True)
class Page:
    """A page that somebody opens next; `held` where their browser names what it has of it."""

    kind: str
    held: bool


@dataclass(frozen=True)
class Told:
    """What the requests of one kind took, in milliseconds."""

    kind: str
    count: int
    p50: float
    p95: float
    p99: float


def sixteen(names: Sequence[str]) -> list[str]:
    """Who works: everybody once, then from the start again, as people with a second browser."""
    return list(islice(cycle(names), PEOPLE))


def pages(chance: random.Random) -> Iterator[Page]:
    """The pages of one person, without end, each kind as often as its share says."""
    while True:
        (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
        yield Page(kind, chance.random() < HELD)


def beats(every_s: float, seconds: float) -> list[float]:
    """When something is written, in seconds after the start: the first after half a pause, none after the end."""
    return [every_s * (number + 0.5) for number in range(int(seconds / every_s + 0.5))]


def to_prove(own: Collection[int], moved: Collection[int]) -> list[int]:
    """The duties that take documents: those that nobody moves, for a document makes a new version of its duty."""
    return sorted(set(own) - set(moved))


def told(taken: Mapping[str, Sequence[float]]) -> list[Told]:
    """A line for each kind of request, by name; `taken` are seconds in any order."""
    ordered = {kind: sorted(times) for kind, times in sorted(taken.items())}
    return [
        Told(kind, len(times), *(percentile(times, share) for share in (0.5, 0.95, 0.99)))
        for kind, times in ordered.items()
    ]
