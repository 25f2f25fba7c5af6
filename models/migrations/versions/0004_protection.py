"""Protection: the whole matrix, later looks, claims, children, and holds on places."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "country_assessments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_assessments")),
    )
    with op.batch_alter_table("country_assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_country_assessments_country"), ["country"], unique=False)

    op.create_table(
        "place_holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("woken_to", sa.Uuid(), nullable=True),
        sa.Column("woken_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_holds")),
    )
    with op.batch_alter_table("place_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_holds_country"), ["country"], unique=False)

    op.create_table(
        "lift_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["place_holds.id"], name=op.f("fk_lift_words_hold_id_place_holds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lift_words")),
        sa.UniqueConstraint("hold_id", "by", name=op.f("uq_lift_words_hold_id")),
    )
    with op.batch_alter_table("lift_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lift_words_hold_id"), ["hold_id"], unique=False)

    op.create_table(
        "age_claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("age_source", sa.String(length=20), nullable=False),
        sa.Column("born_on", sa.LargeBinary(), nullable=True),
        sa.Column("narrative", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_age_claims_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_age_claims_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_claims")),
    )
    with op.batch_alter_table("age_claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_age_claims_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_age_claims_person_id"), ["person_id"], unique=False)

    op.create_table(
        "age_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(length=60), nullable=False),
        sa.Column("decision_hash", sa.String(length=64), nullable=False),
        sa.Column("born_on", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_age_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_age_decisions_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_decisions")),
    )
    with op.batch_alter_table("age_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_age_decisions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_age_decisions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "comings_of_age",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("protection_goes_on", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_comings_of_age_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_comings_of_age_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comings_of_age")),
    )
    with op.batch_alter_table("comings_of_age", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comings_of_age_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comings_of_age_person_id"), ["person_id"], unique=False)

    op.create_table(
        "legal_aids",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("in_writing", sa.Boolean(), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=True),
        sa.Column("provider", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_aids_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_legal_aids_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_aids")),
    )
    with op.batch_alter_table("legal_aids", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_aids_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_legal_aids_person_id"), ["person_id"], unique=False)

    op.create_table(
        "protection_claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("decision_hash", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.LargeBinary(), nullable=True),
        sa.Column("court_on", sa.LargeBinary(), nullable=True),
        sa.Column("narrative", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_protection_claims_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_protection_claims_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_claims")),
    )
    with op.batch_alter_table("protection_claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protection_claims_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_claims_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_claims_person_id"), ["person_id"], unique=False)

    op.create_table(
        "threats",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.LargeBinary(), nullable=True),
        sa.Column("channel", sa.LargeBinary(), nullable=True),
        sa.Column("happened_on", sa.LargeBinary(), nullable=True),
        sa.Column("narrative", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_threats_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_threats_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threats")),
    )
    with op.batch_alter_table("threats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_threats_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_threats_person_id"), ["person_id"], unique=False)

    op.create_table(
        "risk_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("signals_seen", sa.Integer(), nullable=False),
        sa.Column("country_assessment_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["risk_assessments.id"], name=op.f("fk_risk_reviews_assessment_id_risk_assessments")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_risk_reviews_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_risk_reviews_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_reviews")),
    )
    with op.batch_alter_table("risk_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_reviews_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_reviews_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_reviews_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ticket_holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_ticket_holds_booking_id_bookings")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ticket_holds_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_holds")),
    )
    with op.batch_alter_table("ticket_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_holds_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ticket_holds_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("best_interests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chair", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("panel", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("parent_complicit", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("parts", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("risk_approvals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("lower_seen", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("risk_assessments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hint", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("signals_seen", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("country_input_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("country_assessment_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("risk_assessments", schema=None) as batch_op:
        batch_op.drop_column("country_assessment_id")
        batch_op.drop_column("country_input_id")
        batch_op.drop_column("signals_seen")
        batch_op.drop_column("reason")
        batch_op.drop_column("hint")

    with op.batch_alter_table("risk_approvals", schema=None) as batch_op:
        batch_op.drop_column("lower_seen")
        batch_op.drop_column("sha256")

    with op.batch_alter_table("best_interests", schema=None) as batch_op:
        batch_op.drop_column("parts")
        batch_op.drop_column("parent_complicit")
        batch_op.drop_column("valid_until")
        batch_op.drop_column("panel")
        batch_op.drop_column("chair")

    with op.batch_alter_table("ticket_holds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_holds_case_id"))
        batch_op.drop_index(batch_op.f("ix_ticket_holds_booking_id"))

    op.drop_table("ticket_holds")
    with op.batch_alter_table("risk_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_reviews_person_id"))
        batch_op.drop_index(batch_op.f("ix_risk_reviews_case_id"))
        batch_op.drop_index(batch_op.f("ix_risk_reviews_assessment_id"))

    op.drop_table("risk_reviews")
    with op.batch_alter_table("threats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threats_person_id"))
        batch_op.drop_index(batch_op.f("ix_threats_case_id"))

    op.drop_table("threats")
    with op.batch_alter_table("protection_claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protection_claims_person_id"))
        batch_op.drop_index(batch_op.f("ix_protection_claims_claim_id"))
        batch_op.drop_index(batch_op.f("ix_protection_claims_case_id"))

    op.drop_table("protection_claims")
    with op.batch_alter_table("legal_aids", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_legal_aids_person_id"))
        batch_op.drop_index(batch_op.f("ix_legal_aids_case_id"))

    op.drop_table("legal_aids")
    with op.batch_alter_table("comings_of_age", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comings_of_age_person_id"))
        batch_op.drop_index(batch_op.f("ix_comings_of_age_case_id"))

    op.drop_table("comings_of_age")
    with op.batch_alter_table("age_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_age_decisions_person_id"))
        batch_op.drop_index(batch_op.f("ix_age_decisions_case_id"))

    op.drop_table("age_decisions")
    with op.batch_alter_table("age_claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_age_claims_person_id"))
        batch_op.drop_index(batch_op.f("ix_age_claims_case_id"))

    op.drop_table("age_claims")
    with op.batch_alter_table("lift_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lift_words_hold_id"))

    op.drop_table("lift_words")
    with op.batch_alter_table("place_holds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_holds_country"))

    op.drop_table("place_holds")
    with op.batch_alter_table("country_assessments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_country_assessments_country"))

    op.drop_table("country_assessments")
