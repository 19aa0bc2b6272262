"""Checks that the log says what was written: every row, its place in the chain, the head, and the anchor outside."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core import anchor, database
from app.core.audit import GENESIS, AuditEntry, AuditHead, entry_hash
from app.extensions import db

_AT_ONCE = 2_000
MISSING = _l(
    "Không kết luận được: thiếu tệp %(name)s. %(n)s dòng nhật ký khớp nhau, nhưng không có dấu ngoài cơ sở dữ liệu để "
    "biết có bị cắt đuôi hoặc ghi lại từ đầu hay không."
)
BEGUN_LATE = _l(
    "Không kết luận được: tệp %(name)s đã mất và được lập lại khi nhật ký có %(n)s dòng; các dòng ấy không còn dấu "
    "ngoài cơ sở dữ liệu để đối chiếu."
)


@dataclass(frozen=True)
class Verdict:
    """`broken` is the sequence number of the first row that is not as it was written; None where all are.

    `unproven`: the rows fit each other, but what was noted of them outside the database is gone, so that a tail that
    was cut off, or a log that was written anew as a whole, would not show.
    """

    broken: int | None
    sentence: str
    unproven: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is proven that the log says what was written."""
        return self.broken is None and not self.unproven


def verify(folder: Path) -> Verdict:
    """Read the whole log in order, also while others write. `folder` is the data folder, where the anchor lies."""
    # The anchor is noted after each commit, so one that is read before the log never names a row still to come.
    chain = db.session.scalars(select(AuditHead.chain)).one()
    noted = anchor.noted(folder, chain)
    rows, wrong = _read_through(noted)
    return _broken(wrong) if wrong is not None else _concluded(chain, noted, rows)


def first_unfit() -> int | None:
    """The first row that does not fit the others, whatever was noted outside; None where all do."""
    return _read_through(None)[1]


def _read_through(noted: anchor.NotedHeads | None) -> tuple[int, int | None]:
    """How many rows there are, and the first of them that is not as it was written."""
    heads = dict[int, set[str]]()
    for sequence, digest in noted.rows if noted else ():
        heads.setdefault(sequence, set()).add(digest)
    database.begin_snapshot(db.session())
    head = db.session.execute(select(AuditHead.sequence, AuditHead.hash)).one()
    expected, previous = 1, GENESIS
    with closing(_rows()) as rows:
        for row in rows:
            if (wrong := _wrong(row, expected, previous)) is not None:
                return expected, wrong
            if heads.get(expected, {row["hash"]}) != {row["hash"]}:
                return expected, expected
            expected, previous = expected + 1, row["hash"]
    last = expected - 1
    if head.sequence != last:
        return last, min(head.sequence, last) + 1
    if head.hash != previous:
        return last, max(last, 1)
    return last, expected if noted is not None and noted.highest[0] > last else None


def _concluded(chain: str, noted: anchor.NotedHeads | None, rows: int) -> Verdict:
    """The verdict of a log whose rows fit each other, by what was noted of it outside."""
    if rows and noted is None:
        return Verdict(None, MISSING % {"n": rows, "name": anchor.name_of(chain)}, unproven=True)
    if noted is not None and noted.begun_after:
        told = BEGUN_LATE % {"n": noted.begun_after, "name": anchor.name_of(chain)}
        return Verdict(None, told, unproven=True)
    return Verdict(None, _("Nhật ký nguyên vẹn: %(n)s dòng.", n=rows))


def last_written() -> datetime | None:
    """When the newest row was written; None in an empty log."""
    said = db.session.scalar(select(AuditEntry.at).order_by(AuditEntry.sequence.desc()).limit(1))
    return datetime.fromisoformat(said) if said else None


def _wrong(row: dict[str, Any], expected: int, previous: str) -> int | None:
    """The number of the row that is not as it was written, where `row` shows it; None where `row` fits."""
    if row["sequence"] != expected:  # one is missing, or one stands before the first
        return min(row["sequence"], expected)
    if entry_hash(row) == row["hash"]:
        if row["previous_hash"] == previous:
            return None
        return max(expected - 1, 1)  # this row is whole: the one before it was written anew, with a new hash
    moved = entry_hash(row | {"sequence": expected - 1}) == row["hash"]
    return expected - 1 if moved else expected  # it was moved up to make room for the one before it


def _rows() -> Generator[dict[str, Any], None, None]:
    columns = AuditEntry.__table__.columns
    query = select(*columns).order_by(AuditEntry.sequence).execution_options(yield_per=_AT_ONCE)
    with db.session.execute(query) as found:
        for row in found.mappings():
            yield dict(row)


def _broken(sequence: int) -> Verdict:
    return Verdict(sequence, _("Nhật ký đã bị sửa: dòng đầu tiên không còn như khi ghi là dòng %(n)s.", n=sequence))
