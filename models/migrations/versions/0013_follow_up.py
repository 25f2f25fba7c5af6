"""Attempts to reach people, trusted contacts, surveys with their scores, and what is learned afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "loss_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_loss_decisions_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_decisions")),
    )
    with op.batch_alter_table("loss_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loss_decisions_case_id"), ["case_id"], unique=False)

    op.create_table(
        "contact_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_partner", sa.Boolean(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("noticed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contact_attempts_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_contact_attempts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempts")),
    )
    with op.batch_alter_table("contact_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_attempts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_attempts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "migration_intentions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("intends", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_migration_intentions_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_migration_intentions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_intentions")),
    )
    with op.batch_alter_table("migration_intentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_migration_intentions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_migration_intentions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "remigrations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("assistance", sa.String(length=20), nullable=False),
        sa.Column("transferred_to", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("whereabouts", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_remigrations_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_remigrations_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remigrations")),
    )
    with op.batch_alter_table("remigrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remigrations_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remigrations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "retrafficking_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("next_ref", sa.String(length=20), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_retrafficking_reports_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_retrafficking_reports_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrafficking_reports")),
    )
    with op.batch_alter_table("retrafficking_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retrafficking_reports_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_retrafficking_reports_person_id"), ["person_id"], unique=False)

    op.create_table(
        "satisfactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_satisfactions_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_satisfactions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_satisfactions")),
    )
    with op.batch_alter_table("satisfactions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_satisfactions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_satisfactions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "survey_responses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("interviewer", sa.String(length=60), nullable=False),
        sa.Column("months_since", sa.Integer(), nullable=False),
        sa.Column("proxy", sa.Boolean(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_survey_responses_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_survey_responses_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_responses")),
    )
    with op.batch_alter_table("survey_responses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_responses_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_responses_person_id"), ["person_id"], unique=False)

    op.create_table(
        "trusted_contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("relation", sa.LargeBinary(), nullable=True),
        sa.Column("may_be_told", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_trusted_contacts_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_trusted_contacts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_contacts")),
    )
    with op.batch_alter_table("trusted_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trusted_contacts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trusted_contacts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "vital_interests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("first_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_vital_interests_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_vital_interests_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vital_interests")),
    )
    with op.batch_alter_table("vital_interests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vital_interests_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vital_interests_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vital_interests_person_id"), ["person_id"], unique=False)

    op.create_table(
        "survey_scores",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scores", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_survey_scores_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_survey_scores_person_id_persons")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_responses.id"], name=op.f("fk_survey_scores_response_id_survey_responses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_scores")),
    )
    with op.batch_alter_table("survey_scores", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_scores_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_scores_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_scores_response_id"), ["response_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("survey_scores", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_scores_response_id"))
        batch_op.drop_index(batch_op.f("ix_survey_scores_person_id"))
        batch_op.drop_index(batch_op.f("ix_survey_scores_case_id"))

    op.drop_table("survey_scores")
    with op.batch_alter_table("vital_interests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vital_interests_person_id"))
        batch_op.drop_index(batch_op.f("ix_vital_interests_first_id"))
        batch_op.drop_index(batch_op.f("ix_vital_interests_case_id"))

    op.drop_table("vital_interests")
    with op.batch_alter_table("trusted_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trusted_contacts_person_id"))
        batch_op.drop_index(batch_op.f("ix_trusted_contacts_case_id"))

    op.drop_table("trusted_contacts")
    with op.batch_alter_table("survey_responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_responses_person_id"))
        batch_op.drop_index(batch_op.f("ix_survey_responses_case_id"))

    op.drop_table("survey_responses")
    with op.batch_alter_table("satisfactions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_satisfactions_person_id"))
        batch_op.drop_index(batch_op.f("ix_satisfactions_case_id"))

    op.drop_table("satisfactions")
    with op.batch_alter_table("retrafficking_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retrafficking_reports_person_id"))
        batch_op.drop_index(batch_op.f("ix_retrafficking_reports_case_id"))

    op.drop_table("retrafficking_reports")
    with op.batch_alter_table("remigrations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remigrations_person_id"))
        batch_op.drop_index(batch_op.f("ix_remigrations_case_id"))

    op.drop_table("remigrations")
    with op.batch_alter_table("migration_intentions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_migration_intentions_person_id"))
        batch_op.drop_index(batch_op.f("ix_migration_intentions_case_id"))

    op.drop_table("migration_intentions")
    with op.batch_alter_table("contact_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_attempts_person_id"))
        batch_op.drop_index(batch_op.f("ix_contact_attempts_case_id"))

    op.drop_table("contact_attempts")
    with op.batch_alter_table("loss_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_loss_decisions_case_id"))

    op.drop_table("loss_decisions")
