"""A plan between the reading and the board: its duties, what was not understood, and every step that people took."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.plans.models import ActionKind, DueLevel

Named = tuple[int | None, str]  # id of a unit in the list, or None for a name that is not there; the name


class Relation(StrEnum):
    """How a duty of the draft stands to the plan that is on the board."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class DraftDuty(Audited, Model):
    """One duty as it would go on the board. Nothing is deleted: what an edit takes away is `gone`."""

    __tablename__ = "draft_duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("plan_draft.id"), index=True)
    position: Mapped[int]
    clause: Mapped[str]  # its address in the document
    origin: Mapped[int | None]  # which reading it stems from, counted from 0; None where a person added it
    wording: Mapped[str | None] = mapped_column(Text)  # None: the clause as it stands
    leads: Mapped[list[Any]] = mapped_column(JSON)  # of `Named`
    coordinating: Mapped[list[Any]] = mapped_column(JSON)  # of `Named`
    kind: Mapped[ActionKind]
    is_request: Mapped[bool]
    due_on: Mapped[date | None]
    due_level: Mapped[DueLevel | None]
    due_basis: Mapped[str | None]
    starts_on: Mapped[date | None]
    product: Mapped[str | None]
    content: Mapped[str | None]  # address of the common content that it serves
    splits: Mapped[list[Any]] = mapped_column(JSON)  # texts that the reader suggests to part it into
    included: Mapped[bool] = mapped_column(default=True)
    gone: Mapped[bool] = mapped_column(default=False)
    relation: Mapped[Relation] = mapped_column(default=Relation.NEW)
    was: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # of a changed one: field → value before
    action_id: Mapped[int | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class DraftLeftover(Audited, Model):
    """A piece of the document that was not understood; `begins` and `ends` are its place in the source."""

    __tablename__ = "draft_leftover"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("plan_draft.id"), index=True)
    reason: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    begins: Mapped[int]
    ends: Mapped[int]
    clause: Mapped[str | None]
    dealt: Mapped[bool] = mapped_column(default=False)


class DraftName(Audited, Model):
    """What a person said of a name that is not in the list of units: a new unit, or another name of `unit_id`."""

    __tablename__ = "draft_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("plan_draft.id"), index=True)
    name: Mapped[str]
    key: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    gone: Mapped[bool] = mapped_column(default=False)


class StepDeed(StrEnum):
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    EXCLUDED = "excluded"
    INCLUDED = "included"
    ADDED = "added"
    DEALT = "dealt"
    NAMED = "named"
    HEAD = "head"
    BASE = "base"
    UNDONE = "undone"
    ADOPTED = "adopted"


class DraftStep(Audited, Model):
    """One step in the review of a draft, with what stood before in everything that it touched."""

    __tablename__ = "draft_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("plan_draft.id"), index=True)
    deed: Mapped[StepDeed]
    subject: Mapped[str]
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("draft_duty.id"))
    before: Mapped[list[Any]] = mapped_column(JSON)
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str]
    entered_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("draft_step.id"))


class ResultsImport(Audited, Model):
    """What an Excel file says was done so far, kept to be looked at and entered once, whole."""

    __tablename__ = "results_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    source_name: Mapped[str]
    source_sha256: Mapped[str]
    document_number: Mapped[str]
    document_on: Mapped[date | None]
    rows: Mapped[list[Any]] = mapped_column(JSON)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    applied_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
