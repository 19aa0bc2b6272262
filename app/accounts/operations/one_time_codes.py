"""One-time codes with which a person sets their password; each is shown once, to the account's manager."""

import hashlib
import secrets
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.accounts.models import Person
from app.accounts.operations import passwords
from app.accounts.operations.sign_in import check_password, close_sessions
from app.accounts.operations.throttle import account_key, count, forgive, is_blocked, keys_of
from app.accounts.queries.sessions import person_by_username
from app.core import clock
from app.core.actor import Actor
from app.core.change import change
from app.core.errors import Refused
from app.core.policy import Permission
from app.core.vietnamese import clean_line
from app.extensions import db

LASTS = timedelta(days=7)
NOT_ALIKE = _l("Hai lần nhập mật khẩu không giống nhau.")
WRONG = _l(
    "Chưa đặt được mật khẩu. Tên đăng nhập hoặc mã không đúng, mã đã dùng hoặc đã hết hạn, hoặc đã thử quá nhiều lần; "
    "hãy kiểm tra lại, hoặc nhờ quản trị hay thủ trưởng đơn vị cấp mã mới."
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_GROUPS, _IN_GROUP = 4, 4


def issue(person: Person) -> str:
    """Give a person a fresh code, valid for seven days; to be called inside a change. The code is kept nowhere."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS)]
    code = "-".join(groups)
    person.code_hash, person.code_until = _hash(code), clock.now() + LASTS
    return code


def redeem(username: str, code: str, password: str, again: str, address: str) -> int:
    """Set a password with a one-time code; gives the person's id. One sentence for every failure with name or code.

    A right code passes whatever wait others have brought about (no guess hits it), and ends that of the account.
    Raises `Refused`.
    """
    name = clean_line(username).lower()
    person = person_by_username(name)
    if person is None or not _fits(person, code):
        keys = keys_of(name, address, None)
        if not is_blocked(keys):
            count(keys)
        raise Refused(WRONG)
    check_password(password)
    if password != again:
        raise Refused(NOT_ALIKE, field="password_again")
    hashed = passwords.hashed(password)
    with change(Actor(id=person.id, name=person.name), Permission.ACCOUNT_OWN, person) as opened:
        if not _fits(person, code):  # used a moment ago, in another window
            raise Refused(WRONG)
        person.password_hash, person.code_hash, person.code_until = hashed, None, None
        close_sessions(db.session(), person.id)
        forgive(db.session(), account_key(name))
        opened.note("Account", person.id, {}, action="account.code_used")
    return person.id


def _fits(person: Person, code: str) -> bool:
    in_time = person.code_until is not None and clock.now() < person.code_until
    return person.active and in_time and secrets.compare_digest(person.code_hash or "", _hash(code))


def _hash(code: str) -> str:
    bare = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()
