"""Column layout and counts of a plan's duties for one set of filters, updated incrementally.

A move of one duty among ten thousand takes one row out of its column and its counts and puts it in again elsewhere;
nothing is counted anew. The cache key is the choice of filters, the set of roles and the day; the values are row
positions and numbers.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import compress
from operator import is_not
from typing import Any

from app.board.filters import Filters
from app.board.views.card import Today
from app.cards.queries.row_cache import Snapshot
from app.cards.queries.rows import Row
from app.cards.state import COLUMNS, Status
from app.cards.timeliness import Timeliness
from app.core.actor import Actor
from app.core.lru import Lru

MOST_PLACES = 200_000  # of all arrangements together
_OTHERS = 1 << 40  # added to the place of a card of others: own cards come first
_ASIDE = None


@dataclass(frozen=True)
class Totals:
    """Counts over given duties; requests and remedies stand beside them, Không thực hiện outside them."""

    given: int
    requests: int
    remedies: int
    dropped: int
    units: int
    late: int
    by_status: dict[str, int]


@dataclass
class Tally:
    """Counts that rows can be put into and taken out of again."""

    said: Counter[str] = field(default_factory=Counter)
    units: Counter[int] = field(default_factory=Counter)

    def count(self, row: Row, today: Today, by: int = 1) -> None:
        """Put `row` in (1) or take it out (-1)."""
        if row.is_remedy:
            self.said["remedies"] += by
            return
        if row.status is Status.DROPPED and not row.is_request:
            self.said["dropped"] += by
            return
        self.units[row.unit_id] += by
        if row.is_request:
            self.said["requests"] += by
            return
        self.said[row.status.value] += by
        self.said["late"] += by * (today.timeliness(row) is Timeliness.LATE)

    def copy(self) -> "Tally":
        return Tally(self.said.copy(), self.units.copy())

    @property
    def totals(self) -> Totals:
        by_status = {status.value: self.said[status.value] for status in Status if status is not Status.DROPPED}
        return Totals(
            given=sum(by_status.values()),
            requests=self.said["requests"],
            remedies=self.said["remedies"],
            dropped=self.said["dropped"],
            units=sum(1 for held in self.units.values() if held),
            late=self.said["late"],
            by_status=by_status | {Status.DROPPED.value: 0},
        )


def totals(rows: Iterable[Row], today: Today) -> Totals:
    """The counts of `rows` by their rule: requests and remedies apart, Không thực hiện outside."""
    tally = Tally()
    for row in rows:
        tally.count(row, today)
    return tally.totals


class Arrangement:
    """The columns, what stands beside them, the shared duties and the counts of `rows` as `actor` chose them."""

    def __init__(self, actor: Actor, rows: list[Row], filters: Filters, today: Today) -> None:
        self.actor, self.rows, self.filters, self.today = actor, rows, filters, today
        self.own = actor.unit_ids
        self.tally = Tally()
        self.held: dict[Status | None, list[int]] = {status: [] for status in (*COLUMNS, _ASIDE)}
        self.shared: dict[int, list[int]] = {}  # action → the places of all its duties; never altered after this
        self.kept: Counter[int] = Counter()  # action → how many of them are chosen
        self.shared_given = 0  # how many of all these are in the total
        for place, row in enumerate(rows):
            if filters.shares and row.is_shared:
                self.shared.setdefault(row.action_id, []).append(place)
            if self._chooses(row):
                self._count(row, 1)
                if self._stands(row):
                    self.held[_spot(row)].append(self._order(place, row))
        for places in self.held.values():
            places.sort()

    def following(self, rows: list[Row]) -> "Arrangement":
        """The arrangement of `rows`, which are the same duties in the same order, some of them changed."""
        fresh = object.__new__(Arrangement)
        fresh.__dict__.update(self.__dict__)
        fresh.rows = rows
        fresh.tally, fresh.kept = self.tally.copy(), self.kept.copy()
        fresh.held = {spot: list(places) for spot, places in self.held.items()}
        for place in compress(range(len(rows)), map(is_not, self.rows, rows)):
            fresh._replace(place, self.rows[place], rows[place])
        return fresh

    def seen_by(self, actor: Actor, filters: Filters) -> "Arrangement":
        """The same places for the person who asks now, with the words that they choose from and their own rights."""
        fresh = object.__new__(Arrangement)
        fresh.__dict__.update(self.__dict__)
        fresh.actor, fresh.filters = actor, filters
        return fresh

    @property
    def totals(self) -> Totals:
        return self.tally.totals

    @property
    def cards_held(self) -> int:
        """How many cards stand in the columns and beside them."""
        return sum(map(len, self.held.values()))

    def count(self, status: Status | None) -> int:
        """How many cards stand in a column, or beside the columns (None)."""
        return len(self.held[status])

    def cards(self, status: Status | None, start: int, end: int) -> list[Row]:
        """The rows of a column (None: beside the columns), own units' first, from `start` up to `end`."""
        return [self.rows[place % _OTHERS] for place in self.held[status][start:end]]

    def on_board(self) -> list[Row]:
        """What stands in the columns, in the plan's order."""
        places = sorted(place % _OTHERS for status in COLUMNS for place in self.held[status])
        return [self.rows[place] for place in places]

    def duties(self) -> list[int]:
        """The shared duties of which something is chosen, in the plan's order."""
        return [action for action in self.shared if self.kept[action]]

    def paused(self) -> list[Row]:
        """The given duties that are chosen and paused, without the shared: in no column, and yet in the total."""
        return [
            row
            for row in self.beside()
            if row.status is Status.PAUSED and not row.is_remedy and not (self.filters.shares and row.is_shared)
        ]

    def beside(self) -> list[Row]:
        """What stands beside the columns, in the plan's order."""
        return [self.rows[place] for place in sorted(place % _OTHERS for place in self.held[_ASIDE])]

    def of_duty(self, action_id: int) -> list[Row]:
        """The rows of a shared duty, chosen or not."""
        return [self.rows[place] for place in self.shared[action_id]]

    def chosen(self, rows: Iterable[Row]) -> list[Row]:
        """Those of `rows` that the filters keep."""
        return [row for row in rows if self._chooses(row)]

    def _replace(self, place: int, old: Row, new: Row) -> None:
        if self._chooses(old):
            self._count(old, -1)
            if self._stands(old):
                places = self.held[_spot(old)]
                del places[bisect_left(places, self._order(place, old))]
        if self._chooses(new):
            self._count(new, 1)
            if self._stands(new):
                insort(self.held[_spot(new)], self._order(place, new))

    def _chooses(self, row: Row) -> bool:
        return self.filters.unit in (None, row.unit_id) and self.filters.keeps(self.actor, row, self.today)

    def _stands(self, row: Row) -> bool:
        """Whether `row` has a card of its own: one of a shared duty stands in the duty's line, and beside the board."""
        return not (self.filters.shares and row.is_shared and row.status.on_board)

    def _count(self, row: Row, by: int) -> None:
        self.tally.count(row, self.today, by)
        if self.filters.shares and row.is_shared:
            self.kept[row.action_id] += by
            self.shared_given += by * (row.status is not Status.DROPPED)

    def _order(self, place: int, row: Row) -> int:
        return place if row.unit_id in self.own else place + _OTHERS


_arranged: Lru[tuple[Any, ...], tuple[Snapshot, Arrangement]] = Lru(MOST_PLACES)


def arranged(actor: Actor, snapshot: Snapshot, filters: Filters, today: Today) -> Arrangement:
    """The arrangement of a plan's rows for `actor`, kept and brought up to date where its duties are the same ones.

    It is made for the viewer that stands in the key and reads nothing else of the actor: a filter that asks who
    somebody is finds nobody until it says that it is `personal`.
    """
    if not snapshot.hash:  # in the middle of a change
        return Arrangement(actor, snapshot.rows, filters, today)
    viewer = actor.viewer(personal=filters.personal)
    key = (snapshot.family.key, viewer, filters.chosen, today)
    known, found = _arranged.get(key) or (None, None)
    if found is None or known is None or known.family is not snapshot.family:
        found = Arrangement(viewer, snapshot.rows, filters, today)
    elif known is not snapshot:
        found = found.following(snapshot.rows)
    if known is not snapshot:
        _arranged.put(key, (snapshot, found), len(snapshot.rows) + 1)
    return found.seen_by(actor, filters)  # what is kept was arranged for another person with the same roles


def _spot(row: Row) -> Status | None:
    return row.status if row.status.on_board else _ASIDE
