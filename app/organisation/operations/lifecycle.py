"""What happens to a unit: it is added, renamed from a day, written in other ways, and set up. It is never deleted."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import clean, clean_line, fold, sort_key
from app.extensions import db
from app.organisation.models import Unit, UnitAlias, UnitKind, UnitName
from app.organisation.operations.units import new_unit
from app.organisation.queries import former_names, ids_by_key, units

NAME_NEEDED = _l("Nhập tên đơn vị.")
NAME_TAKEN = _l("Tên hoặc cách ghi này đang là của %(unit)s.")
SAME_NAME = _l("Tên mới giống tên hiện tại.")
LINES_NEEDED = _l("Nhập tên các đơn vị, mỗi dòng một tên.")
BAD_LINES = _l("Mỗi tên chỉ ghi một lần, tối đa %(limit)s tên một lượt.")
MOST_AT_ONCE = 300
DAY_NEEDED = _l("Nhập ngày có hiệu lực.")
DECISION_NEEDED = _l("Nhập số, ký hiệu văn bản quyết định.")
NOT_YET = _l("Chưa đến ngày đổi tên; hãy ghi khi quyết định có hiệu lực.")
BEFORE_LAST = _l("Ngày này không sau ngày bắt đầu của tên hiện tại (%(day)s).")


@dataclass(frozen=True)
class UnitNaming:
    """How a unit is called; a blank short name is the name itself."""

    name: str
    short_name: str = ""

    @property
    def cleaned(self) -> tuple[str, str]:
        name = clean_line(self.name)
        return name, clean_line(self.short_name) or name


def add_unit(actor: Actor, kind: UnitKind, names: UnitNaming, *, first: date | None, after_id: int = 0) -> Unit:
    """Add a unit that exists from `first` on (None: always), behind another in the official order.

    Without `after_id` it stands last of its kind. Staff of wards and communes may send. Raises `Refused`.
    """
    name, short_name = names.cleaned
    if not name:
        raise Refused(NAME_NEEDED, field="name")
    with change(actor, Permission.UNIT_MANAGE):
        _free(name)
        unit = new_unit(name, short_name=short_name, kind=kind, order=_order(kind, after_id))
        unit.valid_from, unit.staff_may_send = first, kind.is_local
        db.session.add(unit)
    return unit


def add_units(actor: Actor, kind: UnitKind, written: str, *, first: date | None) -> list[Unit]:
    """Add a unit for each line of `written`, in its order, last of their kind: all or none. Raises `Refused`."""
    names = list(filter(None, map(clean_line, clean(written).split("\n"))))
    if not names:
        raise Refused(LINES_NEEDED, field="names")
    if len({fold(name) for name in names}) < len(names) or len(names) > MOST_AT_ONCE:
        raise Refused(BAD_LINES % {"limit": MOST_AT_ONCE}, field="names")
    with change(actor, Permission.UNIT_MANAGE):
        order, made = _order(kind, 0), []
        for place, name in enumerate(names):
            _free(name, field="names")
            unit = new_unit(name, kind=kind, order=order + place)
            unit.valid_from, unit.staff_may_send = first, kind.is_local
            made.append(unit)
        db.session.add_all(made)
    return made


def rename_unit(
    actor: Actor, unit: Unit, names: UnitNaming, *, first: date | None, decision: str, seen_version: int
) -> None:
    """Give a unit another name from a day on, by a decision; the name before it is kept, as a way of writing too.

    Raises `Refused`.
    """
    name, short_name = names.cleaned
    if not name:
        raise Refused(NAME_NEEDED, field="name")
    first, decision = decided(first, decision)
    if first > clock.today():
        raise Refused(NOT_YET, field="first")
    with change(actor, Permission.UNIT_MANAGE, unit, seen_version=seen_version):
        if (name, short_name) == (unit.name, unit.short_name):
            raise Refused(SAME_NAME, field="name")
        _free(name, but=unit.id)
        _after_the_last(unit, first)
        before = {"name": unit.name, "short_name": unit.short_name, "valid_to": first - timedelta(days=1)}
        db.session.add(UnitName(unit_id=unit.id, decision=decision, **before))
        write_also(unit, unit.name)
        unit.name, unit.short_name, unit.sort_key = name, short_name, sort_key(name)


def add_alias(actor: Actor, unit: Unit, alias: str, *, seen_version: int) -> None:
    """Let documents write a unit's name in another way. Raises `Refused` where that means a unit already."""
    alias = clean_line(alias)
    if not alias:
        raise Refused(NAME_NEEDED, field="alias")
    with change(actor, Permission.UNIT_MANAGE, unit, seen_version=seen_version):
        _free(alias, field="alias")
        write_also(unit, alias)


def set_up(actor: Actor, unit: Unit, *, staff_may_send: bool, leader_confirms: bool, seen_version: int) -> None:
    """Whether staff may send with the signed document, and whether Lãnh đạo UBND confirms the office's own duties."""
    with change(actor, Permission.UNIT_MANAGE, unit, seen_version=seen_version):
        unit.staff_may_send = staff_may_send
        unit.leader_confirms = leader_confirms and unit.is_coordinating


def decided(first: date | None, decision: str) -> tuple[date, str]:
    """The day and the document of a decision. Raises `Refused` where one is missing."""
    if first is None:
        raise Refused(DAY_NEEDED, field="first")
    if not clean_line(decision):
        raise Refused(DECISION_NEEDED, field="decision")
    return first, clean_line(decision)


def _free(name: str, *, but: int = 0, field: str = "name") -> None:
    standing = units()
    taken = ids_by_key(standing).get(fold(name))
    if taken is not None and taken != but:
        owner = next(unit.name for unit in standing if unit.id == taken)
        raise Refused(NAME_TAKEN % {"unit": owner}, field=field)


def _after_the_last(unit: Unit, first: date) -> None:
    starts = [former.valid_to + timedelta(days=1) for former in former_names(unit.id)]
    began = max([*starts, *([unit.valid_from] if unit.valid_from else [])], default=None)
    if began is not None and first <= began:
        raise Refused(BEFORE_LAST % {"day": f"{began:%d/%m/%Y}"}, field="first")


def write_also(unit: Unit, name: str) -> None:
    """Let `name` in a document mean `unit`, inside an open change."""
    key = fold(name)
    if db.session.scalar(select(UnitAlias.id).where(UnitAlias.unit_id == unit.id, UnitAlias.key == key)) is None:
        db.session.add(UnitAlias(unit_id=unit.id, alias=name, key=key))


def _order(kind: UnitKind, after_id: int) -> int:
    query = select(func.max(Unit.sort_order))
    found = db.session.scalar(query.where(Unit.id == after_id) if after_id else query.where(Unit.kind == kind))
    return (found or db.session.scalar(query) or 0) + 1
