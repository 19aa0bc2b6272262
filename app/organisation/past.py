"""What units were called on a past day, read from the log."""

import json
from datetime import date, datetime

from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEntry
from app.extensions import db


def unit_names_on(day: date) -> dict[int, str]:
    """Unit id → its name at the end of `day`, for the units that were given another name since."""
    query = (
        select(AuditEntry.subject_id, AuditEntry.at, AuditEntry.changes)
        .where(AuditEntry.subject_type == "Unit", AuditEntry.changes.contains('"name":'))
        .order_by(AuditEntry.sequence)
    )
    names: dict[int, str] = {}
    for unit_id, at, changes in db.session.execute(query):
        before, _after = json.loads(changes).get("name", (None, None))
        if before is not None and clock.local(datetime.fromisoformat(at)).date() > day:
            names.setdefault(int(unit_id), before)  # the first change after the day tells what went before it
    return names
