"""Builds one workbook in a process of its own (`app.core.apart`), at low priority.

Standard input: an `Order`, pickled by the server itself. Standard output: one line of JSON (what `MadeWorkbook` tells),
then the bytes of the file.
"""

import json
import pickle
import sys
from collections import Counter
from typing import Any

from flask import Flask

from app.board.views.card import Today
from app.core import clock, database
from app.extensions import babel, db
from app.formats.progress_workbook import Progress
from app.formats.progress_workbook.making import progress_workbook
from app.plans import queries as plans
from app.summaries.heads import head
from app.summaries.queries import progress as queries
from app.summaries.workbook_process import Order

PAPER_LANGUAGE = "vi"  # whatever language people read pages in


def main() -> None:
    """Answer what the process was asked on its standard input."""
    order: Order = pickle.load(sys.stdin.buffer)
    with _reader(order.database_url).app_context(), clock.at(order.today):
        told, data = _made(order)
        db.session.remove()
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode() + b"\n" + data)


def _reader(database_url: str) -> Flask:
    """As much of the application as reading needs."""
    app = Flask(__name__)
    app.config.update(SQLALCHEMY_DATABASE_URI=database_url, BABEL_DEFAULT_LOCALE=PAPER_LANGUAGE)
    db.init_app(app)
    babel.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
    return app


def _made(order: Order) -> tuple[dict[str, Any], bytes]:
    plan = plans.plan(order.plan_id)
    assert plan is not None  # nothing takes a plan off the board
    progress = queries.progress(plan.id, order.unit_id, Today(order.day, order.settings), order.site)
    unit_name = _unit_name(order, progress)
    described = head(plan, order, unit_name or "")
    book = progress_workbook(described, progress, made_at=order.made_at)
    data = book.to_bytes()
    return {"pages": book.pages, "unit_name": unit_name, **_counts(progress)}, data


def _unit_name(order: Order, progress: Progress) -> str | None:
    if order.unit_id is None:
        return None
    return next((row.lead for section in progress.sections for row in section.rows), None)


def _counts(progress: Progress) -> dict[str, int]:
    counts: Counter[str] = Counter(duties=0, done=0, late=0)
    for row in (row for group in progress.units for row in group.rows):
        counts.update(duties=row.total, done=row.done, late=row.open_late)
    return dict(counts)
