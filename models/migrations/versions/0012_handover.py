"""The whole of a handover: questions, words, acknowledgements, packages, incidents, certificates; partners' hours."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "handover_urgencies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_urgencies_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_urgencies")),
    )
    with op.batch_alter_table("handover_urgencies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_urgencies_case_id"), ["case_id"], unique=False)

    op.create_table(
        "partner_calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_partner_calls_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_calls")),
    )
    with op.batch_alter_table("partner_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_calls_case_id"), ["case_id"], unique=False)

    op.create_table(
        "partner_choices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_partner_choices_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_choices")),
    )
    with op.batch_alter_table("partner_choices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_choices_case_id"), ["case_id"], unique=False)

    op.create_table(
        "protection_incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=60), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_protection_incidents_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_incidents")),
        sa.UniqueConstraint("case_id", "kind", "subject", name=op.f("uq_protection_incidents_case_id")),
    )
    with op.batch_alter_table("protection_incidents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protection_incidents_case_id"), ["case_id"], unique=False)

    op.create_table(
        "reception_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("no_contact", sa.LargeBinary(), nullable=True),
        sa.Column("medical_alerts", sa.LargeBinary(), nullable=True),
        sa.Column("staff_gender", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reception_notes_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_reception_notes_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_notes")),
    )
    with op.batch_alter_table("reception_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reception_notes_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reception_notes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "data_certificates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_data_certificates_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_data_certificates_handover_id_handovers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_certificates")),
    )
    with op.batch_alter_table("data_certificates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_certificates_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_data_certificates_handover_id"), ["handover_id"], unique=False)

    op.create_table(
        "handover_acknowledgements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_acknowledgements_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_handover_acknowledgements_handover_id_handovers")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_handover_acknowledgements_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_acknowledgements")),
    )
    with op.batch_alter_table("handover_acknowledgements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_acknowledgements_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_acknowledgements_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_acknowledgements_person_id"), ["person_id"], unique=False)

    op.create_table(
        "handover_packages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("effect_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("their_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_packages_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_handover_packages_handover_id_handovers")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_handover_packages_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_packages")),
        sa.UniqueConstraint("effect_id", name=op.f("uq_handover_packages_effect_id")),
    )
    with op.batch_alter_table("handover_packages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_packages_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_packages_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_packages_person_id"), ["person_id"], unique=False)

    op.create_table(
        "handover_questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("reply", sa.LargeBinary(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_questions_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_handover_questions_handover_id_handovers")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_handover_questions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_questions")),
    )
    with op.batch_alter_table("handover_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_questions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_questions_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_questions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "handover_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_words_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_handover_words_handover_id_handovers")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_handover_words_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_words")),
    )
    with op.batch_alter_table("handover_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_words_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_words_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_words_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("back", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("urgency", sa.String(length=12), nullable=False, server_default="normal"))
        batch_op.add_column(sa.Column("preview", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("preview_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("arrival_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("arrival_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("unnamed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("available_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("plan_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("plan_sent_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("our_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("their_sha256", sa.String(length=64), nullable=True))
        batch_op.create_index(
            "uq_handovers_open",
            ["case_id", "partner", "back"],
            unique=True,
            sqlite_where=sa.text("status IN ('draft', 'offered', 'asked_back', 'accepted')"),
            postgresql_where=sa.text("status IN ('draft', 'offered', 'asked_back', 'accepted')"),
        )
        batch_op.drop_column("reply_at")
        batch_op.drop_column("reply")
        batch_op.drop_column("asked_back")

    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.add_column(sa.Column("areas", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("zone", sa.String(length=60), nullable=False, server_default="Europe/Istanbul"))
        batch_op.add_column(sa.Column("opens", sa.Integer(), nullable=False, server_default="9"))
        batch_op.add_column(sa.Column("closes", sa.Integer(), nullable=False, server_default="17"))
        batch_op.add_column(sa.Column("manager", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.drop_column("stopped_at")
        batch_op.drop_column("paused_until")
        batch_op.drop_column("capacity")
        batch_op.drop_column("manager")
        batch_op.drop_column("closes")
        batch_op.drop_column("opens")
        batch_op.drop_column("zone")
        batch_op.drop_column("areas")

    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_back", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("reply", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("reply_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index(
            "uq_handovers_open",
            sqlite_where=sa.text("status IN ('draft', 'offered', 'asked_back', 'accepted')"),
            postgresql_where=sa.text("status IN ('draft', 'offered', 'asked_back', 'accepted')"),
        )
        batch_op.drop_column("their_sha256")
        batch_op.drop_column("our_sha256")
        batch_op.drop_column("plan_sent_at")
        batch_op.drop_column("plan_asked_at")
        batch_op.drop_column("available_from")
        batch_op.drop_column("accepted_at")
        batch_op.drop_column("unnamed_at")
        batch_op.drop_column("offered_at")
        batch_op.drop_column("arrival_to")
        batch_op.drop_column("arrival_from")
        batch_op.drop_column("preview_sha256")
        batch_op.drop_column("preview")
        batch_op.drop_column("urgency")
        batch_op.drop_column("back")

    with op.batch_alter_table("handover_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_words_person_id"))
        batch_op.drop_index(batch_op.f("ix_handover_words_handover_id"))
        batch_op.drop_index(batch_op.f("ix_handover_words_case_id"))

    op.drop_table("handover_words")
    with op.batch_alter_table("handover_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_questions_person_id"))
        batch_op.drop_index(batch_op.f("ix_handover_questions_handover_id"))
        batch_op.drop_index(batch_op.f("ix_handover_questions_case_id"))

    op.drop_table("handover_questions")
    with op.batch_alter_table("handover_packages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_packages_person_id"))
        batch_op.drop_index(batch_op.f("ix_handover_packages_handover_id"))
        batch_op.drop_index(batch_op.f("ix_handover_packages_case_id"))

    op.drop_table("handover_packages")
    with op.batch_alter_table("handover_acknowledgements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_acknowledgements_person_id"))
        batch_op.drop_index(batch_op.f("ix_handover_acknowledgements_handover_id"))
        batch_op.drop_index(batch_op.f("ix_handover_acknowledgements_case_id"))

    op.drop_table("handover_acknowledgements")
    with op.batch_alter_table("data_certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_data_certificates_handover_id"))
        batch_op.drop_index(batch_op.f("ix_data_certificates_case_id"))

    op.drop_table("data_certificates")
    with op.batch_alter_table("reception_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reception_notes_person_id"))
        batch_op.drop_index(batch_op.f("ix_reception_notes_case_id"))

    op.drop_table("reception_notes")
    with op.batch_alter_table("protection_incidents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protection_incidents_case_id"))

    op.drop_table("protection_incidents")
    with op.batch_alter_table("partner_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_choices_case_id"))

    op.drop_table("partner_choices")
    with op.batch_alter_table("partner_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_calls_case_id"))

    op.drop_table("partner_calls")
    with op.batch_alter_table("handover_urgencies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_urgencies_case_id"))

    op.drop_table("handover_urgencies")
