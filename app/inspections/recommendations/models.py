"""What a visit asks to be put right, the conclusion that makes it binding, and the documents of a round."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.inspections.models import FileKept, InspectionRound
from app.inspections.visits.models import InspectionVisit
from app.organisation.models import Unit
from app.plans.models import DueLevel


class Recheck(StrEnum):
    """What a phúc tra found."""

    REMEDIED = "remedied"
    PARTLY = "partly"
    NOT_REMEDIED = "not_remedied"


class Conclusion(FileKept, Audited, Model):
    """One thông báo kết luận, of a visit or (without one) of the whole round."""

    __tablename__ = "conclusion"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("inspection_round.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    number: Mapped[str]
    issued_on: Mapped[date]
    signer: Mapped[str]
    issuer: Mapped[str]
    due_level: Mapped[DueLevel] = mapped_column(default=DueLevel.UBND)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_on: Mapped[date | None]
    withdrawn_by_document: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    round: Mapped[InspectionRound] = relationship(lazy="joined", innerjoin=True)
    visit: Mapped[InspectionVisit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class Recommendation(Audited, Model):
    """A shortcoming and what is asked of a unit; a draft until a conclusion is issued, then a card."""

    __tablename__ = "recommendation"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("inspection_round.id"), index=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    content_id: Mapped[int | None] = mapped_column(ForeignKey("checklist_content.id"))
    shortcoming: Mapped[str] = mapped_column(Text)
    demand: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    due_on: Mapped[date | None]
    position: Mapped[int]
    conclusion_id: Mapped[int | None] = mapped_column(ForeignKey("conclusion.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"), index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    recheck_on: Mapped[date | None]
    recheck_result: Mapped[Recheck | None]
    recheck_note: Mapped[str | None] = mapped_column(Text)
    client_key: Mapped[str | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    visit: Mapped[InspectionVisit] = relationship(lazy="joined", innerjoin=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True, foreign_keys=[unit_id])

    __mapper_args__ = {"version_id_col": version}


class DocumentKind(StrEnum):
    PLAN = "plan"
    DECISION = "decision"
    NOTICE = "notice"
    OUTLINE = "outline"  # đề cương báo cáo tự kiểm tra
    MINUTES = "minutes"
    RESULT_REPORT = "result_report"
    CONCLUSION = "conclusion"
    REMEDY_REPORT = "remedy_report"
    OUTSIDE = "outside"  # giám sát, thanh tra of others


class DocumentState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"  # trình ký
    ISSUED = "issued"


class RoundDocument(FileKept, Audited, Model):
    """One document of a round or of a visit: dự thảo → trình ký → đã ban hành (số, ngày, tệp đã ký)."""

    __tablename__ = "round_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("inspection_round.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    kind: Mapped[DocumentKind]
    state: Mapped[DocumentState] = mapped_column(default=DocumentState.DRAFT)
    title: Mapped[str] = mapped_column(default="")  # of an outside document: what it is
    issuer: Mapped[str | None]
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    signer: Mapped[str | None]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    round: Mapped[InspectionRound] = relationship(lazy="joined", innerjoin=True)
    visit: Mapped[InspectionVisit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
