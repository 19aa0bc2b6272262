"""What is said about a document once for all its files, and what may be said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.errors import Refused
from app.evidence.models import EvidenceKind

MAX_SUMMARY = 500
MAX_NUMBER = 100
MAX_LINK = 300
FIRST_YEAR = 2000
MAX_FILES = 10

SUMMARY_NEEDED = _l("Nhập trích yếu nội dung văn bản.")
TOO_LONG = _l("Nội dung dài quá %(limit)s ký tự.")
IN_FUTURE = _l("Ngày không được sau ngày hôm nay.")
TOO_OLD = _l("Ngày không được trước năm %(year)s.")
SENT_BEFORE_ISSUED = _l("Ngày gửi không được trước ngày văn bản.")
LINK_WRONG = _l("Đường dẫn phải bắt đầu bằng http:// hoặc https://; nếu là mã trong QLVB thì chỉ ghi mã.")
NUMBER_NEEDED = _l("Nhập thay đơn vị phải trên cơ sở văn bản: ghi số, ký hiệu văn bản của đơn vị.")
NOTHING_GIVEN = _l("Chọn ít nhất một tệp, hoặc ghi số, ký hiệu văn bản hay mã, đường dẫn trong QLVB.")
TOO_MANY = _l("Mỗi lần tải lên tối đa %(limit)s tệp.")


@dataclass(frozen=True)
class Particulars:
    """The document as described by who gives it. Days are calendar days; blanks are None."""

    kind: EvidenceKind
    summary: str
    number: str | None = None
    link: str | None = None
    issued_on: date | None = None
    sent_on: date | None = None
    happened_on: date | None = None
    restricted: bool = False


def troubles(said: Particulars, files: int, *, on_behalf: bool = False) -> Iterator[tuple[str, Any]]:
    """Every rule that `said`, given with this many files, breaks: the field at fault and its sentence."""
    if not said.summary:
        yield "summary", SUMMARY_NEEDED
    for name, text, limit in (
        ("summary", said.summary, MAX_SUMMARY),
        ("number", said.number, MAX_NUMBER),
        ("link", said.link, MAX_LINK),
    ):
        if len(text or "") > limit:
            yield name, TOO_LONG % {"limit": limit}
    if said.link and not is_link_fit(said.link):
        yield "link", LINK_WRONG
    yield from _day_troubles(said)
    if on_behalf and not said.number:
        yield "number", NUMBER_NEEDED
    elif not (files or said.number or said.link):
        yield "files", NOTHING_GIVEN
    if files > MAX_FILES:
        yield "files", TOO_MANY % {"limit": MAX_FILES}


def check(said: Particulars, files: int, *, on_behalf: bool = False) -> None:
    """Raise `Refused` for the first of `troubles`."""
    for field, sentence in troubles(said, files, on_behalf=on_behalf):
        raise Refused(sentence, field=field)


def is_link_fit(link: str) -> bool:
    """Whether `link` is a web address, or a plain code of the document system. Nothing is ever fetched."""
    return _is_address(link) if ":" in link.split("/", 1)[0] and _has_scheme(link) else "://" not in link


def web_address(link: str | None) -> str | None:
    """`link` where it may stand behind a link on a page, else None (it is a code: shown as text)."""
    return link if link and _is_address(link) else None


def _has_scheme(link: str) -> bool:
    scheme, _colon, rest = link.partition(":")
    return rest.startswith("//") or scheme.lower() in {
        "javascript",
        "data",
        "vbscript",
        "file",
        "http",
        "https",
        "blob",
    }


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, link))


def _day_troubles(said: Particulars) -> Iterator[tuple[str, Any]]:
    today = clock.today()
    for name in ("issued_on", "sent_on", "happened_on"):
        day = getattr(said, name)
        if day is not None and day > today:
            yield name, IN_FUTURE
        elif day is not None and day.year < FIRST_YEAR:
            yield name, TOO_OLD % {"year": FIRST_YEAR}
    if said.sent_on and said.issued_on and said.sent_on < said.issued_on:
        yield "sent_on", SENT_BEFORE_ISSUED
