"""Workbooks that were exported: who, when, what they cover, and the bytes themselves in the file store."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model
from app.files.stored_file import NamesFile


class Export(NamesFile, Audited, Model):
    """One workbook as it was given out; it can be given out again, byte for byte."""

    __tablename__ = "export"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_name: Mapped[str | None]  # as the unit was called on the day
    as_of: Mapped[date]
    profile: Mapped[str]  # the name of the form it was made in
    annex: Mapped[bool]
    duties: Mapped[int]  # given duties it counts, those of them that are done, and those that are late
    done: Mapped[int]
    late: Mapped[int]
    pages: Mapped[str]  # of each sheet in print: "12 2 3 1"
    name: Mapped[str]
    storage_key: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_by_name: Mapped[str]
    made_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def page_count(self) -> int:
        """How many pages the workbook takes in print."""
        return sum(map(int, self.pages.split()))

    @property
    def entered_at(self) -> datetime:
        """When it was made, as people read it."""
        return clock.on_day(self.made_on, self.made_at)
