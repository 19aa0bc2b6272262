"""Dates by which a plan wants something, told apart from the dates of the documents it cites."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DATE = (
    r"(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})(?:\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>\d{4}))?(?!\d)"
)
_BEFORE = (
    r"(?:(?:(?:hoàn thành|xong)\s+)?(?:(?:chậm|muộn) nhất(?:\s+(?:là|vào|đến|trước))?|trước|đến hết|không quá"
    r"|hạn (?:chót|cuối)(?:\s+là)?))"
)
_BY_DAY = re.compile(rf"{_BEFORE}\s+(?:(?:hết\s+)?ngày\s+)?{_DATE}", re.IGNORECASE)
_BY_MONTH = re.compile(
    r"(?:trong|hết|cuối|đến hết)\s+tháng\s+(?P<month>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<year>\d{4})", re.IGNORECASE
)
_BY_QUARTER = re.compile(
    r"(?:trong|hết|cuối|đến hết)\s+qu[ýí]\s+(?P<quarter>IV|I{1,3}|[1-4])\s*(?:[/-]|năm)\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\s*(?:(?:và|,)\s*(?:ngày\s+)?\d{1,2}(?:/\d{1,2})?\s*)*(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)"
)
_RECURRING = re.compile(
    r"(?:trước|vào|đến|chậm nhất)\s+(?:là\s+)?ngày\s+\d{1,2}(?:/\d{1,2})?" + _AGAIN.pattern, re.IGNORECASE
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONTHS_IN_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date with its wording and where that stands in the text; `on` is None for a date that no calendar has."""

    on: date | None
    wording: str
    start: int
    end: int


def find_deadlines(text: str, year: int | None) -> list[Deadline]:
    """The deadlines that `text` names, in order; `year` completes a date written without one."""
    found = [
        Deadline(_day(match, year), match[0], match.start(), match.end())
        for pattern in (_BY_DAY, _BY_MONTH, _BY_QUARTER)
        for match in pattern.finditer(text)
        if not _AGAIN.match(text, match.end())
    ]
    return sorted(found, key=lambda deadline: deadline.start)


def find_due(value: str, year: int | None) -> date | None:
    """The day in a field that says nothing but when: "Quý IV-2025", "tháng 6/2025", "30/6/2025"; else None."""
    for said in (value, f"trong {value}", f"trước ngày {value}"):
        days = [deadline.on for deadline in find_deadlines(said, year) if deadline.on]
        if days:
            return days[0]
    return None


def find_recurring(text: str) -> list[str]:
    """The wordings of dates that come back ("trước ngày 20 hằng tháng"): they are no single deadline."""
    return [match[0] for match in _RECURRING.finditer(text)]


def _day(match: re.Match[str], year: int | None) -> date | None:
    parts = match.groupdict()
    in_year = int(parts["year"] or year or 0)
    try:
        if quarter := parts.get("quarter"):
            month = _MONTHS_IN_QUARTER * (_QUARTERS.get(quarter.upper()) or int(quarter))
        else:
            month = int(parts["month"])
        day = int(parts["day"]) if parts.get("day") else calendar.monthrange(in_year, month)[1]
        return date(in_year, month, day)
    except ValueError:
        return None
