"""A unit that passed into another keeps which one."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_2350"
down_revision = "20261124_2259"


def upgrade() -> None:
    op.add_column("unit", sa.Column("heir_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("unit", "heir_id")
