"""People who may be the same, families that part, and enquiries from outside."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "enquiries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("asker", sa.String(length=20), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("caller", sa.LargeBinary(), nullable=True),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
    )
    op.create_table(
        "family_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_family_links_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_links")),
    )
    with op.batch_alter_table("family_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_links_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_links_group_id"), ["group_id"], unique=False)

    op.create_table(
        "duplicate_candidates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_case_id", sa.Uuid(), nullable=False),
        sa.Column("other_person_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("twin", sa.Boolean(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_duplicate_candidates_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["other_case_id"], ["cases.id"], name=op.f("fk_duplicate_candidates_other_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["other_person_id"], ["persons.id"], name=op.f("fk_duplicate_candidates_other_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_duplicate_candidates_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_candidates")),
    )
    with op.batch_alter_table("duplicate_candidates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duplicate_candidates_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_candidates_other_case_id"), ["other_case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_candidates_person_id"), ["person_id"], unique=False)

    op.create_table(
        "enquiry_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=60), nullable=True),
        sa.Column("action", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_enquiry_notes_case_id_cases")),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name=op.f("fk_enquiry_notes_enquiry_id_enquiries")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_enquiry_notes_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_notes")),
    )
    with op.batch_alter_table("enquiry_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enquiry_notes_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enquiry_notes_enquiry_id"), ["enquiry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enquiry_notes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "match_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_match_tokens_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_match_tokens_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_tokens")),
    )
    with op.batch_alter_table("match_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_tokens_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_tokens_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_tokens_token"), ["token"], unique=False)

    op.create_table(
        "prior_assistance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_prior_assistance_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_prior_assistance_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prior_assistance")),
    )
    with op.batch_alter_table("prior_assistance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prior_assistance_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_prior_assistance_person_id"), ["person_id"], unique=False)

    op.create_table(
        "separations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("perpetrator_here", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_separations_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_separations_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separations")),
    )
    with op.batch_alter_table("separations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_separations_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_separations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "case_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("kept_case_id", sa.Uuid(), nullable=False),
        sa.Column("closed_case_id", sa.Uuid(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["duplicate_candidates.id"], name=op.f("fk_case_merges_candidate_id_duplicate_candidates")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_merges_case_id_cases")),
        sa.ForeignKeyConstraint(["kept_case_id"], ["cases.id"], name=op.f("fk_case_merges_kept_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merges")),
    )
    with op.batch_alter_table("case_merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_merges_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_merges_case_id"), ["case_id"], unique=False)

    op.create_table(
        "duplicate_verdicts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["duplicate_candidates.id"],
            name=op.f("fk_duplicate_verdicts_candidate_id_duplicate_candidates"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_duplicate_verdicts_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_duplicate_verdicts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_verdicts")),
    )
    with op.batch_alter_table("duplicate_verdicts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duplicate_verdicts_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_verdicts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_verdicts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "same_persons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("other_case_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["duplicate_candidates.id"],
            name=op.f("fk_same_persons_candidate_id_duplicate_candidates"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_same_persons_case_id_cases")),
        sa.ForeignKeyConstraint(["other_case_id"], ["cases.id"], name=op.f("fk_same_persons_other_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_persons")),
    )
    with op.batch_alter_table("same_persons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_same_persons_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_same_persons_other_case_id"), ["other_case_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("same_persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_same_persons_other_case_id"))
        batch_op.drop_index(batch_op.f("ix_same_persons_case_id"))

    op.drop_table("same_persons")
    with op.batch_alter_table("duplicate_verdicts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duplicate_verdicts_person_id"))
        batch_op.drop_index(batch_op.f("ix_duplicate_verdicts_case_id"))
        batch_op.drop_index(batch_op.f("ix_duplicate_verdicts_candidate_id"))

    op.drop_table("duplicate_verdicts")
    with op.batch_alter_table("case_merges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_merges_case_id"))
        batch_op.drop_index(batch_op.f("ix_case_merges_candidate_id"))

    op.drop_table("case_merges")
    with op.batch_alter_table("separations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_separations_person_id"))
        batch_op.drop_index(batch_op.f("ix_separations_case_id"))

    op.drop_table("separations")
    with op.batch_alter_table("prior_assistance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prior_assistance_person_id"))
        batch_op.drop_index(batch_op.f("ix_prior_assistance_case_id"))

    op.drop_table("prior_assistance")
    with op.batch_alter_table("match_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_tokens_token"))
        batch_op.drop_index(batch_op.f("ix_match_tokens_person_id"))
        batch_op.drop_index(batch_op.f("ix_match_tokens_case_id"))

    op.drop_table("match_tokens")
    with op.batch_alter_table("enquiry_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enquiry_notes_person_id"))
        batch_op.drop_index(batch_op.f("ix_enquiry_notes_enquiry_id"))
        batch_op.drop_index(batch_op.f("ix_enquiry_notes_case_id"))

    op.drop_table("enquiry_notes")
    with op.batch_alter_table("duplicate_candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duplicate_candidates_person_id"))
        batch_op.drop_index(batch_op.f("ix_duplicate_candidates_other_case_id"))
        batch_op.drop_index(batch_op.f("ix_duplicate_candidates_case_id"))

    op.drop_table("duplicate_candidates")
    with op.batch_alter_table("family_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_links_group_id"))
        batch_op.drop_index(batch_op.f("ix_family_links_case_id"))

    op.drop_table("family_links")
    op.drop_table("enquiries")
