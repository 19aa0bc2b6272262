"""`bdg files sweep`: takes files that no row names out of the store, and would rather take none than one too many.

A database that is older than the folder, or another one, names few of the files that lie there: so only a handful may
go, and only into the trash.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.audit import operations
from app.core import anchor, clock, database
from app.extensions import db
from app.files import upkeep
from app.files.store import UnnamedFile, installed_store

MOST, PERCENT = 20, 1
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class StoreState:
    """What is in the store: how many whole files, how many keys the rows name, and the files that no row names."""

    stored: int
    named: int
    unnamed: list[UnnamedFile]

    @property
    def whole(self) -> list[UnnamedFile]:
        """Those that were written to the end: one that was not is nobody's, as nobody was told that it is kept."""
        return [file for file in self.unnamed if file.whole]


def look() -> StoreState:
    """Count the store and find what no row names: older than an hour, and younger than the last copy put back.

    What was there before a copy was put back may belong to a row that the copy does not have.
    """
    store, named = installed_store(), upkeep.named_keys()
    since = operations.renewed_at()
    found = [file for file in store.unnamed(named) if since is None or file.written > since]
    return StoreState(len(store.keys()), len(named), found)


def why_not(found: StoreState, data: Path) -> str | None:
    """The sentence of the refusal; None where the files may go."""
    if not found.named:
        return "Không dọn: cơ sở dữ liệu không nêu tệp nào, nên không biết được tệp nào là thừa."
    head = database.log_head(db.engine)
    noted = anchor.highest(data, head[0]) if head else None
    if head is None or noted is None:
        return "Không dọn: thiếu tệp dấu audit-*.anchor, nên không chắc cơ sở dữ liệu này là của thư mục này."
    if noted[0] > head[1]:
        return (
            f"Không dọn: cơ sở dữ liệu cũ hơn thư mục (nhật ký {head[1]} dòng, đã có đến dòng {noted[0]}), nên tệp mới "
            "hơn bản sao lưu sẽ bị coi là thừa. Xem «bdg audit verify» và docs/van-hanh.md, mục 8."
        )
    going = len(found.whole)
    if going > MOST or going * 100 > found.stored * PERCENT:
        return (
            f"Không dọn: {going} trong {found.stored} tệp của kho không dòng nào nêu, quá {PERCENT} % hoặc quá {MOST} "
            "tệp; nhiều như thế thường là nhầm cơ sở dữ liệu. Xem danh sách bằng «bdg files sweep --list». Để nguyên "
            "thì chỉ tốn chỗ, không hại gì."
        )
    return None


def sweep(found: StoreState) -> int:
    """Move the files into the trash of the day; returns how many were deleted that had lain there for thirty days."""
    store, today = installed_store(), clock.now().date()
    if found.unnamed:
        store.set_aside([file.name for file in found.unnamed], today)
    return len(store.empty_trash(today - KEPT))
