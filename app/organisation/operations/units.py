"""Units come in from a list."""

import json
from dataclasses import dataclass
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

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "buon-ma-thuot-2024.json"
NOT_JSON = _l("Danh mục đơn vị không đọc được: cần một tệp JSON (UTF-8) là danh sách các đơn vị.")
LACKS = _l("Danh mục đơn vị, đơn vị thứ %(n)s: cần có kind, name và short_name là chữ.")
NO_SUCH_KIND = _l("Danh mục đơn vị, đơn vị thứ %(n)s: không có kind “%(kind)s”; chọn trong %(kinds)s.")
UNKNOWN_FIELD = _l("Danh mục đơn vị, đơn vị thứ %(n)s: không có mục “%(field)s”; ngoài ra chỉ có %(fields)s.")
BAD_FIELD = _l(
    "Danh mục đơn vị, đơn vị thứ %(n)s: “%(field)s” không đúng; %(fields)s là true/false, aliases là danh sách chữ."
)
_FLAGS = ("is_coordinating", "staff_may_send", "leader_confirms")
_SHOWN = 40  # letters of what the list says
_BODIES = (
    "uy ban mttq", "uy ban mat tran", "ubmttq", "mat tran", "hoi ", "hiep hoi", "lien minh", "lien hiep", "lien doan",
    "thanh doan", "tinh doan", "doan thanh nien", "doan the", "to chuc ",
)  # fmt: skip


def load_units(actor: Actor, path: Path = SHIPPED) -> int:
    """Add the units of a JSON list that are not there yet, in its order; returns how many were added.

    Each entry has kind, name, short_name and may have aliases, is_coordinating, staff_may_send. Raises `Refused`.
    """
    entries = [_entry(said, number) for number, said in enumerate(_read(path), start=1)]
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


def _read(path: Path) -> list[Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused(NOT_JSON) from error
    if not isinstance(told, list):
        raise Refused(NOT_JSON)
    return told


def _entry(said: Any, number: int) -> "_Entry":
    """One unit of the list. Raises `Refused` that says which one is not as it must be, and what may stand there."""
    needed = ("kind", "name", "short_name")
    if not isinstance(said, dict) or not all(isinstance(t := said.get(n), str) and clean_line(t) for n in needed):
        raise Refused(LACKS % {"n": number})
    kinds = [kind.value for kind in UnitKind]
    if said["kind"] not in kinds:
        raise Refused(NO_SUCH_KIND % {"n": number, "kind": said["kind"][:_SHOWN], "kinds": ", ".join(kinds)})
    aliases, others = said.get("aliases", []), set(said) - {*needed, "aliases"}
    fields = ", ".join(("aliases", *_FLAGS))
    if others - set(_FLAGS):
        field = min(others - set(_FLAGS))
        raise Refused(UNKNOWN_FIELD % {"n": number, "field": field[:_SHOWN], "fields": fields})
    wrong = [name for name in sorted(others) if not isinstance(said[name], bool)]
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        wrong.append("aliases")
    if wrong:
        raise Refused(BAD_FIELD % {"n": number, "field": wrong[0], "fields": ", ".join(_FLAGS)})
    flags = {name: said[name] for name in others}
    return _Entry(UnitKind(said["kind"]), clean_line(said["name"]), clean_line(said["short_name"]), aliases, flags)


@dataclass(frozen=True)
class _Entry:
    """A unit as the list says it."""

    kind: UnitKind
    name: str
    short_name: str
    aliases: list[str]
    flags: dict[str, bool]

    def unit(self, order: int) -> Unit:
        unit = new_unit(self.name, short_name=self.short_name, kind=self.kind, order=order)
        for name, value in self.flags.items():
            setattr(unit, name, value)
        unit.aliases = [UnitAlias(alias=alias, key=fold(alias)) for alias in map(clean_line, self.aliases) if alias]
        return unit
