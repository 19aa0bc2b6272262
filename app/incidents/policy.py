"""Who may see and keep the register: its own unit and whom that names, the office, lãnh đạo UBND; nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor, Role
from app.core.policy import RULES, Permission

NOT_YOURS = _l("Sổ vụ việc đột xuất chỉ mở cho đơn vị ghi sổ, cơ quan thường trực và Lãnh đạo UBND.")
READ_ONLY = _l("Lãnh đạo UBND xem sổ; dòng do đơn vị hoặc cơ quan thường trực ghi.")
COMPETENT_ONLY = _l("Số liệu đầy đủ chỉ kết xuất cho cơ quan thường trực và Lãnh đạo UBND.")
HEAD_ONLY = _l("Chỉ thủ trưởng hoặc cấp phó phụ trách của đơn vị phân công cán bộ ghi sổ.")
OFFICE_ONLY = _l("Danh mục cơ quan tiếp nhận do cơ quan thường trực sửa.")


@dataclass(frozen=True)
class Register:
    """The lines of one unit (None: whichever are the person's), and the units that named the person a keeper."""

    unit_id: int | None = None
    keeping: frozenset[int] = frozenset()


def may_be_named(actor: Actor) -> bool:
    """Whether the person holds a role in which a head may name them."""
    return actor.has(Role.STAFF)


def own_units(actor: Actor, keeping: Iterable[int]) -> frozenset[int]:
    """The units whose lines are the person's own: those they head, and those they keep the register of."""
    headed = {grant.unit_id for grant in actor.grants if actor.heads(grant.unit_id)}
    return frozenset(headed | {unit_id for unit_id in keeping if actor.has(Role.STAFF, unit_id=unit_id)})


def reads_all(actor: Actor) -> bool:
    """The competent levels, for whom nothing is hidden."""
    return actor.is_system or actor.coordinates or actor.presides


def sees(actor: Actor, register: Register | None) -> Any:
    asked = register or Register()
    if reads_all(actor):
        return None
    units = own_units(actor, asked.keeping)
    return None if units and asked.unit_id in {None, *units} else NOT_YOURS


def writes(actor: Actor, register: Register) -> Any:
    """Own lines; the coordinating office on behalf of every unit."""
    if actor.coordinates or register.unit_id in own_units(actor, register.keeping):
        return None
    return READ_ONLY if actor.presides else NOT_YOURS


def exports(actor: Actor, _register: Any) -> Any:
    return None if reads_all(actor) else COMPETENT_ONLY


def names_keepers(actor: Actor, register: Register) -> Any:
    return None if register.unit_id is not None and actor.heads(register.unit_id) else HEAD_ONLY


def edits_authorities(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates else OFFICE_ONLY


RULES |= {
    Permission.INCIDENT_SEE: sees,
    Permission.INCIDENT_WRITE: writes,
    Permission.INCIDENT_EXPORT: exports,
    Permission.INCIDENT_KEEPERS: names_keepers,
    Permission.INCIDENT_AUTHORITIES: edits_authorities,
}
