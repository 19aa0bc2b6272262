"""A plan as issued, its clauses as addressed in it, and the actions that its clauses ask for."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.files.stored_file import NamesFile
from app.organisation.models import Unit


class ActionKind(StrEnum):
    DATED = "dated"  # có thời hạn
    WITHIN_YEAR = "within_year"  # trong năm: the plan names no date
    STANDING = "standing"  # thường xuyên: results per period, never late


class ClauseKind(StrEnum):
    HEADING = "heading"
    ITEM = "item"


class DueLevel(StrEnum):
    """Who set a date. Only dates of UBND level make a duty late."""

    UBND = "ubnd"
    OFFICE = "office"


class Plan(Audited, Model):
    """One issued document; number and day may be blank, as in the document."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    year: Mapped[int]
    issuer: Mapped[str]
    number: Mapped[str | None]
    number_suffix: Mapped[str | None]
    date_words: Mapped[str | None]
    signer: Mapped[str | None]
    legal_bases: Mapped[list[str]] = mapped_column(JSON)
    closing: Mapped[str] = mapped_column(Text)
    source_name: Mapped[str]
    source_sha256: Mapped[str] = mapped_column(index=True)
    content_key: Mapped[str] = mapped_column(index=True)
    adopted_on: Mapped[date]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Clause(Audited, Model):
    """A node of the plan's text, addressed as the document does (`II.5`, `III.7.b`), quoted verbatim."""

    __tablename__ = "clause"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    address: Mapped[str]
    kind: Mapped[ClauseKind]
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    is_common: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())  # no longer in the plan as amended


class Action(Audited, Model):
    """What one clause asks for: its leading units get a card each."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), index=True)
    position: Mapped[int]
    duty: Mapped[str | None]  # the part of a clause that has a date of its own: "báo cáo 6 tháng"
    kind: Mapped[ActionKind]
    is_request: Mapped[bool] = mapped_column(default=False)
    is_remedy: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # asked by an inspection's conclusion
    is_shared: Mapped[bool] = mapped_column(default=False)  # binds every ward and commune: one parent row
    needs_evidence: Mapped[bool] = mapped_column(default=True)
    due_on: Mapped[date | None]
    due_wording: Mapped[str | None]
    starts_on: Mapped[date | None]
    product: Mapped[str | None]
    content_id: Mapped[int | None]  # the common content (clause of part II) that it serves
    amended_by_id: Mapped[int | None]  # the amendment that last changed, added or withdrew it
    plan: Mapped[Plan] = relationship(lazy="joined", innerjoin=True)
    clause: Mapped[Clause] = relationship(lazy="joined", innerjoin=True)
    coordinating: Mapped[list["CoordinatingUnit"]] = relationship(
        lazy="selectin", order_by="CoordinatingUnit.position", cascade="all, delete-orphan"
    )


class CoordinatingUnit(Audited, Model):
    """A unit that works with the lead; a name without an account stands as text."""

    __tablename__ = "coordinating_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    position: Mapped[int]
    unit: Mapped[Unit | None] = relationship(lazy="joined")


class PlanAmendment(Audited, Model):
    """A later text of a plan that was taken over: its number and day stand on every duty that it changed."""

    __tablename__ = "plan_amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("plan_draft.id"))
    number: Mapped[str]
    issued_on: Mapped[date]
    adopted_on: Mapped[date]


class PlanDraft(NamesFile, Audited, Model):
    """A document that was read and waits to be put on the board. The original bytes lie in the file store."""

    __tablename__ = "plan_draft"
    stored_as = ("storage_key", "source_name", "source_sha256")

    id: Mapped[int] = mapped_column(primary_key=True)
    source_name: Mapped[str]
    source_sha256: Mapped[str]
    storage_key: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    head: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # facts of the document that a person put right
    base_plan_id: Mapped[int | None]  # the plan on the board that this document is another text of
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class PlanChoice(Model):
    """The plan on which pages open for one person where their address names none. No act: not in the log."""

    __tablename__ = "plan_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
