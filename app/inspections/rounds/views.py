"""Which units to inspect: by kind, or by what the board shows of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.board.views.card import Today
from app.cards.models import Card, CardEvent
from app.cards.queries import rows as board
from app.cards.state import EventKind
from app.cards.timeliness import Timeliness
from app.extensions import db
from app.inspections import queries
from app.inspections.visits.models import VisitStatus
from app.organisation.models import Unit, UnitKind
from app.organisation.queries import units

_OFTEN = 2  # requests for more that make a unit worth a visit


class Show(StrEnum):
    ALL = "all"
    LATE = "late"
    NEVER = "never"
    ASKED = "asked"


SHOWN: dict[Show, Any] = {
    Show.ALL: _l("Tất cả đơn vị"),
    Show.LATE: _l("Có nhiệm vụ quá hạn"),
    Show.NEVER: _l("Chưa từng kiểm tra"),
    Show.ASKED: _l("Hay bị đề nghị bổ sung"),
}


@dataclass(frozen=True)
class Candidate:
    """A unit that may be picked, with what the board says of it."""

    unit: Unit
    late: int
    asked: int
    inspected: bool


def candidates(plan_id: int, round_id: int, today: Today, kind: UnitKind | None, show: Show) -> list[Candidate]:
    """The standing units that are not in the round yet, of a kind, that `show` asks for, in the official order."""
    taken = {v.unit_id for v in queries.visits([round_id]) if v.status is not VisitStatus.CANCELLED}
    late, asked, inspected = _late(plan_id, today), _asked(plan_id), queries.inspected_units()
    found = (
        Candidate(unit, late[unit.id], asked[unit.id], unit.id in inspected)
        for unit in units()
        if unit.id not in taken and kind in (None, unit.kind)
    )
    return _chosen(found, show)


def _chosen(found: Iterable[Candidate], show: Show) -> list[Candidate]:
    if show is Show.LATE:
        return sorted((c for c in found if c.late), key=lambda c: -c.late)
    if show is Show.ASKED:
        return sorted((c for c in found if c.asked >= _OFTEN), key=lambda c: -c.asked)
    return [c for c in found if show is Show.ALL or not c.inspected]


def _late(plan_id: int, today: Today) -> Counter[int]:
    return Counter(r.unit_id for r in board.rows(plan_id) if today.timeliness(r) is Timeliness.LATE)


def _asked(plan_id: int) -> Counter[int]:
    """How often each unit was asked for more, or had a result returned, in the plan."""
    kinds = (EventKind.ASKED_MORE, EventKind.RETURNED)
    query = (
        select(Card.unit_id, func.count())
        .join(CardEvent, CardEvent.card_id == Card.id)
        .where(Card.plan_id == plan_id, CardEvent.kind.in_(kinds))
        .group_by(Card.unit_id)
    )
    return Counter(dict(db.session.execute(query).all()))
