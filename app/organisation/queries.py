"""Units as of a day, in their official order, and under every name that documents give them."""

from datetime import date

from sqlalchemy import or_, select

from app.core import clock
from app.core.vietnamese import fold
from app.extensions import db
from app.organisation.models import Unit, UnitAlias, UnitName

OFFICIAL_ORDER = (Unit.sort_order, Unit.sort_key, Unit.id)


def units(day: date | None = None) -> list[Unit]:
    """The units that stand on `day` (today), in their official order."""
    day = day or clock.today()
    return list(
        db.session.scalars(
            select(Unit)
            .where(or_(Unit.valid_from.is_(None), Unit.valid_from <= day))
            .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= day))
            .order_by(*OFFICIAL_ORDER)
        )
    )


def all_units() -> list[Unit]:
    """Every unit that there is or was, in the official order."""
    return list(db.session.scalars(select(Unit).order_by(*OFFICIAL_ORDER)))


def former_names(unit_id: int) -> list[UnitName]:
    """The names a unit had, the earliest first."""
    return list(db.session.scalars(select(UnitName).where(UnitName.unit_id == unit_id).order_by(UnitName.valid_to)))


def names_on(day: date) -> dict[int, str]:
    """What every unit was called on `day`."""
    names = dict(db.session.execute(select(Unit.id, Unit.name)).all())
    later = select(UnitName.unit_id, UnitName.name).where(UnitName.valid_to >= day)
    for unit_id, name in db.session.execute(later.order_by(UnitName.valid_to.desc())):
        names[unit_id] = name  # the one that ended first after the day comes last
    return names


def aliases(unit_id: int) -> list[UnitAlias]:
    """The other ways in which documents write a unit's name."""
    return list(db.session.scalars(select(UnitAlias).where(UnitAlias.unit_id == unit_id).order_by(UnitAlias.id)))


def unit(unit_id: int) -> Unit | None:
    return db.session.get(Unit, unit_id)


def heir_of(passed: Unit, day: date) -> Unit | None:
    """The unit that stands on `day` in the place of one that passed into another, and that perhaps into a third."""
    heir: Unit | None = passed
    while heir is not None and not heir.stands_on(day):
        heir = unit(heir.heir_id) if heir.heir_id is not None else None
    return heir


def coordinating_unit() -> Unit | None:
    """The unit that holds the role of cơ quan thường trực."""
    return db.session.scalar(select(Unit).where(Unit.is_coordinating).order_by(*OFFICIAL_ORDER).limit(1))


def ids_by_key(standing: list[Unit]) -> dict[str, int]:
    """Folded name, short name or alias → id, over `standing` units; a unit's own name wins over another's alias."""
    ids = {unit.id for unit in standing}
    aliases = db.session.scalars(select(UnitAlias).where(UnitAlias.unit_id.in_(ids)))
    found = {alias.key: alias.unit_id for alias in aliases}
    found |= {fold(unit.short_name): unit.id for unit in standing}
    return found | {fold(unit.name): unit.id for unit in standing}


def official_names() -> dict[str, str]:
    """Folded written name → official name, as the plan reader takes it."""
    standing = units()
    names = {unit.id: unit.name for unit in standing}
    return {key: names[unit_id] for key, unit_id in ids_by_key(standing).items()}
