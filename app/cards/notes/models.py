"""What people write on a duty: notes, results per period, and requests to correct what was entered for a unit."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cards.models import Card
from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model


class NoteKind(StrEnum):
    PROGRESS = "progress"
    COORDINATION = "coordination"  # what a coordinating unit did
    DIFFICULTY = "difficulty"
    PROPOSAL = "proposal"
    RESULT = "result"  # of a standing duty, for one period

    @property
    def is_open_to_all(self) -> bool:
        """Whether everybody who reads the duty reads the note: difficulties and proposals stay with the unit."""
        return self not in (NoteKind.DIFFICULTY, NoteKind.PROPOSAL)


class Period(StrEnum):
    """The periods of a standing duty, in their order within the plan's year."""

    HALF = "half"
    YEAR = "year"


class CardNote(Audited, Model):
    """One note of one unit. It is never rewritten: a correction is a new row that names the one it replaces."""

    __tablename__ = "card_note"
    __table_args__ = (Index("ix_card_note_behalf", "on_behalf", "entered_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_name: Mapped[str]  # as the plan writes it where a coordinating unit has no account
    kind: Mapped[NoteKind]
    period: Mapped[Period | None]
    period_year: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str]
    on_behalf: Mapped[bool] = mapped_column(default=False)
    document_number: Mapped[str | None]
    document_on: Mapped[date | None]
    entered_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("card_note.id"))
    resolved_on: Mapped[date | None]  # a difficulty that was đã giải quyết
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    resolved_by_name: Mapped[str | None]
    card: Mapped[Card] = relationship(lazy="raise_on_sql")


class Target(StrEnum):
    """What the office entered for a unit."""

    EVENT = "event"
    EVIDENCE = "evidence"
    NOTE = "note"


class Answer(StrEnum):
    CORRECTED = "corrected"
    KEPT = "kept"


class CorrectionRequest(Audited, Model):
    """A unit asks the office to correct one thing entered for it; open until it is answered."""

    __tablename__ = "correction_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"), index=True)
    target: Mapped[Target]
    target_id: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_by_name: Mapped[str]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[Answer | None] = mapped_column(index=True)
    answer_reason: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_by_name: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    card: Mapped[Card] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        return self.answer is None
