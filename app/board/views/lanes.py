"""Lanes of the board: the same columns once per unit or per part of the plan, and only those that hold something."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.board.filters import Grouping, is_given
from app.board.views.card import Today
from app.board.views.columns import Column, columns
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.cards.timeliness import Timeliness
from app.core.actor import Actor

PAGE = 20  # lanes on one page
LANE_CARDS = 20  # cards of one column in a lane; all of them stand on the lane's own board


@dataclass(frozen=True)
class LanePart:
    """Duties that are given, or requests, or what inspections ask: how many, and how many of them are finished."""

    kind: str
    total: int
    done: int


@dataclass(frozen=True)
class Lane:
    """`filter` opens this lane alone: the name and value it has in the address."""

    key: str
    title: str
    code: str
    filter: dict[str, Any]
    own: bool
    columns: list[Column]
    parts: tuple[LanePart, ...]
    paused: int
    late: int

    @property
    def sums(self) -> str:
        """What its cards add up to, as the page states it."""
        totals = "+".join(str(part.total) for part in self.parts)
        cards = "+".join(str(column.count) for column in self.columns)
        return f"{totals}={cards}+{self.paused}"


@dataclass(frozen=True)
class Lanes:
    """One page of lanes that hold something, and the names of those that hold nothing."""

    rows: list[Lane]
    empty: list[str]
    page: int
    pages: int


NO_LANES = Lanes([], [], 1, 1)


def lanes(
    actor: Actor,
    rows: list[Row],
    everybody: Mapping[Any, str],
    group: Grouping,
    today: Today,
    page: int,
    paused: Sequence[Row] = (),
) -> Lanes:
    """`rows` by their lane in the order of `everybody` (unit id or address of a part → its name), own units first.

    The `paused` stand in no column and are counted in the lane of theirs.
    """
    by_lane: dict[Any, list[Row]] = {}
    for row in rows:
        by_lane.setdefault(lane_of(row, group), []).append(row)
    named = [key for key in everybody if key in by_lane]
    keys = sorted([*named, *(key for key in by_lane if key not in everybody)], key=_own_first(actor, group))
    pages = max(1, -(-len(keys) // PAGE))
    page = min(max(1, page), pages)
    shown = keys[(page - 1) * PAGE : page * PAGE]
    aside: dict[Any, list[Row]] = {}
    for row in paused:
        aside.setdefault(lane_of(row, group), []).append(row)
    return Lanes(
        rows=[_lane(actor, key, by_lane[key], aside.get(key, []), everybody, group, today) for key in shown],
        empty=[name for key, name in everybody.items() if key not in by_lane],
        page=page,
        pages=pages,
    )


def lane_of(row: Row, group: Grouping) -> Any:
    """The lane in which `row` stands: its unit, or the part of the plan above its clause."""
    return row.unit_id if group is Grouping.UNIT else part_of(row.code)


def lane_key(lane: Any) -> str:
    """A lane's name inside ids of the page."""
    return str(lane).replace(".", "-")


def part_of(address: str) -> str:
    """The part of the plan that a clause stands in: III.7 for III.7.c; a clause that stands alone is its own part."""
    return address.rpartition(".")[0] or address


def _own_first(actor: Actor, group: Grouping) -> Callable[[Any], bool]:
    return lambda key: not (group is Grouping.UNIT and key in actor.unit_ids)


def _lane(
    actor: Actor,
    key: Any,
    rows: list[Row],
    paused: list[Row],
    names: Mapping[Any, str],
    group: Grouping,
    today: Today,
) -> Lane:
    by_unit = group is Grouping.UNIT
    given = [row for row in rows if is_given(row)]
    return Lane(
        key=lane_key(key),
        title=rows[0].unit.name if by_unit else names.get(key, ""),
        code="" if by_unit else key,
        filter={"unit": key} if by_unit else {"clause": key},
        own=by_unit and key in actor.unit_ids,
        columns=[column for column in columns(actor, rows, today, LANE_CARDS) if column.count],
        parts=tuple(_parts(given + paused, rows)),
        paused=len(paused),
        late=sum(today.timeliness(row) is Timeliness.LATE for row in given),
    )


def _parts(given: list[Row], rows: list[Row]) -> Iterator[LanePart]:
    """Requests and what inspections ask are told apart: no rate is taken over them."""
    asked = (("request", [row for row in rows if row.is_request]), ("remedy", [row for row in rows if row.is_remedy]))
    for kind, found in (("given", given), *asked):
        if found:
            yield LanePart(kind, len(found), sum(row.status is Status.DONE for row in found))
