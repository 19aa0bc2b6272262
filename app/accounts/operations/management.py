"""Accounts as those who manage them handle them: added, given roles, switched off and on. Nobody is ever deleted."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from app.accounts.models import Person, RoleGrant
from app.accounts.operations.one_time_codes import issue
from app.accounts.operations.sign_in import close_sessions, free_name
from app.accounts.operations.throttle import account_key, forgive
from app.accounts.policy import Giving
from app.accounts.queries.sessions import administrators
from app.core import clock
from app.core.actor import Actor, Role
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission, require
from app.core.vietnamese import clean_line
from app.extensions import db
from app.organisation.models import Unit, UnitKind

LAST_ADMINISTRATOR = _l("Đây là quản trị cuối cùng đang dùng được; hãy giao vai trò quản trị cho người khác trước.")
NAME_NEEDED = _l("Nhập họ và tên.")
ALREADY_HELD = _l("Người này đang giữ vai trò đó trong đơn vị.")
ENDS_BEFORE = _l("Ngày kết thúc không được trước ngày bắt đầu.")
ENDED_ALREADY = _l("Vai trò này đã kết thúc.")
END_NEEDED = _l("Nhập ngày cuối cùng giữ vai trò.")
OFFICE_ONLY = _l("Vai trò điều phối chỉ có ở cơ quan thường trực.")
COMMITTEE_ONLY = _l("Vai trò Lãnh đạo UBND chỉ có ở UBND.")
UNIT_NEEDED = _l("Chọn đơn vị.")
UNIT_CLOSED = _l("Đơn vị đã ngừng hoạt động.")


@dataclass(frozen=True)
class Term:
    """From when to when a role is held; None is open. Both days are included."""

    first: date | None = None
    last: date | None = None


def add_person(actor: Actor, names: tuple[str, str, str], giving: Giving, term: Term) -> tuple[Person, str]:
    """Make an account of (sign-in name, name, title) with its first role; returns it with its one-time code.

    Raises `Refused` for an unfit or taken name and for a role that does not exist in that unit.
    """
    username, name = free_name(names[0], names[1])
    _check(giving, term)
    with change(actor, Permission.PERSON_ADD, giving) as opened:
        person = Person(username=username, name=name, title=clean_line(names[2]), password_hash=None, active=True)
        code = issue(person)
        db.session.add(person)
        db.session.flush()
        _add_grant(person.id, giving, term)
        opened.note("Account", person.id, {}, action="account.code_given")
    return person, code


def rename_person(actor: Actor, person: Person, name: str, title: str, *, seen_version: int) -> None:
    """Set right the name and the title. Raises `Refused` for an empty name."""
    if not clean_line(name):
        raise Refused(NAME_NEEDED, field="name")
    with change(actor, Permission.PERSON_MANAGE, person, seen_version=seen_version):
        person.name, person.title = clean_line(name), clean_line(title)


def give_role(actor: Actor, person: Person, giving: Giving, term: Term, *, seen_version: int) -> None:
    """Give a role in a unit; open sessions end, so that no page shows yesterday's rights. Raises `Refused`."""
    _check(giving, term)
    with change(actor, Permission.PERSON_MANAGE, person, seen_version=seen_version):
        require(actor, Permission.ROLE_GIVE, giving)
        same = [g for g in person.grants if (g.role, g.unit_id) == (giving.role, giving.unit_id)]
        if any(_overlap(g, term) for g in same):
            raise Refused(ALREADY_HELD, field="role")
        _add_grant(person.id, giving, term)
        _changed(person)


def end_role(actor: Actor, person: Person, grant_id: int, last: date | None, *, seen_version: int) -> None:
    """Let a role end after the day `last`; open sessions end. Raises `Refused`, also for the last administrator."""
    if last is None:
        raise Refused(END_NEEDED, field="last")
    with change(actor, Permission.PERSON_MANAGE, person, seen_version=seen_version):
        grant = next((g for g in person.grants if g.id == grant_id), None)
        if grant is None or (grant.valid_to is not None and grant.valid_to < clock.today()):
            raise Refused(ENDED_ALREADY)
        require(actor, Permission.ROLE_GIVE, Giving(grant.role, grant.unit_id, person.id))
        if grant.valid_from is not None and last < grant.valid_from:
            raise Refused(ENDS_BEFORE, field="last")
        grant.valid_to = last
        _changed(person)
        keep_an_administrator()


def switch(actor: Actor, person: Person, *, on: bool, seen_version: int) -> None:
    """Let an account be used again or no longer; its sessions end. Raises `Refused` for the last administrator."""
    with change(actor, Permission.PERSON_MANAGE, person, seen_version=seen_version):
        person.active = on
        close_sessions(db.session(), person.id)
        keep_an_administrator()


def renew_code(actor: Actor, person: Person, *, seen_version: int) -> str:
    """A new one-time code; the password and the sessions that were are worth nothing from now on."""
    with change(actor, Permission.PERSON_MANAGE, person, seen_version=seen_version) as opened:
        person.password_hash = None
        code = issue(person)
        close_sessions(db.session(), person.id)
        opened.note("Account", person.id, {}, action="account.code_given")
    return code


def end_lock(actor: Actor, person: Person) -> None:
    """End the wait that wrong tries have brought about: the person may try again at once. Raises `Forbidden`."""
    with change(actor, Permission.PERSON_MANAGE, person) as opened:
        forgive(db.session(), account_key(person.username))
        opened.note("Account", person.id, {"locked": False}, action="account.unlock")


def _check(giving: Giving, term: Term) -> None:
    if not giving.unit_id:
        raise Refused(UNIT_NEEDED, field="unit")
    unit = db.session.get(Unit, giving.unit_id)
    if unit is None or not unit.stands_on(clock.today()):
        raise Refused(UNIT_CLOSED, field="unit")
    if giving.role is Role.COORDINATOR and not unit.is_coordinating:
        raise Refused(OFFICE_ONLY, field="role")
    if giving.role is Role.LEADER and unit.kind is not UnitKind.COMMITTEE:
        raise Refused(COMMITTEE_ONLY, field="role")
    if term.last is not None and term.last < max(term.first or term.last, clock.today()):
        raise Refused(ENDS_BEFORE, field="last")


def _overlap(grant: RoleGrant, term: Term) -> bool:
    begins, ends = term.first or date.min, term.last or date.max
    return (grant.valid_from or date.min) <= ends and begins <= (grant.valid_to or date.max)


def _add_grant(person_id: int, giving: Giving, term: Term) -> None:
    unit_id, role = giving.unit_id, giving.role
    db.session.add(
        RoleGrant(person_id=person_id, unit_id=unit_id, role=role, valid_from=term.first, valid_to=term.last)
    )


def _changed(person: Person) -> None:
    """A page that shows other roles is an old one from now on, and so are the person's sessions."""
    flag_modified(person, "active")
    close_sessions(db.session(), person.id)


def keep_an_administrator() -> None:
    """Raise `Refused` where a change would leave the installation without an administrator."""
    db.session.flush()
    if not administrators():
        raise Refused(LAST_ADMINISTRATOR)
