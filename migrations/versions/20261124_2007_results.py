"""Results so far from Excel, kept until they are entered."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_2007"
down_revision = "20261124_1955"


def upgrade() -> None:
    op.create_table(
        "results_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_results_import_plan_id_plan")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_results_import_created_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_import")),
    )
    op.create_index(op.f("ix_results_import_plan_id"), "results_import", ["plan_id"], unique=False)


def downgrade() -> None:
    op.drop_table("results_import")
