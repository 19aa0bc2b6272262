"""Who acts: a person with roles in units, as plain frozen data that rules can read anywhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    HEAD = "head"
    DEPUTY = "deputy"
    STAFF = "staff"


@dataclass(frozen=True)
class Grant:
    """A role held in one unit."""

    role: Role
    unit_id: int


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or the system's own hand; never a stranger."""

    id: int
    name: str
    grants: tuple[Grant, ...] = ()
    title: str = ""
    unit_name: str = ""
    language: str | None = None
    theme: str | None = None
    session_id: int | None = None
    session_token: str = ""
    session_used_at: datetime | None = None
    role_ended: date | None = None  # the last day of the role that ended latest
    as_of: str = ""  # number and hash of the log's newest entry when this was read: "1204-8f3c…"
    is_system: bool = False

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The opaque session token flask-login keeps in the signed cookie."""
        return self.session_token

    def has(self, *roles: Role, unit_id: int | None = None) -> bool:
        """Whether one of `roles` is held, in `unit_id` where it is given."""
        return any(g.role in roles and unit_id in (None, g.unit_id) for g in self.grants)

    def heads(self, unit_id: int) -> bool:
        """Thủ trưởng of the unit, or a deputy in charge (KT.)."""
        return self.has(Role.HEAD, Role.DEPUTY, unit_id=unit_id)

    def works_in(self, unit_id: int) -> bool:
        """Belongs to the unit in a role that does its work."""
        return self.has(Role.HEAD, Role.DEPUTY, Role.STAFF, Role.COORDINATOR, unit_id=unit_id)

    @property
    def coordinates(self) -> bool:
        return self.has(Role.COORDINATOR)

    @property
    def presides(self) -> bool:
        """Lãnh đạo UBND."""
        return self.has(Role.LEADER)

    @property
    def administers(self) -> bool:
        return self.has(Role.ADMIN)

    def viewer(self, *, personal: bool) -> "Actor":
        """What of this actor decides an answer kept for others: the roles, and who it is where `personal`."""
        return Actor(self.id if personal else NOBODY, "", self.grants, is_system=self.is_system)

    @property
    def unit_ids(self) -> frozenset[int]:
        """Units in which this person does the unit's work."""
        return frozenset(g.unit_id for g in self.grants if g.role not in (Role.ADMIN, Role.LEADER))


SYSTEM_ID = 1
NOBODY = 0  # no row has this id


def system() -> Actor:
    """The named system operator: the command line, imports, the sample's builder."""
    return Actor(id=SYSTEM_ID, name="Vận hành hệ thống", is_system=True)
