"""Who may manage units and settings."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission

ADMINISTRATOR_ONLY = _l("Chỉ quản trị được thay đổi thiết đặt.")
NOT_YOURS = _l("Chỉ quản trị hoặc cơ quan thường trực được sửa danh mục đơn vị.")


def manages_units(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers or actor.coordinates else NOT_YOURS


def changes_settings(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers else ADMINISTRATOR_ONLY


RULES |= {Permission.UNIT_MANAGE: manages_units, Permission.SETTINGS_MANAGE: changes_settings}
