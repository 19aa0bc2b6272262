"""The register of sudden cases: lines, the bodies that receive reports, and who keeps it."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_2245"
down_revision = "20261124_2216"

BODIES = (
    ("Công an thành phố", "cong an thanh pho"),
    ("Thanh tra thành phố", "thanh tra thanh pho"),
    ("UBND thành phố", "ubnd thanh pho"),
    ("Viện kiểm sát nhân dân thành phố", "vien kiem sat nhan dan thanh pho"),
)


def upgrade() -> None:
    authority = op.create_table(
        "incident_authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_authority")),
        sa.UniqueConstraint("key", name=op.f("uq_incident_authority_key")),
    )
    op.bulk_insert(authority, [{"name": name, "key": key, "archived": False} for name, key in BODIES])
    op.create_table(
        "incident_keeper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_incident_keeper_unit_id_unit")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_incident_keeper_person_id_person")),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_incident_keeper_named_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_keeper")),
    )
    op.create_index(op.f("ix_incident_keeper_unit_id"), "incident_keeper", ["unit_id"])
    op.create_index(op.f("ix_incident_keeper_person_id"), "incident_keeper", ["person_id"])
    op.create_table(
        "incident_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_by_name", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_incident_line_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["incident_authority.id"], name=op.f("fk_incident_line_authority_id_incident_authority")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["incident_line.id"], name=op.f("fk_incident_line_corrects_id_incident_line")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_incident_line_entered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_line")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_incident_line_corrects_id")),
    )
    op.create_index(op.f("ix_incident_line_unit_id"), "incident_line", ["unit_id"])
    op.create_index(op.f("ix_incident_line_period_to"), "incident_line", ["period_to"])


def downgrade() -> None:
    op.drop_table("incident_line")
    op.drop_table("incident_keeper")
    op.drop_table("incident_authority")
