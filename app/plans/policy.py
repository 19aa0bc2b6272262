"""Who may take plans in, and who may read them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission

OFFICE_TAKES_IN = _l("Chỉ cơ quan thường trực được nhập kế hoạch từ văn bản và đưa lên bảng.")


def takes_in(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates else OFFICE_TAKES_IN


def reads_intake(actor: Actor, _subject: Any) -> Any:
    return None if actor.coordinates or actor.presides else OFFICE_TAKES_IN


RULES.update({Permission.PLAN_INTAKE: takes_in, Permission.PLAN_READ: reads_intake})
