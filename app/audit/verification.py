"""Checks that the log says what was written: every row, its place in the chain, the head, and the anchor outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import anchor
from app.core.audit import GENESIS, AuditEntry, AuditHead, entry_hash
from app.extensions import db

_AT_ONCE = 2_000


@dataclass(frozen=True)
class Verdict:
    """`broken` is the sequence number of the first row that is not as it was written; None where all are."""

    broken: int | None
    sentence: str


def verify(folder: Path) -> Verdict:
    """Read the whole log in order. `folder` is the data folder, where the anchor lies."""
    head = db.session.execute(select(AuditHead.chain, AuditHead.sequence, AuditHead.hash)).one()
    expected, previous, hashes_at = 1, GENESIS, anchor.highest(folder, head.chain)
    anchored = True
    for row in _rows():
        if row["sequence"] != expected or row["previous_hash"] != previous or entry_hash(row) != row["hash"]:
            return _broken(expected if row["sequence"] != expected else row["sequence"])
        if hashes_at is not None and row["sequence"] == hashes_at[0]:
            anchored = row["hash"] == hashes_at[1]
        expected, previous = expected + 1, row["hash"]
    last = expected - 1
    if (head.sequence, head.hash) != (last, previous):
        return _broken(last if head.sequence < last else expected)
    if hashes_at is not None and (hashes_at[0] > last or not anchored):
        return _broken(min(hashes_at[0], expected))
    return Verdict(None, _("Nhật ký nguyên vẹn: %(n)s dòng.", n=last))


def _rows() -> Iterator[dict[str, Any]]:
    columns = AuditEntry.__table__.columns
    query = select(*columns).order_by(AuditEntry.sequence).execution_options(yield_per=_AT_ONCE)
    for row in db.session.execute(query).mappings():
        yield dict(row)


def _broken(sequence: int) -> Verdict:
    return Verdict(sequence, _("Nhật ký đã bị sửa: dòng đầu tiên không còn như khi ghi là dòng %(n)s.", n=sequence))
