"""Who takes over for a unit that is no more."""

from sqlalchemy import select

from app.board.models import Card
from app.core import clock
from app.extensions import db
from app.organisation.models import Unit


def heir_of(unit: Unit) -> Unit | None:
    """The one unit that stands today and took over the duties of `unit`; None where there is none, or several."""
    took = select(Card.unit_id).where(Card.origin_unit_id == unit.id, Card.unit_id != unit.id)
    found = [
        heir for heir in db.session.scalars(select(Unit).where(Unit.id.in_(took))) if heir.stands_on(clock.today())
    ]
    return found[0] if len(found) == 1 else None
