"""Settings are changed as a whole form, by somebody who has seen those in force; the log is their history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.core import clock
from app.core.actor import Actor
from app.core.audit import AuditEntry
from app.core.change import STALE, change
from app.core.errors import Refused, Stale
from app.core.numbers import whole
from app.core.policy import Permission
from app.core.vietnamese import clean_line
from app.extensions import db
from app.organisation.models import Setting
from app.organisation.settings import Settings, load

LIMITS = {  # both ends are allowed
    "soon_days": (1, 60),
    "max_file_mb": (1, 500),
    "max_plan_mb": (1, 100),
    "unit_quota_mb": (0, 1_000_000),
}
BLANK_IS_ZERO = frozenset({"unit_quota_mb"})  # where 0 says "no limit"
LISTS = ("abbreviations",)  # kept on pages of their own
NEEDED = _l("Không để trống ô này.")
NOT_BETWEEN = _l("Nhập số nguyên từ %(least)s đến %(most)s.")
_MOST = 365_000


@dataclass(frozen=True)
class SettingChange:
    """One setting that was changed: from what to what (as it is kept), by whom and when."""

    key: str
    before: str
    after: str
    actor_id: int
    at: datetime


def version() -> int:
    """The log's number of the newest change of a setting: what a form has seen."""
    return db.session.scalar(select(func.max(AuditEntry.sequence)).where(AuditEntry.subject_type == "Setting")) or 0


def kept(values: Settings) -> dict[str, str]:
    """Settings as they are kept and as the form carries them: text, numbers as digits, yes as 1."""
    return {f.name: _text(getattr(values, f.name)) for f in fields(Settings) if f.name not in LISTS}


def change_settings(actor: Actor, wanted: Mapping[str, str], *, seen_version: int) -> int:
    """Keep what differs of `wanted` (key → text as in `kept`); returns how many were changed.

    Raises `Refused` for a value that cannot be, `Stale` when somebody has changed a setting since.
    """
    checked = {
        f.name: _checked(f.name, f.type, wanted[f.name])
        for f in fields(Settings)
        if f.name in wanted and f.name not in LISTS
    }
    with change(actor, Permission.SETTINGS_MANAGE):
        if version() != seen_version:
            raise Stale(STALE)
        now = kept(load())
        different = {key: value for key, value in checked.items() if value != now[key]}
        for key, value in different.items():
            row = db.session.get(Setting, key)
            if row is None:
                db.session.add(Setting(key=key, value=value))
            else:
                row.value = value
    return len(different)


def history(limit: int = 50) -> list[SettingChange]:
    """The changes of settings, latest first."""
    query = select(AuditEntry).where(AuditEntry.subject_type == "Setting").order_by(AuditEntry.sequence.desc())
    defaults = kept(Settings())
    return [_changed(entry, defaults) for entry in db.session.scalars(query.limit(limit))]


def _changed(entry: AuditEntry, defaults: Mapping[str, str]) -> SettingChange:
    before, after = json.loads(entry.changes)["value"]
    old = defaults.get(entry.subject_id, "") if before is None else before
    moment = datetime.fromisoformat(entry.at.replace("Z", "+00:00"))
    return SettingChange(entry.subject_id, old, after or "", entry.actor_id, clock.local(moment))


def _checked(key: str, kind: Any, value: str) -> str:
    value = clean_line(value)
    if kind is bool:
        return "1" if value == "1" else "0"
    if kind is not int:
        return value or _refuse(key, NEEDED)
    if key in BLANK_IS_ZERO and not value:
        return "0"
    least, most = LIMITS.get(key, (0, _MOST))
    number = whole(value, least=least, most=most)
    return str(number) if number is not None else _refuse(key, NOT_BETWEEN % {"least": least, "most": most})


def _refuse(key: str, sentence: Any) -> str:
    raise Refused(sentence, field=key)


def _text(value: object) -> str:
    return ("1" if value else "0") if isinstance(value, bool) else str(value)
