"""Indexes by which this year's pages pass over the finished duties of earlier years."""

from alembic import op

revision = "20261124_1955"
down_revision = "20261124_1945"

_INDEXES = {
    "ix_card_plan_unit": ("card", ["plan_id", "unit_id"]),
    "ix_card_event_behalf": ("card_event", ["on_behalf", "entered_on"]),
    "ix_card_note_behalf": ("card_note", ["on_behalf", "entered_on"]),
    "ix_evidence_behalf": ("evidence", ["on_behalf", "uploaded_on"]),
}


def upgrade() -> None:
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _columns) in _INDEXES.items():
        op.drop_index(name, table_name=table)
