"""Builds a workbook in a subprocess, so that the server goes on answering meanwhile."""

import json
import pickle
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.core import apart
from app.core.errors import Busy
from app.organisation.profile_defaults import Profile
from app.organisation.settings import Settings

BOUNDS = apart.Bounds(memory_bytes=500_000_000, cpu_seconds=240, seconds=300)
TOO_LONG = _l("Máy chủ đang bận nên chưa lập xong bảng tính trong thời gian cho phép. Hãy kết xuất lại sau ít phút.")


@dataclass(frozen=True)
class Order:
    """All that the process is told: where the data are, what to tell of which `day`, as of which moment, in which form.

    `today` and `now` are those of the office; `made_at` (aware) is the real moment, which dates the file.
    """

    database_url: str
    plan_id: int
    unit_id: int | None
    day: date
    today: date
    now: datetime
    made_at: datetime
    settings: Settings
    profile: Profile
    annex: bool
    site: str
    sample: bool


@dataclass(frozen=True)
class MadeWorkbook:
    """A workbook: how many pages each sheet takes in print, and what it counts.

    `unit_name` is the name of its one unit, as on the day; None for all units, and where the unit had no duty.
    """

    data: bytes
    pages: tuple[int, ...]
    duties: int
    done: int
    late: int
    unit_name: str | None


def write(order: Order) -> MadeWorkbook:
    """The workbook that `order` asks for. Raises `Busy` when it takes too long."""
    try:
        answer = apart.ask("app.summaries.workbook_worker", pickle.dumps(order), BOUNDS)
    except apart.Overstepped as error:
        raise Busy(TOO_LONG) from error
    said, _end, data = answer.partition(b"\n")
    told = json.loads(said)
    return MadeWorkbook(data, tuple(told.pop("pages")), **told)
