"""Sentences and checks that several deeds of inspections share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.days import day_words
from app.core.errors import Refused
from app.organisation.models import Unit
from app.organisation.queries import heir_of

MAX_LINE = 200
MAX_TEXT = 8000

TOO_LONG = _l("Nội dung dài quá %(limit)s ký tự.")
IN_FUTURE = _l("Ngày không được sau ngày hôm nay.")
NOT_YET = _l("%(unit)s chỉ hoạt động từ ngày %(day)s.")
UNIT_CLOSED = _l("%(unit)s không còn hoạt động từ sau ngày %(day)s.")
UNIT_MERGED = _l(
    "%(unit)s không còn hoạt động từ sau ngày %(day)s; nhiệm vụ đã chuyển về %(heir)s. Hãy chọn đơn vị đó."
)


def check_lengths(fields: Iterable[tuple[str, str | None]], limit: int) -> None:
    """Raise `Refused` for the first of (field, text) that is longer than `limit`."""
    for field, text in fields:
        if len(text or "") > limit:
            raise Refused(TOO_LONG % {"limit": limit}, field=field)


def check_past(field: str, day: date | None) -> None:
    """Raise `Refused` for a document's day that has not come yet."""
    if day is not None and day > clock.today():
        raise Refused(IN_FUTURE, field=field)


def check_standing(unit: Unit, day: date, field: str) -> None:
    """Raise `Refused` for a unit that is no more on `day`, naming the one into which it passed."""
    if unit.stands_on(day):
        return
    if unit.valid_to is None or day <= unit.valid_to:
        raise Refused(NOT_YET % {"unit": unit.name, "day": day_words(unit.valid_from)}, field=field)
    heir, words = heir_of(unit, day), {"unit": unit.name, "day": day_words(unit.valid_to)}
    raise Refused(UNIT_MERGED % (words | {"heir": heir.name}) if heir else UNIT_CLOSED % words, field=field)


def raise_version(row: Any) -> None:
    """Write `row` even where no column of it changes: whoever looks at an older one must notice."""
    flag_modified(row, "status")
