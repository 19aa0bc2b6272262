"""Text, days and numbers as letters write them."""

import re
from datetime import date

from app.core.vietnamese import clean, nfc

BLANK_NUMBER = "\u00a0" * 8  # văn thư writes the number here
BLANK_DAY = "ngày\u00a0\u00a0\u00a0\u00a0 tháng\u00a0\u00a0\u00a0\u00a0 năm\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"
END = "./."
DOTS = "…"  # to be filled in by hand

_NOT_FOR_XML = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LEADING_DASH = re.compile(r"^\s*[-–•+*]\s+")
_STOPS = " .;,/"
_ZERO_BELOW_MONTH = 3  # Nghị định 30/2020: days below 10 and months 1, 2 take a leading 0


def tidy(text: str) -> str:
    """`text` as XML may hold it: NFC, no control, direction or unpaired characters; line breaks stay."""
    return _NOT_FOR_XML.sub("", clean(nfc(text))).replace("\t", " ")


def lines(text: str) -> list[str]:
    """The lines of `text` that say something, without dashes of their own in front."""
    return [bare for line in tidy(text).split("\n") if (bare := _LEADING_DASH.sub("", line).strip())]


def ended(text: str, stop: str = ".") -> str:
    """`text` with `stop` for whatever stood at its end."""
    return text if text.endswith(DOTS) else text.rstrip(_STOPS) + stop


def listed(items: list[str]) -> list[str]:
    """Items of a list, each behind a dash: semicolons between, a full stop at the end."""
    last = len(items) - 1
    return [f"- {ended(item, '.' if number == last else ';')}" for number, item in enumerate(items)]


def lowered(text: str) -> str:
    """`text` as it goes on inside a sentence; an abbreviation at its head stays."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def day_long(day: date | None) -> str:
    """ngày 08 tháng 5 năm 2024; room for it where it is not known."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}" if day else BLANK_DAY


def day_short(day: date | None) -> str:
    """08/5/2024 as sentences write it; dots where it is not known."""
    return f"{day.day:02d}/{_month(day)}/{day.year}" if day else "…/…/……"


def day_table(day: date | None) -> str:
    """08/05/2024 as tables write it, nothing where it is not known."""
    return f"{day:%d/%m/%Y}" if day else ""


def hour(time: str) -> str:
    """ "08:00" as 08 giờ 00; dots where it is not known."""
    hours, _colon, minutes = time.partition(":")
    return f"{hours.zfill(2)} giờ {minutes or '00'}" if hours else "… giờ …"


def number_words(value: float | None) -> str:
    """1.234,5; nothing for None."""
    if value is None:
        return ""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def share_words(part: float | None, total: float | None) -> str:
    """The share of `part` in `total` as 35,71%; nothing where it cannot be said."""
    if part is None or not total:
        return ""
    return f"{100 * part / total:.2f}%".replace(".", ",")


def capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < _ZERO_BELOW_MONTH else str(day.month)
