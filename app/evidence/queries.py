"""Reads of evidence, with what the rules and the pages need loaded."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import joinedload

from app.evidence.models import Evidence, EvidenceFile
from app.extensions import db
from app.organisation.models import Unit


@dataclass(frozen=True)
class Twin:
    """The same bytes, given before by another unit."""

    sha256: str
    unit_name: str
    number: str | None
    card_id: int


def evidence(evidence_id: int) -> Evidence | None:
    """One document with its files, its unit and its card (that one's unit and action too), read afresh."""
    query = select(Evidence).where(Evidence.id == evidence_id).options(_with_card())
    return db.session.scalar(query.execution_options(populate_existing=True))


def file(file_id: int) -> tuple[EvidenceFile, Evidence] | None:
    """One file and the document it belongs to, loaded as `evidence` does."""
    query = (
        select(EvidenceFile, Evidence)
        .join(Evidence, Evidence.id == EvidenceFile.evidence_id)
        .where(EvidenceFile.id == file_id)
        .options(_with_card())
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def same_file_elsewhere(sha256s: Collection[str], unit_id: int) -> list[Twin]:
    """Where files with these hashes were given by units other than `unit_id`, the earliest first."""
    query = (
        select(EvidenceFile.sha256, Unit.name, Evidence.number, Evidence.card_id)
        .join(Evidence, Evidence.id == EvidenceFile.evidence_id)
        .join(Unit, Unit.id == Evidence.unit_id)
        .where(EvidenceFile.sha256.in_(sha256s), Evidence.unit_id != unit_id)
        .order_by(EvidenceFile.id)
    )
    return [Twin(*row) for row in db.session.execute(query)]


def bytes_of(unit_id: int) -> int:
    """How many bytes the files on a unit's cards take, whoever gave them; found by indexes alone."""
    of_unit = Evidence.card.property.mapper.c.unit_id == unit_id  # the card's own model stands above this one
    total = cast(func.coalesce(func.sum(EvidenceFile.size), 0), BigInteger)
    query = select(total).join(Evidence, Evidence.id == EvidenceFile.evidence_id).join(Evidence.card).where(of_unit)
    return db.session.scalars(query).one()


def _with_card() -> Any:
    return joinedload(Evidence.card, innerjoin=True)  # made late: the card's own model stands above this one
