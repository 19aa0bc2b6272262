"""Rows for the documents that were read before drafts were kept as rows; for the migration alone."""

import json
from typing import Any

from sqlalchemy import Connection, Table, column, select, table

from app.documents.plan_reader import from_dict
from app.intake.models import DraftDuty, DraftLeftover, Relation
from app.intake.rows import duty_values, leftover_values

_DRAFTS = table("plan_draft", column("id"), column("content"), column("plan_id"))
_ACTIONS = table("action", column("id"), column("plan_id"), column("position"))


def keep_rows(connection: Connection) -> None:
    """Write the duties and leftovers of every draft; units are found by their names until a person chooses.

    A document on the board was put there whole: its n-th duty is the n-th action of its plan.
    """

    for draft_id, content, plan_id in connection.execute(select(*_DRAFTS.c)).all():
        reading = from_dict(json.loads(content) if isinstance(content, str) else content)
        query = select(_ACTIONS.c.position, _ACTIONS.c.id).where(_ACTIONS.c.plan_id == plan_id)
        actions: dict[int, int] = dict(connection.execute(query).tuples().all()) if plan_id else {}
        for place, action in enumerate(reading.actions):
            said = {"draft_id": draft_id, "position": place, "included": True, "gone": False, "version": 1}
            more = {"relation": Relation.NEW, "action_id": actions.get(place)}
            _insert(connection, DraftDuty.__table__, said | more | duty_values(action, place, {}))
        for values in leftover_values(reading):
            dealt = {"draft_id": draft_id, "dealt": plan_id is not None}
            _insert(connection, DraftLeftover.__table__, dealt | values)


def _insert(connection: Connection, into: Any, values: dict[str, Any]) -> None:
    rows: Table = into
    connection.execute(rows.insert(), values)
