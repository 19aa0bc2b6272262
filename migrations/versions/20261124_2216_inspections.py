"""Rounds of inspection, their checklists, visits, reports, recommendations and conclusions."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "20261124_2216"
down_revision = "20261124_2011"

SITUATION = {"is_situation": True}
CONTENTS = (
    (
        "Tổ chức, hoạt động chương trình liên quan đến bình đẳng giới",
        "tổ chức, hoạt động chương trình liên quan đến công tác BĐG",
        {},
        [
            ("van_ban", "Văn bản chỉ đạo, triển khai đã ban hành", "văn bản", False),
            ("tap_huan", "Người được tập huấn, truyền thông", "người", True),
        ],
    ),
    (
        "Công tác cán bộ nữ, quy hoạch, tạo nguồn, bổ nhiệm, sử dụng",
        "công tác cán bộ nữ và việc quy hoạch, tạo nguồn, bổ nhiệm và sử dụng cán bộ nữ",
        {"numbers_only": True},
        [
            ("can_bo", "Cán bộ, công chức", "người", True),
            ("lanh_dao", "Lãnh đạo, quản lý", "người", True),
            ("quy_hoach", "Trong quy hoạch", "người", True),
            ("bo_nhiem", "Được bổ nhiệm trong thời kỳ kiểm tra", "người", True),
        ],
    ),
    (
        "Tình trạng bạo hành phụ nữ và trẻ em",
        "tình trạng bạo hành đối với phụ nữ và trẻ em",
        SITUATION,
        [("vu_viec", "Số vụ việc ghi nhận", "vụ", False), ("ho_tro", "Người được hỗ trợ, tư vấn", "người", True)],
    ),
    (
        "Vấn đề tác động tiêu cực đến sự phát triển của phụ nữ",
        "những vấn đề tác động tiêu cực đến sự phát triển của phụ nữ trong cơ quan, đơn vị, địa phương",
        SITUATION,
        [],
    ),
    ("Khó khăn, vướng mắc", "những khó khăn, vướng mắc trong việc triển khai công tác BĐG", SITUATION, []),
)


def ship_checklist() -> None:
    """The five contents that clause II.5 of the plan asks to inspect, as the first version of a checklist."""
    tables = sa.MetaData()
    link = op.get_bind()
    checklist, version, content = (
        sa.Table(name, tables, autoload_with=link) for name in ("checklist", "checklist_version", "checklist_content")
    )
    named = {"name": "Nội dung kiểm tra công tác bình đẳng giới (mục II.5)", "archived": False, "version": 1}
    made = link.execute(checklist.insert().values(named)).inserted_primary_key[0]
    first = {"checklist_id": made, "number": 1, "made_on": date(2024, 1, 1), "closed": False}
    of = link.execute(version.insert().values(first)).inserted_primary_key[0]
    for position, (title, wording, marks, figures) in enumerate(CONTENTS):
        row = {"takes_rating": False, "is_situation": False, "numbers_only": False} | marks
        row |= {"version_id": of, "position": position, "title": title, "wording": wording, "address": "II.5"}
        row["takes_figures"] = [dict(zip(("key", "label", "unit", "by_sex"), figure)) for figure in figures]
        link.execute(content.insert().values(row))


def upgrade() -> None:
    op.create_table(
        "checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("archived", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
    )
    op.create_table(
        "checklist_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_checklist_version_checklist_id_checklist")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_version")),
        sa.UniqueConstraint("checklist_id", "number", name=op.f("uq_checklist_version_checklist_id")),
    )
    op.create_index(op.f("ix_checklist_version_checklist_id"), "checklist_version", ["checklist_id"], unique=False)
    op.create_table(
        "checklist_content",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("takes_rating", sa.Boolean(), nullable=False),
        sa.Column("is_situation", sa.Boolean(), nullable=False),
        sa.Column("numbers_only", sa.Boolean(), nullable=False),
        sa.Column("takes_figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["checklist_version.id"], name=op.f("fk_checklist_content_version_id_checklist_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_content")),
    )
    op.create_index(op.f("ix_checklist_content_version_id"), "checklist_content", ["version_id"], unique=False)
    op.create_table(
        "inspection_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("plan_number", sa.String(), nullable=True),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("plan_signer", sa.String(), nullable=True),
        sa.Column("decision_number", sa.String(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("report_due_days", sa.Integer(), server_default="5", nullable=False),
        sa.Column("checklist_version_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_version.id"],
            name=op.f("fk_inspection_round_checklist_version_id_checklist_version"),
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_inspection_round_clause_id_clause")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_inspection_round_created_by_id_person")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_inspection_round_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_round")),
    )
    op.create_index(op.f("ix_inspection_round_plan_id"), "inspection_round", ["plan_id"], unique=False)
    op.create_table(
        "inspection_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position_words", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("duty", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inspection_member_person_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["inspection_round.id"], name=op.f("fk_inspection_member_round_id_inspection_round")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_member_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_member")),
    )
    op.create_index(op.f("ix_inspection_member_person_id"), "inspection_member", ["person_id"], unique=False)
    op.create_index(op.f("ix_inspection_member_round_id"), "inspection_member", ["round_id"], unique=False)
    op.create_table(
        "inspection_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("visit_time", sa.String(), nullable=True),
        sa.Column("visit_until", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("unit_representatives", sa.Text(), nullable=False),
        sa.Column("checklist_version_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("shortcomings_text", sa.Text(), nullable=False),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.Column("unit_opinion", sa.Text(), nullable=False),
        sa.Column("conclusion_text", sa.Text(), nullable=False),
        sa.Column("minutes_number", sa.String(), nullable=True),
        sa.Column("minutes_on", sa.Date(), nullable=True),
        sa.Column("draft_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("reopened_reason", sa.Text(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_version.id"],
            name=op.f("fk_inspection_visit_checklist_version_id_checklist_version"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["inspection_round.id"], name=op.f("fk_inspection_visit_round_id_inspection_round")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_visit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_visit")),
    )
    op.create_index("ix_inspection_visit_day", "inspection_visit", ["visit_on"], unique=False)
    op.create_index(op.f("ix_inspection_visit_round_id"), "inspection_visit", ["round_id"], unique=False)
    op.create_index(op.f("ix_inspection_visit_unit_id"), "inspection_visit", ["unit_id"], unique=False)
    op.create_table(
        "conclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("due_level", sa.String(20), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by_document", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_conclusion_entered_by_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["inspection_round.id"], name=op.f("fk_conclusion_round_id_inspection_round")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_conclusion_visit_id_inspection_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_conclusion_storage_key")),
    )
    op.create_index(op.f("ix_conclusion_round_id"), "conclusion", ["round_id"], unique=False)
    op.create_index(op.f("ix_conclusion_sha256"), "conclusion", ["sha256"], unique=False)
    op.create_index(op.f("ix_conclusion_visit_id"), "conclusion", ["visit_id"], unique=False)
    op.create_table(
        "round_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_round_document_entered_by_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["inspection_round.id"], name=op.f("fk_round_document_round_id_inspection_round")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_round_document_visit_id_inspection_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_document")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_round_document_storage_key")),
    )
    op.create_index(op.f("ix_round_document_round_id"), "round_document", ["round_id"], unique=False)
    op.create_index(op.f("ix_round_document_sha256"), "round_document", ["sha256"], unique=False)
    op.create_index(op.f("ix_round_document_visit_id"), "round_document", ["visit_id"], unique=False)
    op.create_table(
        "self_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_self_report_visit_id_inspection_visit")
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_self_report_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_report")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_self_report_storage_key")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_self_report_visit_id")),
    )
    op.create_index(op.f("ix_self_report_sha256"), "self_report", ["sha256"], unique=False)
    op.create_table(
        "visit_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_key", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["content_id"], ["checklist_content.id"], name=op.f("fk_visit_file_content_id_checklist_content")
        ),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name=op.f("fk_visit_file_uploaded_by_id_person")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_visit_file_visit_id_inspection_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_file")),
        sa.UniqueConstraint("client_key", name=op.f("uq_visit_file_client_key")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_visit_file_storage_key")),
    )
    op.create_index(op.f("ix_visit_file_sha256"), "visit_file", ["sha256"], unique=False)
    op.create_index(op.f("ix_visit_file_visit_id"), "visit_file", ["visit_id"], unique=False)
    op.create_table(
        "visit_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("rating", sa.String(20), nullable=True),
        sa.Column("documents_seen", sa.Text(), nullable=False),
        sa.Column("empty_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["checklist_content.id"], name=op.f("fk_visit_finding_content_id_checklist_content")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_visit_finding_recorded_by_id_person")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_visit_finding_visit_id_inspection_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_finding")),
        sa.UniqueConstraint("visit_id", "content_id", name=op.f("uq_visit_finding_visit_id")),
    )
    op.create_index(op.f("ix_visit_finding_visit_id"), "visit_finding", ["visit_id"], unique=False)
    op.create_table(
        "visit_member_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_member_note_person_id_person")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_visit_member_note_visit_id_inspection_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_member_note")),
        sa.UniqueConstraint("visit_id", "person_id", name=op.f("uq_visit_member_note_visit_id")),
    )
    op.create_index(op.f("ix_visit_member_note_visit_id"), "visit_member_note", ["visit_id"], unique=False)
    op.create_table(
        "visit_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=True),
        sa.Column("result_version", sa.Integer(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["checklist_content.id"], name=op.f("fk_visit_sending_content_id_checklist_content")
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_visit_sending_sent_by_id_person")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_visit_sending_visit_id_inspection_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_sending")),
        sa.UniqueConstraint("client_key", name=op.f("uq_visit_sending_client_key")),
    )
    op.create_index(op.f("ix_visit_sending_visit_id"), "visit_sending", ["visit_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=True),
        sa.Column("shortcoming", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("conclusion_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.Column("recheck_result", sa.String(20), nullable=True),
        sa.Column("recheck_note", sa.Text(), nullable=True),
        sa.Column("client_key", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_recommendation_action_id_action")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_recommendation_card_id_card")),
        sa.ForeignKeyConstraint(
            ["conclusion_id"], ["conclusion.id"], name=op.f("fk_recommendation_conclusion_id_conclusion")
        ),
        sa.ForeignKeyConstraint(
            ["content_id"], ["checklist_content.id"], name=op.f("fk_recommendation_content_id_checklist_content")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["inspection_round.id"], name=op.f("fk_recommendation_round_id_inspection_round")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_recommendation_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_recommendation_visit_id_inspection_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("client_key", name=op.f("uq_recommendation_client_key")),
    )
    op.create_index(op.f("ix_recommendation_action_id"), "recommendation", ["action_id"], unique=False)
    op.create_index(op.f("ix_recommendation_card_id"), "recommendation", ["card_id"], unique=False)
    op.create_index(op.f("ix_recommendation_conclusion_id"), "recommendation", ["conclusion_id"], unique=False)
    op.create_index(op.f("ix_recommendation_round_id"), "recommendation", ["round_id"], unique=False)
    op.create_index(op.f("ix_recommendation_unit_id"), "recommendation", ["unit_id"], unique=False)
    op.create_index(op.f("ix_recommendation_visit_id"), "recommendation", ["visit_id"], unique=False)
    op.add_column("action", sa.Column("is_remedy", sa.Boolean(), server_default=sa.false(), nullable=False))
    ship_checklist()


def downgrade() -> None:
    op.drop_column("action", "is_remedy")
    op.drop_index(op.f("ix_recommendation_visit_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_unit_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_round_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_conclusion_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_card_id"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_action_id"), table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_index(op.f("ix_visit_sending_visit_id"), table_name="visit_sending")
    op.drop_table("visit_sending")
    op.drop_index(op.f("ix_visit_member_note_visit_id"), table_name="visit_member_note")
    op.drop_table("visit_member_note")
    op.drop_index(op.f("ix_visit_finding_visit_id"), table_name="visit_finding")
    op.drop_table("visit_finding")
    op.drop_index(op.f("ix_visit_file_visit_id"), table_name="visit_file")
    op.drop_index(op.f("ix_visit_file_sha256"), table_name="visit_file")
    op.drop_table("visit_file")
    op.drop_index(op.f("ix_self_report_sha256"), table_name="self_report")
    op.drop_table("self_report")
    op.drop_index(op.f("ix_round_document_visit_id"), table_name="round_document")
    op.drop_index(op.f("ix_round_document_sha256"), table_name="round_document")
    op.drop_index(op.f("ix_round_document_round_id"), table_name="round_document")
    op.drop_table("round_document")
    op.drop_index(op.f("ix_conclusion_visit_id"), table_name="conclusion")
    op.drop_index(op.f("ix_conclusion_sha256"), table_name="conclusion")
    op.drop_index(op.f("ix_conclusion_round_id"), table_name="conclusion")
    op.drop_table("conclusion")
    op.drop_index(op.f("ix_inspection_visit_unit_id"), table_name="inspection_visit")
    op.drop_index(op.f("ix_inspection_visit_round_id"), table_name="inspection_visit")
    op.drop_index("ix_inspection_visit_day", table_name="inspection_visit")
    op.drop_table("inspection_visit")
    op.drop_index(op.f("ix_inspection_member_round_id"), table_name="inspection_member")
    op.drop_index(op.f("ix_inspection_member_person_id"), table_name="inspection_member")
    op.drop_table("inspection_member")
    op.drop_index(op.f("ix_inspection_round_plan_id"), table_name="inspection_round")
    op.drop_table("inspection_round")
    op.drop_index(op.f("ix_checklist_content_version_id"), table_name="checklist_content")
    op.drop_table("checklist_content")
    op.drop_index(op.f("ix_checklist_version_checklist_id"), table_name="checklist_version")
    op.drop_table("checklist_version")
    op.drop_table("checklist")
