"""Drafts are kept as rows that people edit: duties, names, what was not understood, and every step; amendments.

What stands as a reading alone becomes rows: of a document that waits, and of one that is on the board, whose duties
are then known by their actions.
"""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261124_1910"
down_revision = "20261124_1850"

_DRAFTS = sa.table("plan_draft", sa.column("id"), sa.column("content"), sa.column("plan_id"))
_ACTIONS = sa.table("action", sa.column("id"), sa.column("plan_id"), sa.column("position"))
_PLAIN_OF_DUTY = ("draft_id", "position", "clause", "origin", "wording", "kind", "is_request", "due_level", "due_basis")
_DUTIES = sa.table(
    "draft_duty",
    *map(sa.column, (*_PLAIN_OF_DUTY, "included", "gone", "relation", "action_id", "version")),
    *(sa.column(name, sa.JSON()) for name in ("leads", "coordinating", "splits")),
    *(sa.column(name, sa.Date()) for name in ("due_on", "starts_on")),
)
_LEFTOVERS = sa.table(
    "draft_leftover", *map(sa.column, ("draft_id", "reason", "text", "begins", "ends", "clause", "dealt"))
)
_KINDS = {"có thời hạn": "dated", "trong năm": "within_year", "thường xuyên": "standing"}
_PLAIN = (
    ("action", "content_id"),
    ("action", "amended_by_id"),
    ("plan_draft", "base_plan_id"),
)


def upgrade() -> None:
    for table, column in _PLAIN:
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
    op.add_column("plan_draft", sa.Column("head", sa.JSON(), nullable=True))
    op.add_column("clause", sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
    _amendments()
    _duties()
    _beside_duties()
    _steps()
    _keep_rows(op.get_bind())


def _keep_rows(link: sa.Connection) -> None:
    """The duties and leftovers of every draft; units are found by their names until a person chooses.

    A document on the board was put there whole: its n-th duty is the n-th action of its plan.
    """
    for draft_id, content, plan_id in link.execute(sa.select(*_DRAFTS.c)).all():
        read = json.loads(content) if isinstance(content, str) else content
        query = sa.select(_ACTIONS.c.position, _ACTIONS.c.id).where(_ACTIONS.c.plan_id == plan_id)
        actions = {position: i for position, i in link.execute(query)} if plan_id else {}
        for place, duty in enumerate(read["actions"]):
            of = {"draft_id": draft_id, "position": place, "origin": place, "action_id": actions.get(place)}
            link.execute(_DUTIES.insert(), of | _duty(duty))
        for left in read["leftovers"]:
            of = {"draft_id": draft_id, "dealt": plan_id is not None}
            link.execute(_LEFTOVERS.insert(), of | _leftover(left, read["clauses"]))


def _duty(read: dict[str, Any]) -> dict[str, Any]:
    due = _day(read["deadline"])
    return {
        "clause": read["clause"],
        "wording": read["duty"],
        "leads": [[None, unit["name"]] for unit in read["lead"]],
        "coordinating": [[None, unit["name"]] for unit in read["coordinating"]],
        "kind": _KINDS[read["kind"]],
        "is_request": read["request"],
        "due_on": due,
        "due_level": "ubnd" if due else None,
        "due_basis": read["deadline_wording"],
        "starts_on": _day(read["starts_on"]),
        "splits": [split["text"] for split in read["suggested_splits"]],
        "included": True,
        "gone": False,
        "relation": "new",
        "version": 1,
    }


def _leftover(read: dict[str, Any], clauses: list[dict[str, Any]]) -> dict[str, Any]:
    begins, ends = read["place"]["start"], read["place"]["end"]
    around = (c["address"] for c in clauses if c["place"]["start"] <= begins < c["place"]["end"])
    return {
        "reason": read["reason"],
        "text": read["text"],
        "begins": begins,
        "ends": ends,
        "clause": next(around, None),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _amendments() -> None:
    op.create_table(
        "plan_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_amendment_plan_id_plan")),
        sa.ForeignKeyConstraint(["draft_id"], ["plan_draft.id"], name=op.f("fk_plan_amendment_draft_id_plan_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_amendment")),
    )
    op.create_index(op.f("ix_plan_amendment_plan_id"), "plan_amendment", ["plan_id"], unique=False)


def _duties() -> None:
    op.create_table(
        "draft_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("leads", sa.JSON(), nullable=False),
        sa.Column("coordinating", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("is_request", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_level", sa.String(20), nullable=True),
        sa.Column("due_basis", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("splits", sa.JSON(), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("was", sa.JSON(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["plan_draft.id"], name=op.f("fk_draft_duty_draft_id_plan_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_duty")),
    )
    op.create_index(op.f("ix_draft_duty_draft_id"), "draft_duty", ["draft_id"], unique=False)
    op.create_index(op.f("ix_draft_duty_action_id"), "draft_duty", ["action_id"], unique=False)


def _beside_duties() -> None:
    op.create_table(
        "draft_leftover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("dealt", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["plan_draft.id"], name=op.f("fk_draft_leftover_draft_id_plan_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_leftover")),
    )
    op.create_index(op.f("ix_draft_leftover_draft_id"), "draft_leftover", ["draft_id"], unique=False)
    op.create_table(
        "draft_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["plan_draft.id"], name=op.f("fk_draft_name_draft_id_plan_draft")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_draft_name_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_name")),
    )
    op.create_index(op.f("ix_draft_name_draft_id"), "draft_name", ["draft_id"], unique=False)


def _steps() -> None:
    op.create_table(
        "draft_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["plan_draft.id"], name=op.f("fk_draft_step_draft_id_plan_draft")),
        sa.ForeignKeyConstraint(["duty_id"], ["draft_duty.id"], name=op.f("fk_draft_step_duty_id_draft_duty")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_draft_step_actor_id_person")),
        sa.ForeignKeyConstraint(["undoes_id"], ["draft_step.id"], name=op.f("fk_draft_step_undoes_id_draft_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_step")),
    )
    op.create_index(op.f("ix_draft_step_draft_id"), "draft_step", ["draft_id"], unique=False)


def downgrade() -> None:
    for table in ("draft_step", "draft_name", "draft_leftover", "draft_duty", "plan_amendment"):
        op.drop_table(table)
    op.drop_column("clause", "withdrawn")
    op.drop_column("plan_draft", "head")
    for table, column in reversed(_PLAIN):
        op.drop_column(table, column)
