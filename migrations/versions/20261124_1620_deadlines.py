"""Deadlines with their history: dates that are set, extensions asked and decided, kinds changed.

Everything that happens is a card event, so the events gain plain columns; the card gains the cache of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1620"
down_revision = "20261124_1500"

_EVENT = ("due_on", "due_level", "answers_id", "kind_before", "kind_after")
_CARD = ("due_original_on", "extensions", "extension_id", "extension_wanted")


def upgrade() -> None:
    # Column by column: a batch would rebuild the table on SQLite and drop the triggers that keep it append-only.
    op.add_column("card_event", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("card_event", sa.Column("due_level", sa.String(20), nullable=True))
    op.add_column("card_event", sa.Column("answers_id", sa.Integer(), nullable=True))
    op.add_column("card_event", sa.Column("kind_before", sa.String(20), nullable=True))
    op.add_column("card_event", sa.Column("kind_after", sa.String(20), nullable=True))
    op.add_column("card", sa.Column("due_original_on", sa.Date(), nullable=True))
    op.add_column("card", sa.Column("extensions", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("card", sa.Column("extension_id", sa.Integer(), nullable=True))
    op.add_column("card", sa.Column("extension_wanted", sa.Date(), nullable=True))
    op.create_index(op.f("ix_card_extension_id"), "card", ["extension_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_card_extension_id"), table_name="card")
    for column in reversed(_CARD):
        op.drop_column("card", column)
    for column in reversed(_EVENT):
        op.drop_column("card_event", column)
