"""Who may manage accounts and units."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission

ADMINISTRATOR_ONLY = _l("Chỉ quản trị được thực hiện thao tác này.")


def administers(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers else ADMINISTRATOR_ONLY


RULES[Permission.PERSON_MANAGE] = administers
