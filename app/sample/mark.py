"""The mark of a sample's folder, and the proof that what lies there is the sample's and nobody else's."""

import json
import os
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.accounts.models import Person
from app.accounts.sample_accounts import listed
from app.config import SAMPLE_MARK, UNREADABLE, Config, ConfigError
from app.core import anchor
from app.core.database import log_head
from app.extensions import db
from app.files.store import FileStore

TODAY = date(2024, 5, 10)


@dataclass(frozen=True)
class SampleMark:
    """What sample.json says: whether the making was finished, and the chain of the log it was made with."""

    complete: bool
    chain: str | None


def read(settings: Config) -> SampleMark | None:
    """The mark of the folder; None where there is none. Raises `ConfigError` for one that cannot be read."""
    path = settings.data / SAMPLE_MARK
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return SampleMark(said["complete"] is True, said.get("chain"))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(UNREADABLE % {"path": path}) from error


def write(settings: Config, mark: SampleMark) -> None:
    """Write the mark in one step: it is never there by half."""
    path = settings.data / SAMPLE_MARK
    said = {"today": TODAY.isoformat(), "complete": mark.complete, "chain": mark.chain, "note": "DỮ LIỆU GIẢ ĐỊNH"}
    fresh = path.with_name(f"{SAMPLE_MARK}.{os.getpid()}")
    fresh.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def head(app: Flask) -> tuple[str, int] | None:
    """The chain of the application's database and its number of rows; None in one that is new."""
    with app.app_context():
        try:
            return log_head(db.engine)
        finally:
            db.session.remove()
            db.engine.dispose()


def require_nothing(settings: Config) -> None:
    """Raise `ConfigError` where the folder or the database holds anything of anybody."""
    lying = FileStore(settings.files).keys()
    if head(create_app(settings)) is not None or anchor.chains(settings.data) or lying:
        raise ConfigError(
            f"{settings.place} đã có dữ liệu nên không tạo dữ liệu giả định ở đây. Không có gì bị thay đổi. Dữ liệu "
            "thật thì chạy với --no-sample (xem lại BDG_DATABASE_URL); dữ liệu giả định thì chọn thư mục mới."
        )


def require_its_own(settings: Config, mark: SampleMark) -> None:
    """Raise `ConfigError` unless the database and all that the folder notes are provably the sample's."""
    app = create_app(settings)
    found = head(app)
    chain, rows = found or (None, 0)
    strange = anchor.chains(settings.data) - {chain}
    proven = chain == mark.chain if mark.chain else _has_accounts(app) if rows else True
    if strange or (rows and not proven) or (not rows and FileStore(settings.files).keys()):
        raise ConfigError(
            f"{settings.data} có {SAMPLE_MARK} nhưng không chắc dữ liệu trong đó là giả định nên không làm lại. "
            "Không có gì bị thay đổi. Chọn thư mục khác bằng --data."
        )


def _has_accounts(app: Flask) -> bool:
    """Whether every published account is there: the proof of a sample whose mark names no chain."""
    published = {account.username for account in listed()}
    with app.app_context():
        try:
            query = select(Person.username).where(Person.username.in_(published))
            return set(db.session.scalars(query)) == published
        finally:
            db.session.remove()
            db.engine.dispose()
