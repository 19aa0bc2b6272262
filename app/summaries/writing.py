"""Has a workbook written in a bounded process, so that the server goes on answering meanwhile."""

import json
import pickle
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask_babel import lazy_gettext as _l

from app.core.errors import Busy
from app.documents.progress_workbook import PaperHead, Progress

SECONDS = 300
TOO_LONG = _l("Máy chủ đang bận nên chưa lập xong bảng tính trong thời gian cho phép. Hãy kết xuất lại sau ít phút.")
_ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Written:
    """The bytes of a workbook and how many pages each of its sheets takes in print."""

    data: bytes
    pages: tuple[int, ...]


def write(head: PaperHead, progress: Progress, made_at: datetime) -> Written:
    """The workbook of `progress`. Raises `Busy` when it takes too long."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.summaries.write_worker"],
            input=pickle.dumps((head, progress, made_at)),
            stdout=subprocess.PIPE,
            timeout=SECONDS,
            check=True,
            cwd=_ROOT,
        )
    except subprocess.TimeoutExpired as error:
        raise Busy(TOO_LONG) from error
    said, _end, data = done.stdout.partition(b"\n")
    return Written(data, tuple(json.loads(said)["pages"]))
