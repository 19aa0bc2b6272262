"""Shadow rows for finding, filled with what is there."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1700"
down_revision = "20261124_1640"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    op.create_index("ix_search_entry_subject", "search_entry", ["kind", "subject_id"], unique=False)
    from app.search.index import rebuild  # the keys are Vietnamese text folded in Python

    rebuild(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_search_entry_subject", table_name="search_entry")
    op.drop_table("search_entry")
