"""How each unit stands, counted in the database: one line per unit, in the official order."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.board.models import Card
from app.board.queries import Row
from app.board.state import Status
from app.extensions import db
from app.organisation.models import Unit
from app.plans.models import Action


@dataclass(frozen=True)
class UnitCount:
    """Given duties of one unit; beside them, in no total, Không thực hiện, requests and remedies."""

    unit_id: int
    name: str
    given: int
    requests: int
    remedies: int
    done: int
    waiting: int
    doing: int
    todo: int
    paused: int
    late: int
    dropped: int


@dataclass
class _Tally:
    name: str
    requests: int
    remedies: int
    given: dict[Status, int]


def unit_counts(plan_id: int, late: Iterable[Row]) -> list[UnitCount]:
    """The counts of every leading unit of the plan; `late` are the duties that are late."""
    late_of: dict[int, int] = {}
    for row in late:
        late_of[row.unit_id] = late_of.get(row.unit_id, 0) + 1
    return [_counted(unit_id, tally, late_of.get(unit_id, 0)) for unit_id, tally in _tallies(plan_id).items()]


def _counted(unit_id: int, tally: _Tally, late: int) -> UnitCount:
    given = tally.given
    return UnitCount(
        unit_id,
        tally.name,
        given=sum(n for status, n in given.items() if status is not Status.DROPPED),
        requests=tally.requests,
        remedies=tally.remedies,
        done=given.get(Status.DONE, 0),
        waiting=given.get(Status.WAITING, 0),
        doing=given.get(Status.DOING, 0),
        todo=given.get(Status.TODO, 0),
        paused=given.get(Status.PAUSED, 0),
        late=late,
        dropped=given.get(Status.DROPPED, 0),
    )


def _tallies(plan_id: int) -> dict[int, _Tally]:
    asked = (Action.is_request, Action.is_remedy)
    query = (
        select(Unit.id, Unit.name, *asked, Card.status, func.count())
        .select_from(Card)
        .join(Unit, Unit.id == Card.unit_id)
        .join(Action, Action.id == Card.action_id)
        .where(Card.plan_id == plan_id)
        .group_by(Unit.id, Unit.name, Unit.sort_order, Unit.sort_key, *asked, Card.status)
        .order_by(Unit.sort_order, Unit.sort_key, Unit.id)
    )
    found: dict[int, _Tally] = {}
    for unit_id, name, is_request, is_remedy, status, number in db.session.execute(query):
        tally = found.setdefault(unit_id, _Tally(name, 0, 0, {}))
        if is_remedy:
            tally.remedies += number
        elif is_request:
            tally.requests += number
        else:
            tally.given[status] = number
    return found
