"""Who may manage accounts and units."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission

NOT_YOURS = _l("Đây là tài khoản của người khác.")
ADMINISTRATOR_ONLY = _l("Chỉ quản trị được thực hiện thao tác này.")


def administers(actor: Actor, _subject: Any) -> Any:
    return None if actor.administers else ADMINISTRATOR_ONLY


def is_own(actor: Actor, account: Any) -> Any:
    return None if account.id == actor.id else NOT_YOURS


RULES[Permission.ACCOUNT_OWN] = is_own
RULES[Permission.PERSON_MANAGE] = administers
