"""An extension asked for a duty that is confirmed, or not to be carried out, waits no longer."""

from alembic import op

revision = "20261124_1940"
down_revision = "20261124_1935"


def upgrade() -> None:
    op.execute("UPDATE card SET extension_id = NULL, extension_wanted = NULL WHERE status IN ('done', 'dropped')")


def downgrade() -> None:
    """Which asking waited is in the events; nothing read it on such a duty."""
