"""Exports that are kept, and the forms of paper that an office sets."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1935"
down_revision = "20261124_1910"


def upgrade() -> None:
    op.create_table(
        "paper_profile",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("superior_body", sa.String(), nullable=False),
        sa.Column("issuing_body", sa.Text(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_paper_profile")),
    )
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_name", sa.String(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("annex", sa.Boolean(), nullable=False),
        sa.Column("duties", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("pages", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_export_made_by_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_export_plan_id_plan")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_export_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_export_storage_key")),
    )
    op.create_index(op.f("ix_export_plan_id"), "export", ["plan_id"], unique=False)
    op.create_index(op.f("ix_export_sha256"), "export", ["sha256"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_export_sha256"), table_name="export")
    op.drop_index(op.f("ix_export_plan_id"), table_name="export")
    op.drop_table("export")
    op.drop_table("paper_profile")
