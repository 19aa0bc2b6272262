"""Units: departments, service units, bodies, wards and communes. Never a person; names repeat and are no keys."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.change import Audited
from app.extensions import Model


class UnitKind(StrEnum):
    DEPARTMENT = "department"  # phòng, ban chuyên môn
    SERVICE = "service"  # đơn vị sự nghiệp
    BODY = "body"  # Mặt trận, đoàn thể: outside UBND, asked and not ordered
    COMMITTEE = "committee"  # UBND and Ban of the level itself
    WARD = "ward"  # phường
    COMMUNE = "commune"  # xã

    @property
    def is_local(self) -> bool:
        """A ward or a commune."""
        return self in (UnitKind.WARD, UnitKind.COMMUNE)


class Unit(Audited, Model):
    """One unit between two days. `sort_order` is the official order and comes before the alphabet."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[UnitKind]
    name: Mapped[str]
    short_name: Mapped[str]
    sort_order: Mapped[int]
    sort_key: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    closed_by: Mapped[str | None]  # the decision's number
    heir_id: Mapped[int | None]  # the unit into which it passed
    is_coordinating: Mapped[bool] = mapped_column(default=False)
    staff_may_send: Mapped[bool] = mapped_column(default=False)
    leader_confirms: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()
    aliases: Mapped[list["UnitAlias"]] = relationship(back_populates="unit", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    def stands_on(self, day: date) -> bool:
        """Whether the unit exists on `day`."""
        return self.has_begun(day) and (self.valid_to is None or day <= self.valid_to)

    def has_begun(self, day: date) -> bool:
        """Whether the unit exists on `day` or did before."""
        return self.valid_from is None or self.valid_from <= day


class UnitAlias(Audited, Model):
    """Another way in which documents write a unit's name; `key` is its fold."""

    __tablename__ = "unit_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    alias: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    unit: Mapped[Unit] = relationship(back_populates="aliases", lazy="raise_on_sql")


class UnitName(Audited, Model):
    """A name that a unit had until `valid_to`, and the decision by which it got the next one."""

    __tablename__ = "unit_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    short_name: Mapped[str]
    valid_to: Mapped[date]
    decision: Mapped[str]


class Setting(Audited, Model):
    """A value an office may change; the defaults stand in `app/organisation/settings.py`."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
