"""Who works on a case, break-glass, and the record of reading."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("case_ref", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("handle", sa.String(length=60), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_about"), ["about"], unique=False)

    op.create_table(
        "class_three_reads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=True),
        sa.Column("partner", sa.String(length=40), nullable=True),
        sa.Column("case_ref", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_three_reads")),
    )
    with op.batch_alter_table("class_three_reads", schema=None) as batch_op:
        batch_op.create_index("ix_class_three_reads_by_at", ["by", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_class_three_reads_case_ref"), ["case_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_class_three_reads_person_id"), ["person_id"], unique=False)

    op.create_table(
        "glass_breaks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handle", sa.String(length=60), nullable=False),
        sa.Column("case_ref", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=60), nullable=True),
        sa.Column("justified", sa.Boolean(), nullable=True),
        sa.Column("review", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_breaks")),
    )
    with op.batch_alter_table("glass_breaks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_glass_breaks_case_ref"), ["case_ref"], unique=False)
        batch_op.create_index("ix_glass_breaks_handle_ends_at", ["handle", "ends_at"], unique=False)

    op.create_table(
        "case_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("handle", sa.String(length=60), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_assignments_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_assignments")),
    )
    with op.batch_alter_table("case_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_assignments_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_assignments_handle_until", ["handle", "until"], unique=False)

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_opened_by"), ["opened_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_owner"), ["owner"], unique=False)

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_questions_role_open",
            ["role", "case_id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL AND voided_at IS NULL"),
        )

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supervisor", sa.String(length=60), nullable=True))
        batch_op.create_index(batch_op.f("ix_staff_supervisor"), ["supervisor"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_supervisor"))
        batch_op.drop_column("supervisor")

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_questions_role_open",
            sqlite_where=sa.text("answered_at IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL AND voided_at IS NULL"),
        )

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_owner"))
        batch_op.drop_index(batch_op.f("ix_cases_opened_by"))

    with op.batch_alter_table("case_assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_case_assignments_handle_until")
        batch_op.drop_index(batch_op.f("ix_case_assignments_case_id"))

    op.drop_table("case_assignments")
    with op.batch_alter_table("glass_breaks", schema=None) as batch_op:
        batch_op.drop_index("ix_glass_breaks_handle_ends_at")
        batch_op.drop_index(batch_op.f("ix_glass_breaks_case_ref"))

    op.drop_table("glass_breaks")
    with op.batch_alter_table("class_three_reads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_three_reads_person_id"))
        batch_op.drop_index(batch_op.f("ix_class_three_reads_case_ref"))
        batch_op.drop_index("ix_class_three_reads_by_at")

    op.drop_table("class_three_reads")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alerts_about"))

    op.drop_table("alerts")
