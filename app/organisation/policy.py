"""Who may manage units and settings, and say how the office's papers are headed and signed."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission

ADMINISTRATOR_ONLY = _l("Chỉ quản trị được thay đổi thiết đặt.")
NOT_YOURS = _l("Chỉ quản trị hoặc cơ quan thường trực được sửa danh mục đơn vị.")

ADMINISTRATOR_CHECKS = _l("Chỉ quản trị theo dõi kho lưu tệp.")
NOT_YOUR_PAPERS = _l("Chỉ quản trị hoặc cơ quan thường trực được sửa mẫu trình ký.")


def manages_units(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers or actor.coordinates else NOT_YOURS


def changes_settings(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers else ADMINISTRATOR_ONLY


def checks_files(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers else ADMINISTRATOR_CHECKS


def sets_profiles(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers or actor.coordinates else NOT_YOUR_PAPERS


RULES |= {
    Permission.UNIT_MANAGE: manages_units,
    Permission.FILES_CHECK: checks_files,
    Permission.SETTINGS_MANAGE: changes_settings,
    Permission.PROFILE_SET: sets_profiles,
}
