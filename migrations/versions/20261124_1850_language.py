"""The language that a person reads in."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1850"
down_revision = "20261124_1700"


def upgrade() -> None:
    op.add_column("person", sa.Column("language", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "language")
