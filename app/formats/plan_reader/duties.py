"""What one item asks for: its duties with dates of their own, its kind, and the parts a person may split off."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.formats.plan_reader.deadlines import Deadline, find_deadlines
from app.formats.plan_reader.model import ReadKind, Split

_STANDING = re.compile(
    r"(?:Tiếp tục|Đẩy mạnh|Tăng cường|Duy trì|Thường xuyên|Phối hợp|Theo dõi|Tập trung)(?!\w)", re.IGNORECASE
)
_NEXT_PART = re.compile(r";\s*(?=[^\W\d_])")
_PRODUCTS = (
    (re.compile(r"sơ kết", re.IGNORECASE), "sơ kết, tổng kết"),
    (re.compile(r"tổng kết", re.IGNORECASE), "tổng kết"),
    (re.compile(r"thống kê", re.IGNORECASE), "thống kê"),
    (re.compile(r"xây dựng\s+(?:và ban hành\s+)?kế hoạch", re.IGNORECASE), "kế hoạch"),
)
_PLAN_THEN_DEED = re.compile(r"(xây dựng\s+kế hoạch)\s+và\s+(?=triển khai|tổ chức)", re.IGNORECASE)
_REPORT = re.compile(r"(?:tổng hợp\s*,?\s*)?báo cáo(?!\w)", re.IGNORECASE)
_PRODUCT_WORDS = 4
_LABEL_WORDS = 2


@dataclass(frozen=True, slots=True)
class ItemDuty:
    """One thing an item asks for; `label` is None for the item as a whole."""

    label: str | None
    kind: ReadKind
    deadline: Deadline | None = None
    starts_on: date | None = None


def duties_of(text: str, year: int | None) -> list[ItemDuty]:
    """The duties of an item: itself, then each part of it with a date of its own.

    An item that is one sentence with one date at its end is a single duty with that date. A later report of the
    same item starts the day after the earlier one is due.
    """
    dated = [deadline for deadline in find_deadlines(text, year) if deadline.on is not None]
    if not dated:
        return [ItemDuty(None, kind_without_date(text))]
    if len(dated) == 1 and not _NEXT_PART.search(text[: dated[0].start]):
        return [ItemDuty(None, ReadKind.DATED, dated[0])]
    parts: list[ItemDuty] = []
    for before, deadline in zip([None, *dated], dated, strict=False):
        starts = before.on + timedelta(days=1) if before and before.on else None
        parts.append(ItemDuty(_label(text, before.end if before else 0, deadline), ReadKind.DATED, deadline, starts))
    return [ItemDuty(None, kind_without_date(text)), *parts]


def kind_without_date(text: str) -> ReadKind:
    """Standing or within the year, told by the words an undated item begins with."""
    return ReadKind.STANDING if _STANDING.match(text) else ReadKind.WITHIN_YEAR


def _label(text: str, begin: int, deadline: Deadline) -> str:
    """The words between the mark before a deadline and its wording: "báo cáo 6 tháng"."""
    between = text[begin : deadline.start].strip(" ,;:.(")
    return re.split(r"[;,.:]\s+", between)[-1].strip() or deadline.wording


def suggested_splits(text: str, dated: bool) -> tuple[Split, ...]:
    """The parts of a compound item that read as duties of their own; none when it is one thing.

    A part begins after a semicolon, with a capital letter or with a product of its own (thống kê, sơ kết).
    With `dated` parts split off already, the sentence about reporting belongs to them.
    """
    plan = _PLAN_THEN_DEED.match(text)
    opening = [text[: plan.end(1)]] if plan else []
    pieces = [piece.strip(" ;") for piece in _NEXT_PART.split(text[plan.end() :] if plan else text)]
    if dated:
        pieces = [piece for piece in pieces if not _REPORT.match(piece)]
    parts = [*opening, *pieces[:1]]
    for piece in pieces[1:]:
        if piece[:1].isupper() or _product(piece):
            parts.append(piece)
        else:
            parts[-1] += f"; {piece}"
    return tuple(Split(_name(part), part) for part in parts) if len(parts) > 1 else ()


def _product(piece: str) -> str | None:
    opening = " ".join(piece.split()[:_PRODUCT_WORDS])
    return next((name for pattern, name in _PRODUCTS if pattern.search(opening)), None)


def _name(part: str) -> str:
    product = _product(part)
    if product:
        return product
    words = " ".join(part.split()[:_LABEL_WORDS]).rstrip(",")
    return words[:1].lower() + words[1:]
