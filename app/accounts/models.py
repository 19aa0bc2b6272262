"""People, the roles they hold in units, their sessions and the counters that slow guessing down."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.actor import Role
from app.core.change import Audited
from app.core.types import Moment
from app.extensions import Model


class Person(Audited, Model):
    """An account with the least data: a name, a sign-in name and a password hash (Argon2id)."""

    __tablename__ = "person"
    never_logged = frozenset({"password_hash", "code_hash"})

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    code_hash: Mapped[str | None]  # of the one-time code with which a password is set
    code_until: Mapped[datetime | None] = mapped_column(Moment)
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str | None]
    theme: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def held(self) -> tuple[tuple[Role, int], ...]:
        """(role, unit) of every grant that has not ended before today."""
        today = clock.today()
        return tuple((g.role, g.unit_id) for g in self.grants if g.valid_to is None or g.valid_to >= today)


class RoleGrant(Audited, Model):
    """(person, unit, role), several per person, between two days."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[Role]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="grants", lazy="raise_on_sql")

    def in_force(self, day: date) -> bool:
        """Whether the role is held on `day`."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_to is None or day <= self.valid_to)


class LoginSession(Model):
    """One signed-in browser. The cookie holds a random token, this row its SHA-256."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class LoginFailure(Model):
    """A failed sign-in, counted per account and per address; old rows are swept."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
