"""The board put together for one viewer: columns or lanes, rows of shared duties, counts that say what they count."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.board.filters import Filters
from app.board.views.card import CardView, Today, face
from app.board.views.card_markup import kept_parent
from app.board.views.columns import NOTHING_ASIDE, Column, all_columns, column_of, counts, on_page
from app.board.views.lanes import NO_LANES, Lane, Lanes, lane_key, lane_of, lanes
from app.board.views.layout import Arrangement, Totals, totals
from app.board.views.shared_duties import NO_PARENTS, Parents, SharedDuty
from app.board.views.shared_duties import PAGE as PARENTS_PAGE
from app.cards.queries.rows import Row
from app.core.actor import Actor

LIST_ROWS = 200


@dataclass(frozen=True)
class BoardPage:
    """Which part of a long board the address asks for: pages count from 1."""

    parents: int = 1
    lanes: int = 1
    shown: int = 0  # cards of each column, where the address asks for so many


@dataclass(frozen=True)
class Board:
    plan_title: str
    filters: Filters
    totals: Totals
    columns: list[Column]
    parents: Parents = NO_PARENTS
    lanes: Lanes = NO_LANES
    off_board: Column = NOTHING_ASIDE
    aside: dict[str, int] = field(default_factory=dict)  # of what stands beside the columns: how much is what
    rows: list[CardView] = field(default_factory=list)
    following: int | None = None  # where the list goes on

    def lane_key_of(self, row: Row) -> str | None:
        """The name of the lane of `row` inside ids of the page; None on a board without lanes."""
        return lane_key(lane_of(row, self.filters.group)) if self.filters.group else None

    def lane_of(self, row: Row) -> Lane | None:
        """The lane on this page in which `row` stands."""
        key = self.lane_key_of(row)
        return next((lane for lane in self.lanes.rows if lane.key == key), None)


FIRST = BoardPage()


def build(
    plan_title: str,
    arranged: Arrangement,
    url: Callable[[int], str],
    page: BoardPage = FIRST,
    groups: Mapping[Any, str] | None = None,
) -> Board:
    """The board as `arranged` for one person; `url` gives the address of a card.

    `groups` names every lane in its order: unit id → name, or address of a part → its heading.
    """
    filters = arranged.filters
    return Board(
        plan_title=plan_title,
        filters=filters,
        totals=arranged.totals,
        columns=counts(arranged) if filters.group else all_columns(arranged, page.shown),
        parents=_parents(arranged, url, page.parents) if filters.shares else NO_PARENTS,
        lanes=_lanes(arranged, groups or {}, page.lanes),
        off_board=column_of(arranged, None, 0, on_page(arranged, page.shown)),
        aside=_aside(arranged),
    )


def build_counts(arranged: Arrangement, url: Callable[[int], str], action_ids: Iterable[int] = ()) -> Board:
    """The counts of the board and the lines of some shared duties, without its cards: what a change alters."""
    shown = [_parent(arranged, action, url) for action in action_ids if arranged.kept[action]]
    parents = Parents(shown, 1, 1, len(shown), 0)
    return Board("", arranged.filters, arranged.totals, counts(arranged), parents)


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


def _aside(arranged: Arrangement) -> dict[str, int]:
    """How many duties beside the columns are paused, and not carried out; what inspections ask is told apart."""
    return Counter("remedies" if row.is_remedy else row.status.value for row in arranged.beside())


def _parents(arranged: Arrangement, url: Callable[[int], str], page: int) -> Parents:
    duties = arranged.duties()
    pages = max(1, -(-len(duties) // PARENTS_PAGE))
    page = min(max(1, page), pages)
    here = duties[(page - 1) * PARENTS_PAGE : page * PARENTS_PAGE]
    return Parents(
        rows=[_parent(arranged, action, url) for action in here],
        page=page,
        pages=pages,
        duties=len(duties),
        cards=arranged.shared_given,
    )


def _parent(arranged: Arrangement, action_id: int, url: Callable[[int], str]) -> SharedDuty:
    group = tuple(arranged.of_duty(action_id))
    chosen = tuple(row.id for row in arranged.chosen(group))
    return kept_parent(arranged.actor, group, chosen, arranged.today, url)


def _lanes(arranged: Arrangement, groups: Mapping[Any, str], page: int) -> Lanes:
    group = arranged.filters.group
    if group is None:
        return NO_LANES
    return lanes(arranged.actor, arranged.on_board(), groups, group, arranged.today, page, arranged.paused())
