"""The structured log: one JSON object a line, with the reference number that error pages show."""

import json
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.core.change import request_id
from app.core.clock import now

_FIELDS = ("method", "path", "status", "person_id", "endpoint", "took_ms")
_BYTES, _KEPT = 5_000_000, 5


class JsonLines(logging.Formatter):
    """A record as one line of JSON; never a password, a token or the content of a form."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": now().isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= {key: getattr(record, key) for key in _FIELDS if hasattr(record, key)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def start(folder: Path) -> None:
    """Log to stderr and to `folder`/bdg.log, rotated at 5 MB, five kept."""
    folder.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(folder / "bdg.log", maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.WARNING)
    logger = logging.getLogger("bdg")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    for handler in (file, screen):
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
