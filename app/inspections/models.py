"""Rounds of inspection, who goes on them, and the checklists they follow."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.files.stored_file import NamesFile
from app.organisation.models import Unit
from app.plans.models import Plan

if TYPE_CHECKING:
    from app.inspections.recommendations.models import Conclusion


class InspectionType(StrEnum):
    PLANNED = "planned"  # kiểm tra định kỳ
    SUDDEN = "sudden"  # kiểm tra đột xuất
    SELF = "self"  # tự kiểm tra


class RoundStatus(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"


class MemberDuty(StrEnum):
    LEADER = "leader"  # trưởng đoàn
    SECRETARY = "secretary"  # thư ký
    MEMBER = "member"


class FileKept(NamesFile):
    """Columns of one stored file that may still be missing (a document before it is issued and signed)."""

    storage_key: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(index=True)

    @property
    def has_file(self) -> bool:
        return self.storage_key is not None


class Checklist(Audited, Model):
    """A list of contents to inspect; what it says stands in its versions."""

    __tablename__ = "checklist"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    archived: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column()
    versions: Mapped[list["ChecklistVersion"]] = relationship(
        back_populates="checklist", lazy="raise_on_sql", order_by="ChecklistVersion.number"
    )

    __mapper_args__ = {"version_id_col": version}


class ChecklistVersion(Audited, Model):
    """A checklist as it stood from one edit to the next. `closed` once a newer one exists; it is never rewritten."""

    __tablename__ = "checklist_version"
    __table_args__ = (UniqueConstraint("checklist_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"), index=True)
    number: Mapped[int]
    made_on: Mapped[date]
    closed: Mapped[bool] = mapped_column(default=False, server_default=false())
    checklist: Mapped[Checklist] = relationship(back_populates="versions", lazy="joined", innerjoin=True)
    contents: Mapped[list["ChecklistContent"]] = relationship(lazy="selectin", order_by="ChecklistContent.position")


@dataclass(frozen=True)
class Figure:
    """One figure that a content asks for; `by_sex`: with Nam, Nữ and the rate of women."""

    key: str
    label: str
    unit: str
    by_sex: bool = False


class ChecklistContent(Audited, Model):
    """One content of a version. A situation (a state of affairs, no deed of the unit) never takes a rating."""

    __tablename__ = "checklist_content"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    wording: Mapped[str] = mapped_column(Text)
    address: Mapped[str]  # of the plan's item that it comes from: "II.5"
    takes_rating: Mapped[bool] = mapped_column(default=False)
    is_situation: Mapped[bool] = mapped_column(default=False)
    numbers_only: Mapped[bool] = mapped_column(default=False)  # of women cadres: figures, never names
    takes_figures: Mapped[list[Any]] = mapped_column(JSON)  # of {key, label, unit, by_sex}

    @property
    def rates(self) -> bool:
        """Whether a rating may be given here."""
        return self.takes_rating and not self.is_situation

    @property
    def figures(self) -> list[Figure]:
        return [Figure(**figure) for figure in self.takes_figures]


class InspectionRound(Audited, Model):
    """One đợt kiểm tra: why, when, by whom, with which checklist. Its visits are its units."""

    __tablename__ = "inspection_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))  # where the plan asks for inspections
    name: Mapped[str]
    form: Mapped[InspectionType]
    basis: Mapped[str] = mapped_column(Text, default="")
    period_from: Mapped[date]
    period_to: Mapped[date]
    plan_number: Mapped[str | None]
    plan_on: Mapped[date | None]
    plan_signer: Mapped[str | None]
    decision_number: Mapped[str | None]  # thành lập đoàn
    decision_on: Mapped[date | None]
    report_due_days: Mapped[int] = mapped_column(default=5, server_default="5")  # days before the visit
    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    status: Mapped[RoundStatus] = mapped_column(default=RoundStatus.DRAFT)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    plan: Mapped[Plan] = relationship(lazy="joined", innerjoin=True)
    members: Mapped[list["InspectionMember"]] = relationship(
        back_populates="round", lazy="selectin", order_by="InspectionMember.position"
    )
    checklist_version: Mapped[ChecklistVersion] = relationship(lazy="raise_on_sql")
    conclusions: Mapped[list["Conclusion"]] = relationship(lazy="selectin", viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def chair_ids(self) -> frozenset[int]:
        """Trưởng đoàn and thư ký with an account."""
        chairs = (MemberDuty.LEADER, MemberDuty.SECRETARY)
        return frozenset(m.person_id for m in self.members if m.person_id is not None and m.duty in chairs)

    @property
    def member_ids(self) -> frozenset[int]:
        """The people with an account who are thành viên đoàn of this round."""
        return frozenset(m.person_id for m in self.members if m.person_id is not None)


class InspectionMember(Audited, Model):
    """Somebody of the team. Without an account the name stands as text, and gives no right."""

    __tablename__ = "inspection_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("inspection_round.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    position_words: Mapped[str] = mapped_column(default="")  # chức vụ, as the decision writes it
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    duty: Mapped[MemberDuty]
    position: Mapped[int]
    round: Mapped[InspectionRound] = relationship(back_populates="members", lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="joined")
