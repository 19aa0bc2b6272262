"""A duty that passed to an heir keeps which unit led it before."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_2259"
down_revision = "20261124_2245"


def upgrade() -> None:
    op.add_column("card_event", sa.Column("from_unit_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("card_event", "from_unit_id")
