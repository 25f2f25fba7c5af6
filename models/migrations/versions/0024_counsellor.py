"""What the pages of counsellors keep and look up: whole notes of standings, saved lists, case notes, indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handle", sa.String(length=60), nullable=False),
        sa.Column("filters", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("handle", "filters", name=op.f("uq_saved_filters_handle")),
    )
    with op.batch_alter_table("saved_filters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_filters_handle"), ["handle"], unique=False)

    op.create_table(
        "case_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_case_notes_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    with op.batch_alter_table("case_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_notes_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_notes_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deadlines_running",
            ["until", "case_id"],
            unique=False,
            sqlite_where=sa.text("met_at IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND voided_at IS NULL"),
        )

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index("ix_questions_answered_at", ["answered_at"], unique=False)

    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("more", sa.JSON(), server_default="{}", nullable=False))
        batch_op.create_index("ix_standings_on_until", ["on", "until"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.drop_index("ix_standings_on_until")
        batch_op.drop_column("more")

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index("ix_questions_answered_at")

    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deadlines_running",
            sqlite_where=sa.text("met_at IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND voided_at IS NULL"),
        )

    with op.batch_alter_table("case_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_notes_person_id"))
        batch_op.drop_index(batch_op.f("ix_case_notes_case_id"))

    op.drop_table("case_notes")
    with op.batch_alter_table("saved_filters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_filters_handle"))

    op.drop_table("saved_filters")
