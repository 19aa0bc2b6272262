"""Visits to units, what was found content by content, the files taken there and the unit's own report."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.files.stored_file import NamesFile
from app.inspections.models import ChecklistVersion, FileKept, InspectionRound
from app.organisation.models import Unit


class VisitStatus(StrEnum):
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    RECORDED = "recorded"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class Rating(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


class InspectionVisit(Audited, Model):
    """One cuộc kiểm tra of one unit. The day may still be open; the checklist's version is kept as it began."""

    __tablename__ = "inspection_visit"
    __table_args__ = (Index("ix_inspection_visit_day", "visit_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("inspection_round.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    visit_on: Mapped[date | None]
    visit_time: Mapped[str | None]  # "08:30", on the clock of the place
    visit_until: Mapped[str | None]
    place: Mapped[str] = mapped_column(default="")
    unit_representatives: Mapped[str] = mapped_column(Text, default="")
    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    status: Mapped[VisitStatus] = mapped_column(default=VisitStatus.PLANNED)
    strengths: Mapped[str] = mapped_column(Text, default="")
    shortcomings_text: Mapped[str] = mapped_column(Text, default="")
    causes: Mapped[str] = mapped_column(Text, default="")
    unit_opinion: Mapped[str] = mapped_column(Text, default="")
    conclusion_text: Mapped[str] = mapped_column(Text, default="")
    minutes_number: Mapped[str | None]
    minutes_on: Mapped[date | None]
    draft_seen_at: Mapped[datetime | None] = mapped_column(Moment)  # when the team showed the unit the draft
    recorded_on: Mapped[date | None]
    reopened_reason: Mapped[str | None] = mapped_column(Text)
    reopened_on: Mapped[date | None]
    cancelled_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()
    round: Mapped[InspectionRound] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    checklist_version: Mapped[ChecklistVersion] = relationship(lazy="raise_on_sql")
    findings: Mapped[list["VisitFinding"]] = relationship(lazy="raise_on_sql")
    notes: Mapped[list["VisitMemberNote"]] = relationship(lazy="raise_on_sql", order_by="VisitMemberNote.id")
    files: Mapped[list["VisitFile"]] = relationship(lazy="raise_on_sql", order_by="VisitFile.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def member_ids(self) -> frozenset[int]:
        return self.round.member_ids

    @property
    def is_concluded(self) -> bool:
        """Whether a thông báo kết luận stands for this visit, or for its whole round."""
        return any(c.withdrawn_on is None and c.visit_id in (None, self.id) for c in self.round.conclusions)

    @property
    def is_open(self) -> bool:
        """Whether something may still be recorded."""
        return self.status in (VisitStatus.PLANNED, VisitStatus.IN_PROGRESS)


class VisitFinding(Audited, Model):
    """What was found for one content. `figures`: {key: {total, female, male}}, each a number or None."""

    __tablename__ = "visit_finding"
    __table_args__ = (UniqueConstraint("visit_id", "content_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("checklist_content.id"))
    remark: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    rating: Mapped[Rating | None]
    documents_seen: Mapped[str] = mapped_column(Text, default="")
    empty_reason: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_by_name: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written, counted or rated here."""
        counted = any(value is not None for figure in self.figures.values() for value in figure.values())
        return not (self.remark or self.documents_seen or self.rating or counted)


class VisitSending(Audited, Model):
    """One sending of a content, known by the key of the device that made it: the same key never writes twice."""

    __tablename__ = "visit_sending"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    content_id: Mapped[int | None] = mapped_column(ForeignKey("checklist_content.id"))
    result_version: Mapped[int]  # of what was written, as the device is told
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime] = mapped_column(Moment)


class VisitMemberNote(Audited, Model):
    """What one member of the team says of the whole visit."""

    __tablename__ = "visit_member_note"
    __table_args__ = (UniqueConstraint("visit_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class FileRole(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    MINUTES_TYPED = "minutes_typed"  # a biên bản typed in Word that stands for the contents
    MINUTES_SIGNED = "minutes_signed"
    LETTER = "letter"


class VisitFile(NamesFile, Audited, Model):
    """One stored file of a visit, or of one of its contents: never altered, known by its SHA-256."""

    __tablename__ = "visit_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    content_id: Mapped[int | None] = mapped_column(ForeignKey("checklist_content.id"))
    role: Mapped[FileRole]
    storage_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Moment)
    client_key: Mapped[str | None] = mapped_column(unique=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)  # taken out of the visit; the bytes stay


class ReportStatus(StrEnum):
    DRAFT = "draft"
    SENT = "sent"


class SelfReport(FileKept, Audited, Model):
    """Báo cáo tự kiểm tra of the unit. `answers`: {content id as text: {"text": …, "figures": {…}}}."""

    __tablename__ = "self_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    signer: Mapped[str | None]
    status: Mapped[ReportStatus] = mapped_column(default=ReportStatus.DRAFT)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    visit: Mapped[InspectionVisit] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}
