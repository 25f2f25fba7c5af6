"""Channels with their rules, what is not safe, and screening in two steps."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "code_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=True),
        sa.Column("duress", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_code_words_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_code_words_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_words")),
    )
    with op.batch_alter_table("code_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_code_words_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_code_words_person_id"), ["person_id"], unique=False)

    op.create_table(
        "contact_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contact_words_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_contact_words_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_words")),
    )
    with op.batch_alter_table("contact_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_words_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_words_person_id"), ["person_id"], unique=False)

    op.create_table(
        "status_appeals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_status_appeals_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_status_appeals_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_appeals")),
    )
    with op.batch_alter_table("status_appeals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_appeals_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_status_appeals_person_id"), ["person_id"], unique=False)

    op.create_table(
        "trafficking_interviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=True),
        sa.Column("hint", sa.LargeBinary(), nullable=True),
        sa.Column("narrative", sa.LargeBinary(), nullable=True),
        sa.Column("repeated_because", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_trafficking_interviews_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_trafficking_interviews_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trafficking_interviews")),
    )
    with op.batch_alter_table("trafficking_interviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trafficking_interviews_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trafficking_interviews_person_id"), ["person_id"], unique=False)

    op.create_table(
        "unsafe_addresses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("address_index", sa.String(length=32), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unsafe_addresses_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_unsafe_addresses_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsafe_addresses")),
    )
    with op.batch_alter_table("unsafe_addresses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unsafe_addresses_address_index"), ["address_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_unsafe_addresses_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unsafe_addresses_person_id"), ["person_id"], unique=False)

    op.create_table(
        "urgent_needs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.LargeBinary(), nullable=True),
        sa.Column("met", sa.LargeBinary(), nullable=True),
        sa.Column("met_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_urgent_needs_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_urgent_needs_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_needs")),
    )
    with op.batch_alter_table("urgent_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_urgent_needs_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_urgent_needs_person_id"), ["person_id"], unique=False)

    op.create_table(
        "victim_statuses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_victim_statuses_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_victim_statuses_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_statuses")),
    )
    with op.batch_alter_table("victim_statuses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_statuses_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_victim_statuses_person_id"), ["person_id"], unique=False)

    op.create_table(
        "vulnerability_assessments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("factors", sa.LargeBinary(), nullable=True),
        sa.Column("hint", sa.LargeBinary(), nullable=True),
        sa.Column("level", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_vulnerability_assessments_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_vulnerability_assessments_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vulnerability_assessments")),
    )
    with op.batch_alter_table("vulnerability_assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vulnerability_assessments_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vulnerability_assessments_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("messages", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("preference", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("how", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("address_index", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_contacts_address_index"), ["address_index"], unique=False)

    with op.batch_alter_table("screenings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("indicators", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("suspicion", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("screenings", schema=None) as batch_op:
        batch_op.drop_column("suspicion")
        batch_op.drop_column("indicators")

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_address_index"))
        batch_op.drop_column("address_index")
        batch_op.drop_column("verified_at")
        batch_op.drop_column("how")
        batch_op.drop_column("preference")
        batch_op.drop_column("messages")

    with op.batch_alter_table("vulnerability_assessments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vulnerability_assessments_person_id"))
        batch_op.drop_index(batch_op.f("ix_vulnerability_assessments_case_id"))

    op.drop_table("vulnerability_assessments")
    with op.batch_alter_table("victim_statuses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_victim_statuses_person_id"))
        batch_op.drop_index(batch_op.f("ix_victim_statuses_case_id"))

    op.drop_table("victim_statuses")
    with op.batch_alter_table("urgent_needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_urgent_needs_person_id"))
        batch_op.drop_index(batch_op.f("ix_urgent_needs_case_id"))

    op.drop_table("urgent_needs")
    with op.batch_alter_table("unsafe_addresses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unsafe_addresses_person_id"))
        batch_op.drop_index(batch_op.f("ix_unsafe_addresses_case_id"))
        batch_op.drop_index(batch_op.f("ix_unsafe_addresses_address_index"))

    op.drop_table("unsafe_addresses")
    with op.batch_alter_table("trafficking_interviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trafficking_interviews_person_id"))
        batch_op.drop_index(batch_op.f("ix_trafficking_interviews_case_id"))

    op.drop_table("trafficking_interviews")
    with op.batch_alter_table("status_appeals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_status_appeals_person_id"))
        batch_op.drop_index(batch_op.f("ix_status_appeals_case_id"))

    op.drop_table("status_appeals")
    with op.batch_alter_table("contact_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_words_person_id"))
        batch_op.drop_index(batch_op.f("ix_contact_words_case_id"))

    op.drop_table("contact_words")
    with op.batch_alter_table("code_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_words_person_id"))
        batch_op.drop_index(batch_op.f("ix_code_words_case_id"))

    op.drop_table("code_words")
