"""Checks that the log says what was written: every row, its place in the chain, the head, and the anchor outside."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import anchor, database
from app.core.audit import GENESIS, AuditEntry, AuditHead, entry_hash
from app.extensions import db

_AT_ONCE = 2_000


@dataclass(frozen=True)
class Verdict:
    """`broken` is the sequence number of the first row that is not as it was written; None where all are."""

    broken: int | None
    sentence: str


def verify(folder: Path) -> Verdict:
    """Read the whole log in order, also while others write. `folder` is the data folder, where the anchor lies."""
    # The anchor is noted after each commit, so one that is read before the log never names a row still to come.
    noted = anchor.highest(folder, db.session.scalars(select(AuditHead.chain)).one())
    database.begin_snapshot(db.session())
    head = db.session.execute(select(AuditHead.sequence, AuditHead.hash)).one()
    expected, previous, anchored = 1, GENESIS, None
    with closing(_rows()) as rows:
        for row in rows:
            if (wrong := _wrong(row, expected, previous)) is not None:
                return _broken(wrong)
            if noted is not None and row["sequence"] == noted[0]:
                anchored = row["hash"]
            expected, previous = expected + 1, row["hash"]
    last = expected - 1
    if head.sequence != last:
        return _broken(min(head.sequence, last) + 1)
    if head.hash != previous:
        return _broken(max(last, 1))
    if noted is not None and noted != (0, GENESIS) and anchored != noted[1]:
        return _broken(min(noted[0], expected))
    return Verdict(None, _("Nhật ký nguyên vẹn: %(n)s dòng.", n=last))


def last_written() -> datetime | None:
    """When the newest row was written; None in an empty log."""
    said = db.session.scalar(select(AuditEntry.at).order_by(AuditEntry.sequence.desc()).limit(1))
    return datetime.fromisoformat(said) if said else None


def is_anchored(folder: Path) -> bool:
    """Whether the head of a log that has rows is noted outside the database, in the data folder `folder`."""
    head = db.session.execute(select(AuditHead.chain, AuditHead.sequence)).one()
    return head.sequence == 0 or anchor.highest(folder, head.chain) is not None


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
