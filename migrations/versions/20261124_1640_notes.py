"""Notes and results per period, requests to correct what was entered for a unit, and who follows a duty."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1640"
down_revision = "20261124_1620"


def upgrade() -> None:
    op.add_column(
        "card", sa.Column("holder_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True), inline_references=True
    )
    op.add_column("card", sa.Column("results_noted", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("card", sa.Column("corrections_open", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("card", sa.Column("behalf_seen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_card_holder_id"), "card", ["holder_id"], unique=False)
    op.add_column("evidence", sa.Column("reviewed_on", sa.Date(), nullable=True))
    op.create_table(
        "card_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("period", sa.String(20), nullable=True),
        sa.Column("period_year", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("document_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("resolved_by_name", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_card_note_author_id_person")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_card_note_card_id_card")),
        sa.ForeignKeyConstraint(["corrects_id"], ["card_note.id"], name=op.f("fk_card_note_corrects_id_card_note")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["person.id"], name=op.f("fk_card_note_resolved_by_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_card_note_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_note")),
    )
    op.create_index(op.f("ix_card_note_card_id"), "card_note", ["card_id"], unique=False)
    op.create_table(
        "correction_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(20), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_name", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(20), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by_name", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_correction_request_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_correction_request_asked_by_id_person")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_correction_request_card_id_card")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
    )
    op.create_index(op.f("ix_correction_request_card_id"), "correction_request", ["card_id"], unique=False)
    op.create_index(op.f("ix_correction_request_answer"), "correction_request", ["answer"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_correction_request_answer"), table_name="correction_request")
    op.drop_index(op.f("ix_correction_request_card_id"), table_name="correction_request")
    op.drop_table("correction_request")
    op.drop_index(op.f("ix_card_note_card_id"), table_name="card_note")
    op.drop_table("card_note")
    op.drop_column("evidence", "reviewed_on")
    op.drop_index(op.f("ix_card_holder_id"), table_name="card")
    for column in ("behalf_seen_at", "corrections_open", "results_noted", "holder_id"):
        op.drop_column("card", column)
