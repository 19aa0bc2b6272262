"""Makes the sample by the program's own operations: the real plan, invented people, a little progress."""

from datetime import date
from pathlib import Path

from flask import Flask

from app import create_app
from app.accounts.operations import sign_in as accounts
from app.accounts.operations.management import Term, add_person
from app.accounts.policy import Giving
from app.accounts.queries.sessions import actor as actor_named
from app.accounts.sample_accounts import listed
from app.config import Config
from app.core import actor, clock
from app.core.actor import Actor, Role
from app.core.vietnamese import fold
from app.deployment.opening import open_installation
from app.files.store import FileStore
from app.intake.operations import plans as intake
from app.organisation.models import UnitKind
from app.organisation.operations.units import load_units
from app.organisation.queries import ids_by_key, units
from app.sample import clearing, mark
from app.sample.mark import TODAY, SampleMark
from app.sample.progress import head_of, play

TAKEN_IN = date(2024, 4, 22)
PLAN = Path(__file__).resolve().parent / "plan.txt"
PLAN_NAME = "Kế hoạch BĐG 2024.txt"


def has_database(settings: Config) -> bool:
    """Whether there is a database of this product already; makes none."""
    return mark.head(create_app(settings)) is not None


def make_or_open(settings: Config) -> Flask:
    """The application with its sample: made now where there is nothing, else as it was left.

    A sample whose making was interrupted is made again from the start. Raises `ConfigError` where the folder or the
    database holds anything that is not provably the sample's.
    """
    made = mark.read(settings)
    if made is not None and made.complete:
        return open_installation(settings)
    if made is None:
        mark.require_nothing(settings)
    else:
        clearing.clear(settings)
    mark.write(settings, SampleMark(complete=False, chain=None))
    app = open_installation(settings)
    chain = (mark.head(app) or (None, 0))[0]
    mark.write(settings, SampleMark(complete=False, chain=chain))
    clock.pretend(TODAY)
    with app.test_request_context():
        build(settings.files)
    mark.write(settings, SampleMark(complete=True, chain=chain))
    return create_app(settings)


def build(files: Path) -> None:
    """Fill an empty database: units, people, the plan, what has happened up to 10/05/2024."""
    with clock.at(TAKEN_IN):
        load_units(actor.system())
        _people()
        chi, store = person("chi"), FileStore(files)
        draft = intake.read_in(chi, PLAN_NAME, PLAN.read_bytes(), store=store, max_bytes=1_000_000)
        plan = intake.adopt(chi, draft)
    play(plan.id, store)


def person(username: str) -> Actor:
    """One of the sample's people, with the roles they hold."""
    found = actor_named(username)
    assert found is not None, username
    return found


def _people() -> None:
    ids = ids_by_key(units())
    for account in listed():
        made = accounts.create_person(
            actor.system(),
            username=account.username,
            name=account.name,
            title=account.title,
            password=account.password,
            is_sample=True,
        )
        person_id = made.id
        for unit_name, role in account.grants:
            accounts.grant_role(actor.system(), person_id, ids[fold(unit_name)], role)
    _heads()


def _heads() -> None:
    """An invented head for each unit that has none: the sample's units act through them; they have set no password."""
    published = {account.username for account in listed()}
    others = [u for u in units() if u.kind is not UnitKind.COMMITTEE and head_of(u.short_name) not in published]
    for name, (unit_id, short_name, is_local) in zip(
        _NAMES, [(u.id, u.short_name, u.kind.is_local) for u in others], strict=True
    ):
        names = head_of(short_name), name, "Chủ tịch" if is_local else "Thủ trưởng"
        add_person(actor.system(), names, Giving(Role.HEAD, unit_id), Term())  # the one-time code is given to nobody


_NAMES = (
    "Hoàng Văn Phúc", "H’Nga Mlô", "Đặng Quốc Huy", "Trương Thị Thu", "Y Khoa Buôn Yă", "Lý Ngọc Ánh", "Phan Đình Tùng",
    "H’Loan Kbuôr", "Cao Minh Tuấn", "Mai Thị Hằng", "Y Thịnh Niê", "Tô Hồng Vân", "Dương Công Lý", "H’Mai Ayun",
    "Vũ Đức Thọ", "Nguyễn Hải Yến", "Y Bhăm Êban", "Lâm Thị Kiều", "Trịnh Xuân Bách", "H’Duyên Niê", "Đoàn Văn Hậu",
    "Kiều Thanh Bình", "H’Rút Adrơng", "Lê Quang Vinh", "Y Lương Bkrông", "Đinh Thị Sen", "Châu Ngọc Hiền", "Y Sơn Mlô",
)  # fmt: skip
