"""Makes the sample by the program's own operations: the real plan, invented people, a little progress."""

import json
import shutil
from datetime import date
from pathlib import Path

from flask import Flask

from app import config as configuration
from app import create_app
from app.accounts import operations as accounts
from app.accounts.people import Term, add_person
from app.accounts.policy import Giving
from app.accounts.queries import actor as actor_named
from app.accounts.queries import people_exist
from app.core import actor, clock
from app.core.actor import Actor, Role
from app.core.vietnamese import fold
from app.evidence.storage import FileStore
from app.extensions import db
from app.intake import operations as intake
from app.organisation.models import UnitKind
from app.organisation.operations import load_units
from app.organisation.queries import ids_by_key, units
from app.sample.progress import head_of, play
from app.sample_accounts import listed

TODAY = date(2024, 5, 10)
TAKEN_IN = date(2024, 4, 22)
PLAN = Path(__file__).resolve().parent / "plan.txt"
PLAN_NAME = "Kế hoạch BĐG 2024.txt"
_MARK = "sample.json"


def build_if_empty(app: Flask) -> Flask:
    """The application with its sample: made now in an empty database, left alone where there is data.

    A sample whose making was interrupted is made again from the start.
    """
    settings: configuration.Config = app.extensions["bdg"]
    with app.app_context():
        begun = people_exist()
    mark = settings.data / _MARK
    if mark.exists() and json.loads(mark.read_text(encoding="utf-8"))["complete"]:
        return app
    if begun:
        if not mark.exists():
            return app
        app = _begin_again(app)
    _write_mark(mark, complete=False)
    clock.pretend(TODAY)
    with app.test_request_context():
        build(settings.files)
    _write_mark(mark, complete=True)
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


def _begin_again(app: Flask) -> Flask:
    settings: configuration.Config = app.extensions["bdg"]
    if not settings.database_url.startswith("sqlite"):
        raise configuration.ConfigError("Dữ liệu giả định chưa được tạo đầy đủ; hãy tạo lại cơ sở dữ liệu trống.")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for path in settings.data.glob("bdg.sqlite3*"):
        path.unlink()
    shutil.rmtree(settings.files, ignore_errors=True)
    from app import schema

    fresh = create_app(settings)
    schema.upgrade(fresh)
    return fresh


def _write_mark(path: Path, *, complete: bool) -> None:
    said = {"today": TODAY.isoformat(), "complete": complete, "note": "DỮ LIỆU GIẢ ĐỊNH"}
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
