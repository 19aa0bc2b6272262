"""Which plan a person had open last."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2005"
down_revision = "20261124_2350"


def upgrade() -> None:
    op.create_table(
        "plan_choice",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_choice_person_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_choice_plan_id_plan")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_plan_choice")),
    )


def downgrade() -> None:
    op.drop_table("plan_choice")
