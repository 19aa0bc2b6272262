"""What the database says: schema, log, clock, accounts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from app import create_app
from app.accounts.operations import passwords
from app.accounts.queries import sessions
from app.accounts.sample_accounts import listed
from app.audit import queries
from app.config import Config
from app.core import clock
from app.core.database import DatabaseTrouble
from app.deployment import schema

_TOLERANCE = timedelta(minutes=2)


def faults(config: Config) -> Iterator[str]:
    """What is wrong with what is kept. A database that cannot be read is one sentence."""
    yield from _clock(clock.now())
    if config.is_sample:
        yield f"{config.data} là dữ liệu giả định (mật khẩu ai cũng biết): dữ liệu thật cần một thư mục khác."
    if config.database_url.startswith("sqlite") and not (config.data / "bdg.sqlite3").exists():
        yield f"{config.data}: chưa có cơ sở dữ liệu. Khởi động một lần với --no-sample, hoặc sửa BDG_DATA."
        return
    app = create_app(config)
    with app.app_context():
        try:
            yield from _kept(config)
        except DatabaseTrouble:
            yield "Không đọc được cơ sở dữ liệu: kiểm tra BDG_DATABASE_URL, dịch vụ PostgreSQL, hoặc tệp bdg.sqlite3."


def _kept(config: Config) -> Iterator[str]:
    if not schema.is_newest():
        yield "Cơ sở dữ liệu chưa ở phiên bản của chương trình: sao lưu rồi chạy «bdg db upgrade»."
        return
    yield from _log(config.data)
    yield from _order(clock.now(), queries.last_written())
    if not config.is_sample:
        yield from _accounts()


def _log(data: Path) -> Iterator[str]:
    verdict = queries.verify(data)
    if verdict.broken is not None:
        yield f"Nhật ký không nguyên vẹn từ dòng {verdict.broken}: giữ nguyên máy, báo người phụ trách an toàn."
    elif verdict.unproven:
        yield f"{data}: thiếu tệp audit-*.anchor giữ dấu nhật ký từ đầu; lấy lại từ bản sao lưu."


def _clock(now: datetime) -> Iterator[str]:
    made = schema.made_on()
    if clock.local(now).date() < made:
        yield f"Đồng hồ máy chỉ {clock.local(now):%d/%m/%Y}, trước ngày làm bản này ({made:%d/%m/%Y}): chỉnh giờ."


def _order(now: datetime, last: datetime | None) -> Iterator[str]:
    if last is not None and last - now > _TOLERANCE:
        yield (
            f"Đồng hồ máy ({clock.local(now):%d/%m/%Y %H:%M}) chậm hơn dòng nhật ký mới nhất "
            f"({clock.local(last):%d/%m/%Y %H:%M}): chỉnh giờ và bật đồng bộ giờ (NTP)."
        )


def _accounts() -> Iterator[str]:
    published = {account.username: account.password for account in listed()}
    kept = sessions.password_hashes(published)
    known = sorted(name for name, stored in kept.items() if stored and passwords.matches(stored, published[name]))
    if known:
        yield f"Tài khoản dùng mật khẩu công bố của dữ liệu giả định: {', '.join(known)}. Đổi mật khẩu hoặc khóa lại."
    if not sessions.has_administrator():
        yield "Chưa có quản trị: dùng đường dẫn được in khi khởi động, hoặc «bdg admin create»."
