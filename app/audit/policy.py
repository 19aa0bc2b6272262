"""Who may begin the notes of the log anew: nobody but the operator of the machine."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.policy import RULES, Permission

_OPERATOR = _l("Tệp dấu của nhật ký chỉ được lập lại bằng lệnh vận hành trên máy chủ.")


def _renew(_actor: Actor, _subject: Any) -> Any:
    return _OPERATOR


RULES[Permission.LOG_RENEW] = _renew
