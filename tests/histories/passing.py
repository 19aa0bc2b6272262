"""Units inside a history: one passes into another from a day on, one gets another name."""

from random import Random

from sqlalchemy import select

from app.cards.operations.unit_merging import merge_unit
from app.extensions import db
from app.organisation.models import Unit
from app.organisation.operations.lifecycle import UnitNaming, rename_unit
from tests.histories.deeds import forget, person, some_day
from tests.histories.plan import WARDS

MORE = ("Phòng GD&ĐT", "Phòng VH&TT", "P. Tân An")


def _units(rng: Random) -> list[Unit]:
    ids = list(db.session.scalars(select(Unit.id).where(Unit.short_name.in_((*WARDS, *MORE))).order_by(Unit.id)))
    return [db.session.get_one(Unit, unit_id) for unit_id in rng.sample(ids, 2)]


def merge(rng: Random) -> str:
    unit, heir = _units(rng)
    first = some_day(rng)
    merge_unit(person("chi"), unit, heir.id, first=first, decision="5/NQ", seen_version=unit.version)
    forget()
    return f"{unit.name} passes into {heir.name} on {first}"


def rename(rng: Random) -> str:
    unit, _other = _units(rng)
    names, first = UnitNaming(f"{unit.name} {rng.randint(1, 9)}", unit.short_name), some_day(rng)
    rename_unit(person("chi"), unit, names, first=first, decision="6/NQ", seen_version=unit.version)
    return f"{names.name} from {first} on"
