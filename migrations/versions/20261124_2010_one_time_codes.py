"""One-time codes with which a person sets the password of the account."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_2010"
down_revision = "20261124_2007"


def upgrade() -> None:
    op.add_column("person", sa.Column("code_hash", sa.String(), nullable=True))
    op.add_column("person", sa.Column("code_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "code_until")
    op.drop_column("person", "code_hash")
