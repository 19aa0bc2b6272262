"""Who may manage accounts: the administrator all of them, the head of a unit those who work under them there."""

from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from app.core.actor import Actor, Role
from app.core.policy import RULES, Permission

NOT_YOURS = _l("Đây là tài khoản của người khác.")
ADMINISTRATOR_ONLY = _l("Chỉ quản trị được thực hiện thao tác này.")
NOT_YOUR_PEOPLE = _l("Chỉ quản trị, hoặc thủ trưởng, cấp phó phụ trách đối với người của đơn vị mình.")
BEYOND_YOU = _l("Người này giữ vai trò mà chỉ quản trị được thay đổi.")
NOT_YOUR_ROLE = _l("Vai trò này do quản trị giao.")
OWN_ACCOUNT = _l("Không tự thay đổi vai trò, khóa hoặc cấp mã cho tài khoản của chính mình.")
OTHERS_GUIDE = _l("Hướng dẫn này dành cho vai trò khác.")
UNDER = {Role.HEAD: frozenset({Role.DEPUTY, Role.STAFF}), Role.DEPUTY: frozenset({Role.STAFF})}


@dataclass(frozen=True)
class Giving:
    """A role in a unit that somebody is to get; `person_id` 0 for somebody who has no account yet."""

    role: Role
    unit_id: int
    person_id: int = 0


class PersonLike(Protocol):
    """What the rules read of an account."""

    @property
    def id(self) -> int: ...

    @property
    def held(self) -> tuple[tuple[Role, int], ...]: ...


def roles_to_give(actor: Actor, unit_id: int) -> frozenset[Role]:
    """The roles that `actor` may give in a unit: the administrator any, a head the roles below their own."""
    if actor.administers:
        return frozenset(Role)
    return frozenset(role for own, roles in UNDER.items() if actor.has(own, unit_id=unit_id) for role in roles)


def sees_people(actor: Actor, unit_id: int | None) -> Any:
    """`unit_id` None asks whether the person may see the people of any unit at all."""
    heads = actor.has(*UNDER, unit_id=unit_id)
    return None if actor.administers or heads else NOT_YOUR_PEOPLE


def gives_role(actor: Actor, giving: Giving) -> Any:
    if giving.person_id == actor.id:
        return OWN_ACCOUNT
    if giving.role in roles_to_give(actor, giving.unit_id):
        return None
    return NOT_YOUR_ROLE if roles_to_give(actor, giving.unit_id) else NOT_YOUR_PEOPLE


def manages_person(actor: Actor, person: PersonLike | None) -> Any:
    """`person` None stands for the accounts of the installation as a whole."""
    if person is not None and person.id == actor.id:
        return OWN_ACCOUNT
    if actor.administers:
        return None
    if person is None:
        return ADMINISTRATOR_ONLY
    if not any(actor.has(*UNDER, unit_id=unit_id) for _role, unit_id in person.held):
        return NOT_YOUR_PEOPLE
    within = all(role in roles_to_give(actor, unit_id) for role, unit_id in person.held)
    return None if within else BEYOND_YOU


def is_guided(actor: Actor, guide: str) -> Any:
    """Whether a page of the manual is about what the person does: office, head, staff, leader or administrator."""
    heads = any(actor.heads(unit_id) for unit_id in actor.unit_ids)
    held = {
        "office": actor.coordinates,
        "head": heads,
        "staff": bool(actor.unit_ids) and not heads,
        "leader": actor.presides,
        "administrator": actor.administers,
    }
    return None if held[guide] else OTHERS_GUIDE


def is_own(actor: Actor, account: Any) -> Any:
    return None if account.id == actor.id else NOT_YOURS


RULES |= {
    Permission.ACCOUNT_OWN: is_own,
    Permission.GUIDE_OWN: is_guided,
    Permission.PEOPLE_SEE: sees_people,
    Permission.PERSON_ADD: gives_role,
    Permission.ROLE_GIVE: gives_role,
    Permission.PERSON_MANAGE: manages_person,
}
