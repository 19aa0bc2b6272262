"""Who may take a summary out: the office and the leaders all units, a unit its own, the administrator none."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission
from app.organisation.profile_defaults import Form

OWN_ONLY = _l("Đơn vị chỉ kết xuất được nhiệm vụ của đơn vị mình.")
NOT_ADMINISTRATOR = _l("Quản trị không kết xuất số liệu nhiệm vụ.")
NO_UNIT = _l("Tài khoản chưa thuộc đơn vị nào nên chưa kết xuất được.")


class Scope:
    """What an export covers: one unit, or every unit of the plan (`unit_id` None)."""

    def __init__(self, plan_id: int, unit_id: int | None) -> None:
        self.id, self.unit_id = plan_id, unit_id


def exports(actor: Actor, scope: Scope | None) -> Any:
    """`scope` None asks whether the person may export anything at all."""
    if actor.coordinates or actor.presides:
        return None
    if not actor.unit_ids:
        return NOT_ADMINISTRATOR if actor.administers else NO_UNIT
    if scope is None or scope.unit_id in actor.unit_ids:
        return None
    return OWN_ONLY


def usual_form(actor: Actor) -> Form:
    """The form in which a person's tables are signed unless another is chosen."""
    return Form.CITY if actor.is_system or actor.coordinates or actor.presides else Form.UNIT


RULES[Permission.EXPORT] = exports
