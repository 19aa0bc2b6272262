"""What an office may set, with its defaults."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.organisation.models import Setting


@dataclass(frozen=True)
class Settings:
    """The office's settings. Days are calendar days, sizes megabytes (10^6 bytes)."""

    office: str = "UBND thành phố Buôn Ma Thuột"
    superior_body: str = "UBND tỉnh Đắk Lắk"
    place: str = "Buôn Ma Thuột"
    soon_days: int = 7
    due_day_counts: bool = True  # "trước ngày D": offices read D itself as the last day
    max_file_mb: int = 100
    max_plan_mb: int = 25
    unit_quota_mb: int = 0  # of the evidence files of one unit; 0: no limit
    abbreviations: str = ""  # JSON: lists of ways of writing that stand for each other; "" is the shipped list


_latest = Settings()
_from_memory: ContextVar[bool] = ContextVar("bdg_settings_from_memory", default=False)


def load() -> Settings:
    """The settings in force, read in one query."""
    global _latest
    if _from_memory.get():
        return _latest
    stored = dict(db.session.execute(select(Setting.key, Setting.value)).all())
    typed: dict[str, Any] = {f.name: _typed(f.type, stored[f.name]) for f in fields(Settings) if f.name in stored}
    _latest = Settings(**typed)
    return _latest


@contextmanager
def remembered() -> Iterator[None]:
    """Within this, the settings are those that this process read last: for what must not wait for the database."""
    token = _from_memory.set(True)
    try:
        yield
    finally:
        _from_memory.reset(token)


def _typed(kind: object, value: str) -> str | int | bool:
    if kind is bool:
        return value == "1"
    return int(value) if kind is int else value
