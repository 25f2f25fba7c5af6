"""Sessions say who was there; signs of coercion, waivers, capacity and withdrawals have rows of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "withdrawal_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("third_party", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_withdrawal_notes_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal_notes")),
    )
    with op.batch_alter_table("withdrawal_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawal_notes_case_id"), ["case_id"], unique=False)

    op.create_table(
        "capacity_findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("able", sa.LargeBinary(), nullable=True),
        sa.Column("basis", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_capacity_findings_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_capacity_findings_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_findings")),
    )
    with op.batch_alter_table("capacity_findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capacity_findings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_capacity_findings_person_id"), ["person_id"], unique=False)

    op.create_table(
        "coercion_closings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("flag_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_coercion_closings_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_coercion_closings_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coercion_closings")),
        sa.UniqueConstraint("flag_id", name=op.f("uq_coercion_closings_flag_id")),
    )
    with op.batch_alter_table("coercion_closings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coercion_closings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coercion_closings_person_id"), ["person_id"], unique=False)

    op.create_table(
        "coercion_flags",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sign", sa.LargeBinary(), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_coercion_flags_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_coercion_flags_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coercion_flags")),
    )
    with op.batch_alter_table("coercion_flags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coercion_flags_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coercion_flags_person_id"), ["person_id"], unique=False)

    op.create_table(
        "decision_makers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("authority", sa.String(length=40), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decision_makers_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_decision_makers_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_makers")),
    )
    with op.batch_alter_table("decision_makers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_makers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_makers_person_id"), ["person_id"], unique=False)

    op.create_table(
        "interpreter_conflicts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("interpreter_code", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_interpreter_conflicts_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_interpreter_conflicts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter_conflicts")),
    )
    with op.batch_alter_table("interpreter_conflicts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interpreter_conflicts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interpreter_conflicts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reflection_waivers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("text_version", sa.String(length=40), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("witness", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reflection_waivers_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_reflection_waivers_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection_waivers")),
    )
    with op.batch_alter_table("reflection_waivers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reflection_waivers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reflection_waivers_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("interpreter_code", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("decision_maker_id", sa.Uuid(), nullable=True))

    with op.batch_alter_table("counselling_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("place", sa.String(length=20), nullable=False, server_default="office"))
        batch_op.add_column(sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("materials", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("interpreter_code", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("present", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("notes", sa.LargeBinary(), nullable=True))
        batch_op.drop_column("reflection_waived")

    sessions = sa.table(
        "counselling_sessions",
        sa.column("id", sa.Uuid()),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("held_on", sa.Date()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(sessions.c.id, sessions.c.at)).all():
        connection.execute(sa.update(sessions).where(sessions.c.id == row.id).values(held_on=row.at.date()))
    with op.batch_alter_table("counselling_sessions", schema=None) as batch_op:
        batch_op.alter_column("held_on", existing_type=sa.Date(), nullable=False)

    with op.batch_alter_table("reconfirmations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("generation", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("decision_maker_id", sa.Uuid(), nullable=True))

    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("for_when", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.drop_column("for_when")

    with op.batch_alter_table("reconfirmations", schema=None) as batch_op:
        batch_op.drop_column("decision_maker_id")
        batch_op.drop_column("generation")

    with op.batch_alter_table("counselling_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reflection_waived", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_column("notes")
        batch_op.drop_column("present")
        batch_op.drop_column("interpreter_code")
        batch_op.drop_column("materials")
        batch_op.drop_column("topics")
        batch_op.drop_column("place")
        batch_op.drop_column("held_on")

    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_column("decision_maker_id")
        batch_op.drop_column("interpreter_code")

    with op.batch_alter_table("reflection_waivers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reflection_waivers_person_id"))
        batch_op.drop_index(batch_op.f("ix_reflection_waivers_case_id"))

    op.drop_table("reflection_waivers")
    with op.batch_alter_table("interpreter_conflicts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interpreter_conflicts_person_id"))
        batch_op.drop_index(batch_op.f("ix_interpreter_conflicts_case_id"))

    op.drop_table("interpreter_conflicts")
    with op.batch_alter_table("decision_makers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_makers_person_id"))
        batch_op.drop_index(batch_op.f("ix_decision_makers_case_id"))

    op.drop_table("decision_makers")
    with op.batch_alter_table("coercion_flags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coercion_flags_person_id"))
        batch_op.drop_index(batch_op.f("ix_coercion_flags_case_id"))

    op.drop_table("coercion_flags")
    with op.batch_alter_table("coercion_closings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coercion_closings_person_id"))
        batch_op.drop_index(batch_op.f("ix_coercion_closings_case_id"))

    op.drop_table("coercion_closings")
    with op.batch_alter_table("capacity_findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_capacity_findings_person_id"))
        batch_op.drop_index(batch_op.f("ix_capacity_findings_case_id"))

    op.drop_table("capacity_findings")
    with op.batch_alter_table("withdrawal_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawal_notes_case_id"))

    op.drop_table("withdrawal_notes")
