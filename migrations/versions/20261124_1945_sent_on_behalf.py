"""Whether a result was sent on behalf of a unit is said by its event alone."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1945"
down_revision = "20261124_1940"


def upgrade() -> None:
    op.drop_column("card", "sent_on_behalf")


def downgrade() -> None:
    op.add_column("card", sa.Column("sent_on_behalf", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE card SET sent_on_behalf = EXISTS (SELECT 1 FROM card_event WHERE card_event.card_id = card.id"
        " AND card_event.kind = 'sent' AND card_event.on_behalf AND card_event.recorded_at = card.sent_at)"
    )
