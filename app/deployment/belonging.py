"""Whether a data folder and a database belong together: before anything is written to either of them.

A folder remembers its database by the file in which the heads of the log are noted, `audit-<chain>.anchor`. Where that
is lost, the files tell: those that lie in the folder and those that the rows name must have one in common.
"""

from pathlib import Path

from flask import Flask

from app import config
from app.core import anchor, database
from app.extensions import db
from app.files import upkeep
from app.files.store import installed_store

_ADVICE = "Không có gì bị thay đổi. Xem lại BDG_DATA và BDG_DATABASE_URL (tệp cấu hình có được nạp không)."


def require(app: Flask, *, or_empty: bool = False) -> None:
    """Raise `ConfigError` where the folder is that of another database, or where the database is new and it is not.

    `or_empty`: a folder that holds nothing of any database is taken, too, for one whose rows name files.
    """
    data: Path = app.extensions["bdg"].data
    with app.app_context():
        try:
            head, noted = database.log_head(db.engine), anchor.chains(data)
            _compare(data, head, noted, or_empty)
        finally:
            db.session.remove()


def _compare(data: Path, head: tuple[str, int] | None, noted: frozenset[str], or_empty: bool) -> None:
    chain, rows = head or ("", 0)
    strange = sorted(noted - {chain})
    if strange:
        raise config.ConfigError(_of_another(data, anchor.name_of(strange[0]), is_new=not rows))
    if noted:
        return
    lying = installed_store().keys()
    if lying and not rows:
        raise config.ConfigError(
            f"{data} đang giữ {len(lying)} tệp, mà cơ sở dữ liệu thì còn trống: đây không phải cơ sở dữ liệu của thư "
            f"mục này. {_ADVICE}"
        )
    named = upkeep.named_keys() if rows else frozenset()
    if (lying or (named and not or_empty)) and named.isdisjoint(lying):
        raise config.ConfigError(
            f"{data} không phải thư mục của cơ sở dữ liệu này: trong thư mục có {len(lying)} tệp, cơ sở dữ liệu nêu "
            f"{len(named)} tệp, không tệp nào trùng nhau, và không có tệp dấu audit-*.anchor. {_ADVICE} "
            "Chỉ khi kho tệp đã mất hẳn và phải chạy không có tệp thì chạy «bdg audit renew»."
        )


def _of_another(data: Path, name: str, *, is_new: bool) -> str:
    what = "cơ sở dữ liệu thì còn trống" if is_new else "cơ sở dữ liệu là của một bản cài đặt khác"
    return (
        f"{data} thuộc về cơ sở dữ liệu khác: trong thư mục có tệp dấu nhật ký {name}, mà {what}. {_ADVICE} "
        f"Chỉ khi chắc chắn tệp {name} là của một cơ sở dữ liệu không còn dùng thì chuyển tệp ấy ra ngoài thư mục."
    )


def has_database(app: Flask) -> bool:
    """Whether there is a database of this product; makes none."""
    with app.app_context():
        return database.log_head(db.engine) is not None


def behind(app: Flask) -> str | None:
    """A sentence where the database is older than what the folder has noted of it (a copy put back); else None."""
    data: Path = app.extensions["bdg"].data
    with app.app_context():
        head = database.log_head(db.engine)
    noted = anchor.highest(data, head[0]) if head else None
    if head is None or noted is None or noted[0] <= head[1]:
        return None
    return (
        f"Cơ sở dữ liệu cũ hơn thư mục dữ liệu: nhật ký có {head[1]} dòng, tệp dấu đã ghi đến dòng {noted[0]} (phục "
        "hồi từ bản sao lưu?). Tệp minh chứng còn nguyên. Nếu đúng là bản phục hồi: chạy «bdg audit renew» để nhật ký "
        "ghi lại việc này; nếu không, dừng máy chủ và tìm cơ sở dữ liệu mới hơn (docs/van-hanh.md, mục 8)."
    )
