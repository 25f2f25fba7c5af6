"""Shelters: units, beds, stays, the books of a house, needs unmet, direct assistance."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "shelter_units",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_shelter_units")),
    )
    op.create_table(
        "shelter_addresses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=16), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["shelter_units.code"], name=op.f("fk_shelter_addresses_unit_code_shelter_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelter_addresses")),
        sa.UniqueConstraint("unit_code", name=op.f("uq_shelter_addresses_unit_code")),
    )
    op.create_table(
        "shelter_beds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=16), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("occupied_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["shelter_units.code"], name=op.f("fk_shelter_beds_unit_code_shelter_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelter_beds")),
        sa.UniqueConstraint("unit_code", "label", name=op.f("uq_shelter_beds_unit_code")),
    )
    with op.batch_alter_table("shelter_beds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelter_beds_unit_code"), ["unit_code"], unique=False)

    op.create_table(
        "direct_assistance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=60), nullable=False),
        sa.Column("line", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("proof_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_direct_assistance_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_direct_assistance_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_assistance")),
        sa.UniqueConstraint("client_id", name=op.f("uq_direct_assistance_client_id")),
    )
    with op.batch_alter_table("direct_assistance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_direct_assistance_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_direct_assistance_person_id"), ["person_id"], unique=False)

    op.create_table(
        "shelter_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("contested_id", sa.Uuid(), nullable=False),
        sa.Column("stands", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_shelter_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_shelter_decisions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelter_decisions")),
        sa.UniqueConstraint("contested_id", name=op.f("uq_shelter_decisions_contested_id")),
    )
    with op.batch_alter_table("shelter_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelter_decisions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shelter_decisions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "shelter_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=60), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("serious", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_shelter_entries_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_shelter_entries_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelter_entries")),
        sa.UniqueConstraint("client_id", name=op.f("uq_shelter_entries_client_id")),
    )
    with op.batch_alter_table("shelter_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelter_entries_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shelter_entries_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shelter_entries_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "shelter_fields",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=60), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("contests", sa.Uuid(), nullable=True),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_shelter_fields_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_shelter_fields_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelter_fields")),
        sa.UniqueConstraint("client_id", name=op.f("uq_shelter_fields_client_id")),
    )
    with op.batch_alter_table("shelter_fields", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shelter_fields_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shelter_fields_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shelter_fields_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "stay_ends",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=60), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stay_ends_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_stay_ends_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_ends")),
        sa.UniqueConstraint("client_id", name=op.f("uq_stay_ends_client_id")),
        sa.UniqueConstraint("stay_id", name=op.f("uq_stay_ends_stay_id")),
    )
    with op.batch_alter_table("stay_ends", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stay_ends_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stay_ends_person_id"), ["person_id"], unique=False)

    op.create_table(
        "stays",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.String(length=60), nullable=False),
        sa.Column("unit_code", sa.String(length=16), nullable=False),
        sa.Column("bed_id", sa.Uuid(), nullable=True),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stays_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_stays_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stays")),
        sa.UniqueConstraint("client_id", name=op.f("uq_stays_client_id")),
    )
    with op.batch_alter_table("stays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stays_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stays_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stays_unit_code"), ["unit_code"], unique=False)

    op.create_table(
        "unmet_needs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unmet_needs_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_unmet_needs_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_needs")),
    )
    with op.batch_alter_table("unmet_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unmet_needs_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unmet_needs_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("unmet_needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unmet_needs_person_id"))
        batch_op.drop_index(batch_op.f("ix_unmet_needs_case_id"))

    op.drop_table("unmet_needs")
    with op.batch_alter_table("stays", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stays_unit_code"))
        batch_op.drop_index(batch_op.f("ix_stays_person_id"))
        batch_op.drop_index(batch_op.f("ix_stays_case_id"))

    op.drop_table("stays")
    with op.batch_alter_table("stay_ends", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stay_ends_person_id"))
        batch_op.drop_index(batch_op.f("ix_stay_ends_case_id"))

    op.drop_table("stay_ends")
    with op.batch_alter_table("shelter_fields", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelter_fields_stay_id"))
        batch_op.drop_index(batch_op.f("ix_shelter_fields_person_id"))
        batch_op.drop_index(batch_op.f("ix_shelter_fields_case_id"))

    op.drop_table("shelter_fields")
    with op.batch_alter_table("shelter_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelter_entries_stay_id"))
        batch_op.drop_index(batch_op.f("ix_shelter_entries_person_id"))
        batch_op.drop_index(batch_op.f("ix_shelter_entries_case_id"))

    op.drop_table("shelter_entries")
    with op.batch_alter_table("shelter_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelter_decisions_person_id"))
        batch_op.drop_index(batch_op.f("ix_shelter_decisions_case_id"))

    op.drop_table("shelter_decisions")
    with op.batch_alter_table("direct_assistance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_direct_assistance_person_id"))
        batch_op.drop_index(batch_op.f("ix_direct_assistance_case_id"))

    op.drop_table("direct_assistance")
    with op.batch_alter_table("shelter_beds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shelter_beds_unit_code"))

    op.drop_table("shelter_beds")
    op.drop_table("shelter_addresses")
    op.drop_table("shelter_units")
