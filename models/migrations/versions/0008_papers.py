"""Names and hands of documents, papers of fitness, legal stay and bans, holds and removals, permits of victims."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "bans_told",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("travel_on", sa.Date(), nullable=False),
        sa.Column("overstay_days", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.String(length=60), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bans_told_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_bans_told_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bans_told")),
    )
    with op.batch_alter_table("bans_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bans_told_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bans_told_person_id"), ["person_id"], unique=False)

    op.create_table(
        "custodies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("holder", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_custodies_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_custodies_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custodies")),
    )
    with op.batch_alter_table("custodies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_custodies_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_custodies_person_id"), ["person_id"], unique=False)

    op.create_table(
        "exit_holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.Column("authority", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_exit_holds_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_exit_holds_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_holds")),
    )
    with op.batch_alter_table("exit_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_holds_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exit_holds_person_id"), ["person_id"], unique=False)

    op.create_table(
        "fitness_papers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("fit", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_fitness_papers_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_fitness_papers_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fitness_papers")),
    )
    with op.batch_alter_table("fitness_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fitness_papers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fitness_papers_person_id"), ["person_id"], unique=False)

    op.create_table(
        "legal_stays",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("fine_estimate", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("fine_payer", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_stays_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_legal_stays_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_stays")),
    )
    with op.batch_alter_table("legal_stays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_stays_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_legal_stays_person_id"), ["person_id"], unique=False)

    op.create_table(
        "paper_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_paper_words_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_paper_words_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_words")),
    )
    with op.batch_alter_table("paper_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_words_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_words_person_id"), ["person_id"], unique=False)

    op.create_table(
        "permit_cancellations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("ground", sa.LargeBinary(), nullable=True),
        sa.Column("coerced", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_permit_cancellations_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_permit_cancellations_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_cancellations")),
    )
    with op.batch_alter_table("permit_cancellations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_permit_cancellations_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_permit_cancellations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "removal_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("leave_until", sa.Date(), nullable=True),
        sa.Column("appeal_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_removal_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_removal_decisions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal_decisions")),
    )
    with op.batch_alter_table("removal_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_removal_decisions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_removal_decisions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "victim_permits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_victim_permits_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_victim_permits_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_permits")),
    )
    with op.batch_alter_table("victim_permits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_permits_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_victim_permits_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refusal_code", sa.String(length=60), nullable=True))

    with op.batch_alter_table("exit_clearances", schema=None) as batch_op:
        batch_op.drop_column("overstay_days")
        batch_op.drop_column("ban_months")

    with op.batch_alter_table("health_clearances", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needs", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("travel_documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("issued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("given_names", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("family_name", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("zone", sa.LargeBinary(), nullable=True))
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=20), type_=sa.String(length=30), existing_nullable=False
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("travel_documents", schema=None) as batch_op:
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=30), type_=sa.String(length=20), existing_nullable=False
        )
        batch_op.drop_column("zone")
        batch_op.drop_column("family_name")
        batch_op.drop_column("given_names")
        batch_op.drop_column("issued_on")

    with op.batch_alter_table("health_clearances", schema=None) as batch_op:
        batch_op.drop_column("needs")

    with op.batch_alter_table("exit_clearances", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ban_months", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("overstay_days", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_column("refusal_code")

    op.drop_table("victim_permits")
    op.drop_table("removal_decisions")
    op.drop_table("permit_cancellations")
    op.drop_table("paper_words")
    op.drop_table("legal_stays")
    op.drop_table("fitness_papers")
    op.drop_table("exit_holds")
    op.drop_table("custodies")
    op.drop_table("bans_told")
