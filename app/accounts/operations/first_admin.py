"""The first administrator of an installation: made once, with a code printed where the server was started."""

import secrets
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import RoleGrant
from app.accounts.operations import sign_in
from app.accounts.queries import sessions
from app.core import actor
from app.core.actor import Role
from app.core.change import change
from app.core.errors import Forbidden, Refused
from app.core.policy import Permission
from app.core.vietnamese import sort_key
from app.extensions import db
from app.organisation.models import Unit, UnitKind

CLOSED = _l("Quản trị đầu tiên đã được tạo. Hãy đăng nhập, hoặc nhờ quản trị tạo thêm tài khoản.")
WRONG_CODE = _l("Mã dùng một lần không đúng. Mã được in ở cửa sổ đã khởi động hệ thống.")
NOT_ALIKE = _l("Hai lần nhập mật khẩu không giống nhau.")
OFFICE_NAME = "Văn phòng HĐND và UBND"
_FILE = "first-admin.code"


def open_code(folder: Path) -> str | None:
    """The one-time code to print at the start, made if there is no administrator yet; None once there is one."""
    path = folder / _FILE
    if sessions.has_administrator():
        path.unlink(missing_ok=True)
        return None
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(8), encoding="ascii")
    return path.read_text(encoding="ascii")


def require_open(folder: Path) -> None:
    """Raise `Forbidden` unless the first administrator is still to be made with a code of `folder`."""
    if sessions.has_administrator() or not (folder / _FILE).exists():
        raise Forbidden(CLOSED)


def create(folder: Path, *, code: str, username: str, name: str, password: str, again: str) -> None:
    """Make the first administrator. Raises `Refused` for a wrong code, unlike passwords or a bad name."""
    path = folder / _FILE
    if not secrets.compare_digest(code.strip().encode(), path.read_bytes()):
        raise Refused(WRONG_CODE, field="code")
    if password != again:
        raise Refused(NOT_ALIKE, field="password_again")
    create_administrator(username, name, password)
    path.unlink(missing_ok=True)


def create_administrator(username: str, name: str, password: str) -> None:
    """Make an administrator in the office of HĐND and UBND, as the system operator, in one change: both or nothing.

    Raises `Refused` for a bad or taken name and a password that is too short or published.
    """
    person = sign_in.new_person(username, name, password, "Quản trị")
    with change(actor.system(), Permission.PERSON_MANAGE):
        office = db.session.scalar(select(Unit).where(Unit.name == OFFICE_NAME, Unit.valid_to.is_(None)))
        office = office or Unit(
            kind=UnitKind.DEPARTMENT,
            name=OFFICE_NAME,
            short_name="Văn phòng",
            sort_order=0,
            sort_key=sort_key(OFFICE_NAME),
        )
        db.session.add_all([person, office])
        db.session.flush()
        db.session.add(RoleGrant(person_id=person.id, unit_id=office.id, role=Role.ADMIN))
