"""Days as browsers send them, as people write them and as they are told."""

import re
from datetime import date

from babel.dates import format_date
from flask_babel import get_locale

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # what a document of an office can speak of
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})")


def parse_day(text: str | None) -> date | None:
    """The day written as 2024-05-14 or 14/05/2024 (also 14.5.2024, 14-5-2024); None for a blank.

    Raises `ValueError` for anything else, for a day that no calendar has, and for one that no office can mean: a day
    before or after it can always be counted.
    """
    written = (text or "").strip()
    if not written:
        return None
    if iso := _ISO.fullmatch(written):
        return _bounded(iso[1], iso[2], iso[3])
    if day_first := _DAY_FIRST.fullmatch(written):
        return _bounded(day_first[3], day_first[2], day_first[1])
    raise ValueError(f"not a day: {written[:40]!r}")


def _bounded(year: str, month: str, day: str) -> date:
    found = date(int(year), int(month), int(day))
    if not FIRST <= found <= LAST:
        raise ValueError(f"no day of an office: {found}")
    return found


def day_words(day: date | None) -> str:
    """05/04/2024, nothing for None; in another language 5 Apr 2024, as digits alone would be turned round there."""
    if day is None:
        return ""
    locale = get_locale()
    if locale is None or locale.language == "vi":
        return f"{day:%d/%m/%Y}"
    return str(format_date(day, "d MMM y", locale))
