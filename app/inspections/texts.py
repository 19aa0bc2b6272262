"""Sentences and checks that several deeds of inspections share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.board.models import Card
from app.core import clock
from app.core.days import day_words
from app.core.errors import Refused
from app.extensions import db
from app.organisation.models import Unit

MAX_LINE = 200
MAX_TEXT = 8000

TOO_LONG = _l("Nội dung dài quá %(limit)s ký tự.")
IN_FUTURE = _l("Ngày không được sau ngày hôm nay.")
NOT_YET = _l("%(unit)s chỉ hoạt động từ ngày %(day)s.")
UNIT_CLOSED = _l("%(unit)s không còn hoạt động từ sau ngày %(day)s.")
UNIT_MERGED = _l(
    "%(unit)s không còn hoạt động từ sau ngày %(day)s; nhiệm vụ đã chuyển về %(heirs)s. Hãy chọn đơn vị đó."
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
    """Raise `Refused` for a unit that is no more on `day`, naming those that took over its duties."""
    if unit.stands_on(day):
        return
    if unit.valid_to is None or day <= unit.valid_to:
        raise Refused(NOT_YET % {"unit": unit.name, "day": day_words(unit.valid_from)}, field=field)
    heirs = ", ".join(heirs_of(unit.id))
    sentence: Any = UNIT_MERGED if heirs else UNIT_CLOSED
    raise Refused(sentence % {"unit": unit.name, "day": day_words(unit.valid_to), "heirs": heirs}, field=field)


def heirs_of(unit_id: int) -> list[str]:
    """The names of the units to which the duties of a unit went."""
    moved = select(Card.unit_id).where(Card.origin_unit_id == unit_id, Card.unit_id != unit_id)
    return list(db.session.scalars(select(Unit.name).where(Unit.id.in_(moved)).order_by(Unit.sort_order, Unit.id)))


def raise_version(row: Any) -> None:
    """Write `row` even where no column of it changes: whoever looks at an older one must notice."""
    flag_modified(row, "status")
