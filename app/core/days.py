"""Days and hours as people write them, as browsers send them and as they are told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.errors import Refused
from app.core.vietnamese import nfc

BAD_DAY = _l("Ngày không đúng: nhập theo dạng ngày/tháng/năm, ví dụ 05/04/2024.")
BAD_HOUR = _l("Giờ không đúng: nhập giờ và phút, ví dụ 08:30 hoặc 8h30.")
PICKED = "_picked"  # the end of the name of the calendar beside a field
_BETWEEN = r"\s*(?:[/.,\-‐‑–—]|\s)\s*"
_WRITTEN = re.compile(
    rf"(?:ngày\s*)?([0-9]{{1,2}})(?:{_BETWEEN}|\s*(?:tháng|thg\.?)\s*)([0-9]{{1,2}})"
    rf"(?:(?:{_BETWEEN}|\s*năm\s*)([0-9]{{4}}|[0-9]{{2}}))?\.?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})")
_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
_HOUR = re.compile(
    r"([0-9]{1,2})\s*(?:(?:giờ|h|g|:|\.)\s*(?:([0-9]{1,2})(?:\s*(?:phút|ph|p|'))?)?)?\s*(sáng|trưa|chiều|tối)?",
    re.IGNORECASE,
)
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # what papers speak of; a day beside it can always be counted
_LAST_CENTURY = 70  # 24 is 2024, 98 is 1998
_NOON = 12
PAST, AHEAD, ANY = "past", "ahead", "any"
_SIDES = {
    **dict.fromkeys(("document_on", "issued_on", "sent_on", "happened_on", "minutes_on"), PAST),
    **dict.fromkeys(("plan_on", "decision_on", "as_of"), PAST),
    "due_on": AHEAD,
}


@dataclass(frozen=True)
class About:
    """Which days a field is about; by this a day that is written without its year gets one.

    It is the year of the plan where the field has one, else the nearest to today, of those between `first` and `last`.
    """

    today: date
    year: int | None = None
    first: date | None = None
    last: date | None = None

    def choose(self, month: int, day: int) -> date:
        """The day meant. Raises `ValueError` for one that no calendar near has."""
        around = [_day(year, month, day) for year in range(self.today.year - 4, self.today.year + 5)]
        nearest = sorted(filter(None, around), key=lambda found: (abs(found - self.today), found))
        own = _day(self.year, month, day) if self.year else None
        wished = [own, *nearest] if own else nearest
        if not wished:
            raise ValueError(f"no such day: {day}/{month}")
        return next(filter(self._allows, wished), wished[0])

    def _allows(self, found: date) -> bool:
        return (self.first is None or self.first <= found) and (self.last is None or found <= self.last)


def about(name: str = "", *, year: int | None = None, side: str | None = None, first: date | None = None) -> About:
    """What a field of this name is about: the days of documents have been, deadlines are to come; `side` says else."""
    side, today = side or _SIDES.get(name, ANY), clock.today()
    return About(today, year, first or (today if side == AHEAD else None), today if side == PAST else None)


def parse_day(text: str | None, near: About | None = None) -> date | None:
    """The day written as 14/5/2024, 14/5, 14.5.24, 14-05-2024, 140524, 14 tháng 5 or 2024-05-14; None for a blank.

    Without a year it is the one that `near` says, else the nearest. Raises `ValueError` for anything else.
    """
    written = nfc(text or "").strip()
    if not written:
        return None
    if iso := _YEAR_FIRST.fullmatch(written):
        return _certain(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _WRITTEN.fullmatch(written) or _TOGETHER.fullmatch(written)
    if found is None:
        raise ValueError(f"not a day: {written[:40]!r}")
    if found[3] is None:
        return (near or about()).choose(int(found[2]), int(found[1]))
    return _certain(_whole(found[3]), int(found[2]), int(found[1]))


def read_day(form: Mapping[str, str], name: str, near: About | None = None) -> date | None:
    """The day in a field, or in the calendar beside it, which is empty until somebody picks there.

    Raises `Refused` at the field for what is no day.
    """
    try:
        return parse_day(day_typed(form, name), near or about(name))
    except ValueError as error:
        raise Refused(BAD_DAY, field=name) from error


def read_hour(form: Mapping[str, str], name: str) -> str:
    """The hour in a field as 08:30. Raises `Refused` at the field for what is no hour."""
    try:
        return parse_hour(form.get(name))
    except ValueError as error:
        raise Refused(BAD_HOUR, field=name) from error


def day_typed(form: Mapping[str, Any], name: str) -> str:
    """What a field for a day holds, as it is shown again."""
    picked = str(form.get(name + PICKED) or "")
    try:
        return day_digits(parse_day(picked)) or str(form.get(name) or "")
    except ValueError:
        return picked


def parse_hour(text: str | None) -> str:
    """The hour written as 8h, 8h30, 8:30, 8 giờ 30, 14g or 2 giờ chiều, as 08:30; "" for a blank.

    Raises `ValueError` for anything else.
    """
    written = nfc(text or "").strip()
    if not written:
        return ""
    found = _HOUR.fullmatch(written)
    if found is None:
        raise ValueError(f"not an hour: {written[:40]!r}")
    hour, part = int(found[1]), (found[3] or "").lower()
    if part in ("chiều", "tối") and hour < _NOON:
        hour += _NOON
    return time(hour, int(found[2] or 0)).strftime("%H:%M")


def day_digits(day: date | None) -> str:
    """05/04/2024, as it stands in a field whatever the language; nothing for None."""
    return f"{day:%d/%m/%Y}" if day is not None else ""


def day_words(day: date | None) -> str:
    """05/04/2024, nothing for None; in another language 5 Apr 2024, as digits alone would be turned round there."""
    if day is None:
        return ""
    locale = get_locale()
    if locale is None or locale.language == "vi":
        return day_digits(day)
    return str(format_date(day, "d MMM y", locale))


def _whole(year: str) -> int:
    number = int(year)
    if len(year) > len("24"):
        return number
    return number + (2000 if number < _LAST_CENTURY else 1900)


def _certain(year: int, month: int, day: int) -> date:
    if not FIRST.year <= year <= LAST.year:
        raise ValueError(f"not a year of these papers: {year}")
    return date(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
