"""Units come in from a list."""

import json
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import clean_line, fold, sort_key
from app.extensions import db
from app.organisation.models import Unit, UnitAlias, UnitKind
from app.organisation.queries import ids_by_key, units

SHIPPED = Path(__file__).resolve().parent / "data" / "buon-ma-thuot-2024.json"
BAD_LIST = _l("Danh mục đơn vị không đúng mẫu: mỗi đơn vị cần có kind, name và short_name.")
_BODIES = (
    "uy ban mttq", "uy ban mat tran", "ubmttq", "mat tran", "hoi ", "hiep hoi", "lien minh", "lien hiep", "lien doan",
    "thanh doan", "tinh doan", "doan thanh nien", "doan the", "to chuc ",
)  # fmt: skip


def load_units(actor: Actor, path: Path = SHIPPED) -> int:
    """Add the units of a JSON list that are not there yet, in its order; returns how many were added.

    Each entry has kind, name, short_name and may have aliases, is_coordinating, staff_may_send. Raises `Refused`.
    """
    try:
        entries = [_Entry(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError) as error:
        raise Refused(BAD_LIST) from error
    with change(actor, Permission.UNIT_MANAGE):
        known = ids_by_key(units())
        fresh = [(order, entry) for order, entry in enumerate(entries, start=1) if fold(entry.name) not in known]
        for order, entry in fresh:
            db.session.add(entry.unit(order * 10))
    return len(fresh)


def new_unit(name: str, *, short_name: str = "", kind: UnitKind | None = None, order: int = 0) -> Unit:
    """A unit row for a name that a document brought; the kind is read off the name where it is not given."""
    name = clean_line(name)
    return Unit(
        kind=kind or kind_of(name),
        name=name,
        short_name=clean_line(short_name) or name,
        sort_order=order,
        sort_key=sort_key(name),
    )


def kind_of(name: str) -> UnitKind:
    """The kind that a unit's name tells."""
    key = fold(name)
    if key.startswith(("ubnd phuong", "phuong")):
        return UnitKind.WARD
    if key.startswith(("ubnd xa", "xa ")):
        return UnitKind.COMMUNE
    if key.removeprefix("cac ").startswith(_BODIES):
        return UnitKind.BODY
    if key.startswith(("trung tam", "dai ", "cong thong tin", "truong ", "benh vien", "bao ")):
        return UnitKind.SERVICE
    return UnitKind.COMMITTEE if key.startswith("ubnd") else UnitKind.DEPARTMENT


class _Entry:
    def __init__(self, kind: str, name: str, short_name: str, aliases: Any = (), **roles: bool) -> None:
        if set(roles) - {"is_coordinating", "staff_may_send", "leader_confirms"}:
            raise TypeError(roles)
        self.kind, self.name, self.short_name = UnitKind(kind), clean_line(name), clean_line(short_name)
        self.aliases, self.roles = [clean_line(alias) for alias in aliases], roles

    def unit(self, order: int) -> Unit:
        unit = new_unit(self.name, short_name=self.short_name, kind=self.kind, order=order)
        for name, value in self.roles.items():
            setattr(unit, name, value)
        unit.aliases = [UnitAlias(alias=alias, key=fold(alias)) for alias in self.aliases]
        return unit
