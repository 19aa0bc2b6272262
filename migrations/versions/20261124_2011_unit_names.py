"""Former names of units, each with its last day and the decision that changed it."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_2011"
down_revision = "20261124_2010"


def upgrade() -> None:
    op.create_table(
        "unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
    )
    op.create_index(op.f("ix_unit_name_unit_id"), "unit_name", ["unit_id"], unique=False)
    op.add_column("unit", sa.Column("closed_by", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("unit", "closed_by")
    op.drop_index(op.f("ix_unit_name_unit_id"), table_name="unit_name")
    op.drop_table("unit_name")
