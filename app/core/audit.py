"""The audit log's rows and their chain. Each row is hashed with the one before it, over canonical text in UTC."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model

GENESIS = "0" * 64


class AuditEntry(Model):
    """One thing that happened to one row. Append-only: the database refuses UPDATE and DELETE."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_type", "subject_id"),)

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    changes: Mapped[str] = mapped_column(Text)
    request_id: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditHead(Model):
    """The single row that every writer locks first: where the chain ends, and which chain it is."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str]
    sequence: Mapped[int]
    hash: Mapped[str]


@dataclass(frozen=True)
class Happening:
    """What an entry will say, before it has its place in the chain."""

    actor_id: int
    action: str
    subject_type: str
    subject_id: str
    changes: dict[str, Any]
    request_id: str = ""


def canonical(value: Any) -> str:
    """`value` as the one text that is hashed and stored, the same on every database."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment_text(moment: datetime) -> str:
    """`moment` (aware) in UTC to the microsecond, always of one length."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(row: dict[str, Any]) -> str:
    """SHA-256 over every column but the hash itself; `row` holds the columns of one entry."""
    kept = {key: value for key, value in row.items() if key != "hash"}
    return hashlib.sha256(canonical(kept).encode()).hexdigest()


def chained(happenings: Iterable[Happening], at: datetime, sequence: int, previous: str) -> list[dict[str, Any]]:
    """The rows to insert for `happenings`, following the entry `sequence` whose hash is `previous`."""
    rows = []
    for happening in happenings:
        sequence += 1
        row = {
            "sequence": sequence,
            "at": moment_text(at),
            "actor_id": happening.actor_id,
            "action": happening.action,
            "subject_type": happening.subject_type,
            "subject_id": happening.subject_id,
            "changes": canonical(happening.changes),
            "request_id": happening.request_id,
            "previous_hash": previous,
        }
        previous = row["hash"] = entry_hash(row)
        rows.append(row)
    return rows
