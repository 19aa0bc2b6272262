"""Who may take a summary out, signed by whom: the office and the leaders all units in the forms of UBND, a unit its own
duties in its own form, the administrator none.
"""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission
from app.organisation.profile_defaults import OFFICE_FORMS, PaperTemplate

OWN_ONLY = _l("Đơn vị chỉ kết xuất được nhiệm vụ của đơn vị mình.")
NOT_ADMINISTRATOR = _l("Quản trị không kết xuất số liệu nhiệm vụ.")
OFFICE_SIGNS = _l(
    "Mẫu “UBND thành phố” và mẫu “Cấp tỉnh” chỉ cơ quan thường trực và Lãnh đạo UBND được dùng; "
    "đơn vị kết xuất theo mẫu của đơn vị mình."
)
UNIT_SIGNS = _l("Mẫu “Đơn vị thực hiện” chỉ chính đơn vị đó được dùng cho nhiệm vụ của mình.")
NO_UNIT = _l("Tài khoản chưa thuộc đơn vị nào nên chưa kết xuất được.")


class Scope:
    """What an export covers: one unit, or every unit of the plan (`unit_id` None); and in which form it is signed."""

    def __init__(self, plan_id: int, unit_id: int | None, form: PaperTemplate = PaperTemplate.UNIT) -> None:
        self.id, self.unit_id, self.form = plan_id, unit_id, form


def exports(actor: Actor, scope: Scope | None) -> Any:
    """`scope` None asks whether the person may export anything at all."""
    if actor.coordinates or actor.presides:
        return None
    if not actor.unit_ids:
        return NOT_ADMINISTRATOR if actor.administers else NO_UNIT
    if scope is None or scope.unit_id in actor.unit_ids:
        return None
    return OWN_ONLY


def signs(actor: Actor, scope: Scope) -> Any:
    """A table headed and signed by UBND is the office's and the leaders' to make, one signed by a unit the unit's."""
    if scope.form in OFFICE_FORMS:
        return None if actor.coordinates or actor.presides else OFFICE_SIGNS
    return None if scope.unit_id is None or scope.unit_id in actor.unit_ids else UNIT_SIGNS


def usual_form(actor: Actor) -> PaperTemplate:
    """The form in which a person's tables are signed unless another is chosen."""
    return PaperTemplate.CITY if actor.is_system or actor.coordinates or actor.presides else PaperTemplate.UNIT


RULES.update({Permission.EXPORT: exports, Permission.EXPORT_FORM: signs})
