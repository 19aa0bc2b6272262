"""Evidence: signed, numbered documents that prove a card, each with one or more files."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.files.stored_file import NamesFile
from app.organisation.models import Unit


class Dossier(Protocol):
    """What evidence hangs on: a card, seen without knowing the board."""

    id: int
    unit_id: int
    unit: Unit
    evidence_total: int
    evidence_valid: int
    evidence_lacking: int
    uploaders: str
    version: int

    @property
    def uploader_ids(self) -> frozenset[int]: ...

    @property
    def sent_by_id(self) -> int | None: ...

    @property
    def coordinating_unit_ids(self) -> frozenset[int]: ...

    @property
    def evidence_closed(self) -> Any: ...


class EvidenceKind(StrEnum):
    PLAN = "plan"
    LETTER = "letter"
    DECISION = "decision"
    REPORT = "report"
    SUBMISSION = "submission"
    MINUTES = "minutes"
    NOTICE = "notice"
    ROSTER = "roster"
    MEDIA = "media"
    ARTICLE = "article"
    LEAFLET = "leaflet"
    FIGURES = "figures"
    OTHER = "other"


class Review(StrEnum):
    """ "Nobody looked yet" and "looked at, not enough" differ."""

    UNSEEN = "unseen"
    VALID = "valid"
    LACKING = "lacking"


class Evidence(Audited, Model):
    """One document of one unit for one card. The date it happened is not the date it was uploaded."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_behalf", "on_behalf", "uploaded_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[EvidenceKind]
    number: Mapped[str | None]
    link: Mapped[str | None]
    issued_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    happened_on: Mapped[date | None]
    summary: Mapped[str] = mapped_column(Text)
    restricted: Mapped[bool] = mapped_column(default=False)
    review: Mapped[Review] = mapped_column(default=Review.UNSEEN)
    review_reason: Mapped[str | None] = mapped_column(Text)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    reviewed_on: Mapped[date | None]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Moment)
    uploaded_on: Mapped[date]
    on_behalf: Mapped[bool] = mapped_column(default=False)
    document_key: Mapped[str | None] = mapped_column(index=True)  # one form's files, sent one by one or again
    version: Mapped[int] = mapped_column()
    card: Mapped["Dossier"] = relationship("Card", back_populates="evidence", lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    files: Mapped[list["EvidenceFile"]] = relationship(lazy="selectin", order_by="EvidenceFile.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_signed_document(self) -> bool:
        """Numbered, dated and attached: what approves a sending by staff."""
        return bool(self.number and self.issued_on and self.files)


class EvidenceFile(NamesFile, Audited, Model):
    """One stored file as it was signed: never altered, known by its SHA-256, shown by its own name."""

    __tablename__ = "evidence_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    storage_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
