"""The board put together for one viewer: columns or lanes, rows of shared duties, counts that say what they count."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.board.columns import COLUMN_CARDS, Column, column, columns
from app.board.faces import Face, Today, face
from app.board.filters import Filters, Grouping
from app.board.lanes import NO_LANES, Lane, Lanes, lane_key, lane_of, lanes
from app.board.parents import NO_PARENTS, Parents, parents
from app.board.queries import Row
from app.board.state import Status
from app.board.timeliness import Timeliness
from app.core.actor import Actor

LIST_ROWS = 200


@dataclass(frozen=True)
class Totals:
    """Counts over given duties; requests stand beside them, Không thực hiện outside them."""

    given: int
    requests: int
    dropped: int
    units: int
    late: int
    by_status: dict[str, int]


@dataclass(frozen=True)
class Page:
    """Which part of a long board the address asks for: pages count from 1."""

    parents: int = 1
    lanes: int = 1
    shown: int = COLUMN_CARDS  # cards of each column


@dataclass(frozen=True)
class Board:
    plan_title: str
    filters: Filters
    totals: Totals
    columns: list[Column]
    parents: Parents = NO_PARENTS
    lanes: Lanes = NO_LANES
    off_board: list[Face] = field(default_factory=list)
    rows: list[Face] = field(default_factory=list)
    following: int | None = None  # where the list goes on

    def lane_key_of(self, row: Row) -> str | None:
        """The name of the lane of `row` inside ids of the page; None on a board without lanes."""
        return lane_key(lane_of(row, self.filters.group)) if self.filters.group else None

    def lane_of(self, row: Row) -> Lane | None:
        """The lane on this page in which `row` stands."""
        key = self.lane_key_of(row)
        return next((lane for lane in self.lanes.rows if lane.key == key), None)


FIRST = Page()


def build(
    actor: Actor,
    plan_title: str,
    rows: list[Row],
    filters: Filters,
    today: Today,
    url: Callable[[int], str],
    page: Page = FIRST,
    groups: Mapping[Any, str] | None = None,
) -> Board:
    """The board of `rows` (already of the chosen unit) as `actor` sees it; `url` gives the address of a card.

    `groups` names every lane in its order: unit id → name, or address of a part → its heading.
    """
    kept = [row for row in rows if filters.keeps(actor, row, today)]
    single = [row for row in kept if not (filters.shares and row.is_shared)]
    on_board = [row for row in single if row.status.on_board]
    grouped = filters.group is not None
    return Board(
        plan_title=plan_title,
        filters=filters,
        totals=totals(kept, today),
        columns=columns(actor, on_board, today, 0, 0 if grouped else page.shown),
        parents=parents(actor, rows, {r.id for r in kept}, today, url, page.parents) if filters.shares else NO_PARENTS,
        lanes=_lanes(actor, on_board, groups or {}, filters.group, today, page.lanes),
        off_board=[face(actor, row, today) for row in single if not row.status.on_board],
    )


def build_column(actor: Actor, status: Status, rows: list[Row], filters: Filters, today: Today, start: int) -> Column:
    """The cards of one column from `start` on, under the same filters and rights as the board."""
    return column(actor, status, [r for r in rows if stays(actor, r, filters, today)], today, start, COLUMN_CARDS)


def build_list(
    actor: Actor,
    plan_title: str,
    rows: list[Row],
    filters: Filters,
    today: Today,
    start: int = 0,
    size: int = LIST_ROWS,
) -> Board:
    """The same duties as a list in the plan's order: `size` rows from `start` on."""
    kept = [row for row in rows if filters.keeps(actor, row, today)]
    shown = [face(actor, row, today) for row in kept[start : start + size]]
    end = start + len(shown)
    return Board(plan_title, filters, totals(kept, today), [], rows=shown, following=end if end < len(kept) else None)


def stays(actor: Actor, row: Row, filters: Filters, today: Today) -> bool:
    """Whether `row` stands in a column under `filters`."""
    if filters.unit not in (None, row.unit_id) or (filters.shares and row.is_shared):
        return False
    return row.status.on_board and filters.keeps(actor, row, today)


def totals(rows: Iterable[Row], today: Today) -> Totals:
    """The counts of `rows` by their rule: requests apart, Không thực hiện outside."""
    listed = list(rows)
    given = [row for row in listed if not row.is_request and row.status is not Status.DROPPED]
    return Totals(
        given=len(given),
        requests=sum(row.is_request for row in listed),
        dropped=sum(row.status is Status.DROPPED for row in listed),
        units=len({row.unit_id for row in listed}),
        late=sum(today.timeliness(row) is Timeliness.LATE for row in given),
        by_status={status.value: 0 for status in Status} | Counter(row.status.value for row in given),
    )


def _lanes(
    actor: Actor, rows: list[Row], groups: Mapping[Any, str], group: Grouping | None, today: Today, page: int
) -> Lanes:
    return lanes(actor, rows, groups, group, today, page) if group else NO_LANES
