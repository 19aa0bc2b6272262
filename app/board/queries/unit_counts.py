"""How each unit stands, counted in the database: one line per unit, in the official order."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace

from sqlalchemy import func, select

from app.cards.models import Card
from app.cards.queries.rows import Row
from app.cards.state import Status
from app.extensions import db
from app.organisation.models import Unit
from app.plans.models import Action


@dataclass(frozen=True)
class UnitCount:
    """Given duties of one unit; beside them, in no total, Không thực hiện, requests and remedies."""

    unit_id: int
    name: str
    plan_ids: tuple[int, ...]
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


def unit_counts(plan_ids: Collection[int], late: Iterable[Row]) -> list[UnitCount]:
    """The counts of every leading unit in each of the plans; `late` are the duties that are late."""
    late_of = Counter((row.plan_id, row.unit_id) for row in late)
    return [_counted(key, tally, late_of[key]) for key, tally in _tallies(plan_ids).items()]


def together(counts: Iterable[UnitCount]) -> UnitCount:
    """Several counts as one, under the first one's name."""
    listed = list(counts)
    numbers = [field.name for field in fields(UnitCount) if field.name not in ("unit_id", "name", "plan_ids")]
    sums = {name: sum(getattr(count, name) for count in listed) for name in numbers}
    return replace(listed[0], plan_ids=tuple(i for count in listed for i in count.plan_ids), **sums)


def by_unit(counts: Iterable[UnitCount]) -> list[UnitCount]:
    """The counts of each unit over all its plans, in the order of the units."""
    of_unit: dict[int, list[UnitCount]] = {}
    for count in counts:
        of_unit.setdefault(count.unit_id, []).append(count)
    return [together(found) for found in of_unit.values()]


def _counted(key: tuple[int, int], tally: _Tally, late: int) -> UnitCount:
    given, (plan_id, unit_id) = tally.given, key
    return UnitCount(
        unit_id,
        tally.name,
        plan_ids=(plan_id,),
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


def _tallies(plan_ids: Collection[int]) -> dict[tuple[int, int], _Tally]:
    asked = (Action.is_request, Action.is_remedy)
    query = (
        select(Card.plan_id, Unit.id, Unit.name, *asked, Card.status, func.count())
        .select_from(Card)
        .join(Unit, Unit.id == Card.unit_id)
        .join(Action, Action.id == Card.action_id)
        .where(Card.plan_id.in_(plan_ids))
        .group_by(Card.plan_id, Unit.id, Unit.name, Unit.sort_order, Unit.sort_key, *asked, Card.status)
        .order_by(Unit.sort_order, Unit.sort_key, Unit.id)
    )
    found: dict[tuple[int, int], _Tally] = {}
    for plan_id, unit_id, name, is_request, is_remedy, status, number in db.session.execute(query):
        tally = found.setdefault((plan_id, unit_id), _Tally(name, 0, 0, {}))
        if is_remedy:
            tally.remedies += number
        elif is_request:
            tally.requests += number
        else:
            tally.given[status] = number
    return found
