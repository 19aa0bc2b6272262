"""Sổ vụ việc đột xuất: how many, where, in which period, reported by which document to whom. No persons, no stories.

Nothing of a line goes into the log: it says that a line was written, by whom and when. What stood in a corrected line
stays in the register itself, behind the register's own rights.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.organisation.models import Unit


class Authority(Audited, Model):
    """A body that receives reports; `key` is the fold of its name."""

    __tablename__ = "incident_authority"
    never_logged = frozenset({"name", "key"})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    archived: Mapped[bool] = mapped_column(default=False)


class IncidentKeeper(Audited, Model):
    """Staff of a unit whom its head has named to keep the register; over once `ended_at` is set."""

    __tablename__ = "incident_keeper"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class IncidentLine(Audited, Model):
    """One line. It is never rewritten: a correction is a line of its own and marks this one `replaced_at`."""

    __tablename__ = "incident_line"
    never_logged = frozenset(
        {"unit_id", "period_from", "period_to", "cases", "document_number", "document_on", "authority_id"}
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    period_from: Mapped[date]
    period_to: Mapped[date] = mapped_column(index=True)
    cases: Mapped[int]
    document_number: Mapped[str]
    document_on: Mapped[date]
    authority_id: Mapped[int] = mapped_column(ForeignKey("incident_authority.id"))
    on_behalf: Mapped[bool]  # written by the coordinating office on the basis of the unit's document
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("incident_line.id"), unique=True)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_by_name: Mapped[str]
    entered_on: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(Moment)
    replaced_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    authority: Mapped[Authority] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def written_at(self) -> datetime:
        """When it was written, as people read it."""
        return clock.on_day(self.entered_on, self.entered_at)
