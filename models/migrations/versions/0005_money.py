"""Plans in versions with lines, payees, evidence and books; what there was is carried into them."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.base import new_id

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "allowances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("cap_eur", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("approved_eur", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("paid_eur", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.CheckConstraint(
            "0 <= paid_eur AND paid_eur <= approved_eur AND approved_eur <= cap_eur",
            name="ck_allowances_paid_approved_cap",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_allowances_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowances")),
        sa.UniqueConstraint("case_id", "scope", "name", name=op.f("uq_allowances_case_id")),
    )
    with op.batch_alter_table("allowances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allowances_case_id"), ["case_id"], unique=False)

    op.create_table(
        "difference_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("difference", sa.String(length=60), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_difference_answers_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difference_answers")),
    )
    with op.batch_alter_table("difference_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_difference_answers_case_id"), ["case_id"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("met_by", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_meetings_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_case_id"), ["case_id"], unique=False)

    op.create_table(
        "payees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("method", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("account_index", sa.String(length=32), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("account", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_payees_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payees")),
    )
    with op.batch_alter_table("payees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payees_account_index"), ["account_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_payees_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payees_code"), ["code"], unique=False)

    op.create_table(
        "plan_delays",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_delays_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_delays")),
    )
    with op.batch_alter_table("plan_delays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_delays_case_id"), ["case_id"], unique=False)

    op.create_table(
        "reconciliations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reconciliations_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
    )
    with op.batch_alter_table("reconciliations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconciliations_case_id"), ["case_id"], unique=False)

    op.create_table(
        "payee_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_payee_checks_case_id_cases")),
        sa.ForeignKeyConstraint(["payee_id"], ["payees.id"], name=op.f("fk_payee_checks_payee_id_payees")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_checks")),
    )
    with op.batch_alter_table("payee_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payee_checks_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payee_checks_payee_id"), ["payee_id"], unique=False)

    op.create_table(
        "payee_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_payee_reviews_case_id_cases")),
        sa.ForeignKeyConstraint(["payee_id"], ["payees.id"], name=op.f("fk_payee_reviews_payee_id_payees")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_reviews")),
    )
    with op.batch_alter_table("payee_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payee_reviews_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payee_reviews_payee_id"), ["payee_id"], unique=False)

    op.create_table(
        "plan_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_decisions_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_decisions")),
    )
    with op.batch_alter_table("plan_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_decisions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_decisions_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("for_person", sa.Uuid(), nullable=False),
        sa.Column("payee", sa.String(length=40), nullable=True),
        sa.Column("why_not_vendor", sa.String(length=40), nullable=True),
        sa.Column("feasibility", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", sa.Numeric(precision=18, scale=8), nullable=False),
        sa.Column("rate_on", sa.Date(), nullable=False),
        sa.Column("rate_source", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_lines_case_id_cases")),
        sa.ForeignKeyConstraint(["for_person"], ["persons.id"], name=op.f("fk_plan_lines_for_person_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_lines")),
    )
    with op.batch_alter_table("plan_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_lines_case_id"), ["case_id"], unique=False)

    op.create_table(
        "safe_arrivals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_private", sa.Boolean(), nullable=False),
        sa.Column("code_word_checked", sa.Boolean(), nullable=False),
        sa.Column("reached_by", sa.String(length=20), nullable=False),
        sa.Column("safe", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_safe_arrivals_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_safe_arrivals_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_arrivals")),
    )
    with op.batch_alter_table("safe_arrivals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safe_arrivals_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safe_arrivals_person_id"), ["person_id"], unique=False)

    op.create_table(
        "quotes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("vendor", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("why_not_cheapest", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_quotes_case_id_cases")),
        sa.ForeignKeyConstraint(["line_id"], ["plan_lines.id"], name=op.f("fk_quotes_line_id_plan_lines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
    )
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quotes_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotes_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotes_sha256"), ["sha256"], unique=False)

    op.create_table(
        "claim_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("lapse_reason", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claim_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalments.id"], name=op.f("fk_claim_decisions_instalment_id_instalments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_decisions")),
    )
    with op.batch_alter_table("claim_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_decisions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_decisions_instalment_id"), ["instalment_id"], unique=False)

    op.create_table(
        "claim_reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claim_reminders_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalments.id"], name=op.f("fk_claim_reminders_instalment_id_instalments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_reminders")),
    )
    with op.batch_alter_table("claim_reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_reminders_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_reminders_instalment_id"), ["instalment_id"], unique=False)

    op.create_table(
        "claw_backs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_eur", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claw_backs_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalments.id"], name=op.f("fk_claw_backs_instalment_id_instalments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claw_backs")),
    )
    with op.batch_alter_table("claw_backs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claw_backs_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claw_backs_instalment_id"), ["instalment_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("without_faces", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evidence_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalments.id"], name=op.f("fk_evidence_instalment_id_instalments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_instalment_id"), ["instalment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_sha256"), ["sha256"], unique=False)

    op.create_table(
        "money_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("move", sa.String(length=40), nullable=False),
        sa.Column("debit", sa.String(length=40), nullable=False),
        sa.Column("credit", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", sa.Numeric(precision=18, scale=8), nullable=False),
        sa.Column("rate_on", sa.Date(), nullable=False),
        sa.Column("rate_source", sa.String(length=40), nullable=False),
        sa.Column("amount_eur", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.CheckConstraint("amount > 0 AND amount_eur > 0 AND rate > 0", name="ck_money_entries_positive"),
        sa.CheckConstraint("debit <> credit", name="ck_money_entries_two_accounts"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_money_entries_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalments.id"], name=op.f("fk_money_entries_instalment_id_instalments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_entries")),
        sa.UniqueConstraint("instalment_id", "move", name=op.f("uq_money_entries_instalment_id")),
    )
    with op.batch_alter_table("money_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_money_entries_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_money_entries_instalment_id"), ["instalment_id"], unique=False)

    op.create_table(
        "spot_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_spot_checks_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalments.id"], name=op.f("fk_spot_checks_instalment_id_instalments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_checks")),
    )
    with op.batch_alter_table("spot_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spot_checks_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spot_checks_instalment_id"), ["instalment_id"], unique=False)

    op.create_table(
        "claw_back_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("claw_back_id", sa.Uuid(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claw_back_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["claw_back_id"], ["claw_backs.id"], name=op.f("fk_claw_back_decisions_claw_back_id_claw_backs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claw_back_decisions")),
    )
    with op.batch_alter_table("claw_back_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claw_back_decisions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claw_back_decisions_claw_back_id"), ["claw_back_id"], unique=False)

    change_plans()
    with op.batch_alter_table("instalments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("trigger", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True))
    carry_over()
    with op.batch_alter_table("instalments", schema=None) as batch_op:
        batch_op.alter_column("line_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.create_index(batch_op.f("ix_instalments_line_id"), ["line_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_instalments_line_id_plan_lines"), "plan_lines", ["line_id"], ["id"])
        batch_op.drop_column("evidence_hash")
        batch_op.drop_column("evidence_by")
        batch_op.drop_column("approved_by")


def change_plans() -> None:
    """What a version of a plan says."""
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("text_version", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("text_hash", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("language", sa.String(length=3), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("interpreter", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("signed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=40), nullable=True))
        for name in ("goals", "left_out", "lines"):
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))


def carry_over() -> None:
    """Each old instalment becomes a line of its own; its evidence, approval and payment are carried into the books.

    A rate was not kept before the books: one of another currency than the euro is carried at 1 and says so.
    """
    connection = op.get_bind()
    t = known_tables(connection)
    principals = {
        row.case_id: row.id for row in connection.execute(sa.select(t["persons"]).where(t["persons"].c.principal))
    }
    lines: dict[Any, list[str]] = defaultdict(list)
    sums: dict[Any, list[Any]] = defaultdict(lambda: [0, 0])
    for row in connection.execute(sa.select(t["instalments"])).all():
        about = {"case_id": row.case_id, "at": row.at, "by": row.by, "journey": row.journey}
        line = new_id()
        connection.execute(t["plan_lines"].insert().values(
            **about, id=line, kind=row.label, dimension="economic", level="individual", feasibility={},
            for_person=principals[row.case_id], currency=row.currency, rate=1, rate_on=row.due_on,
            rate_source="before_the_books",
        ))  # fmt: skip
        connection.execute(t["instalments"].update().where(t["instalments"].c.id == row.id).values(line_id=line))
        lines[row.plan_id].append(str(line))
        if row.evidence_hash:
            proof = {**about, "by": row.evidence_by or row.by, "kind": "invoice", "sha256": row.evidence_hash}
            connection.execute(t["evidence"].insert().values(**proof, id=new_id(), instalment_id=row.id))
        for move, debit, credit in moves_of(row):
            by = row.approved_by if move == "approved" else "before_the_books"
            connection.execute(t["money_entries"].insert().values(
                **about | {"by": by}, id=new_id(), instalment_id=row.id, move=move, debit=debit, credit=credit, amount=row.amount,
                currency=row.currency, rate=1, rate_on=row.due_on, rate_source="before_the_books",
                amount_eur=row.amount, reference=row.payment_reference,
            ))  # fmt: skip
            sums[row.case_id][0] += row.amount if move == "approved" else 0
            sums[row.case_id][1] += row.amount if move == "handed_over" else 0
    for row in connection.execute(sa.select(t["plans"])).all():
        connection.execute(t["plans"].update().where(t["plans"].c.id == row.id).values(lines=lines[row.id]))
        decision = {"case_id": row.case_id, "at": row.at, "by": row.by, "journey": row.journey, "approved": True}
        connection.execute(t["plan_decisions"].insert().values(**decision, id=new_id(), plan_id=row.id))
    for case_id, (approved, paid) in sums.items():
        connection.execute(t["allowances"].insert().values(
            id=new_id(), case_id=case_id, scope="family", name="", cap_eur=approved, approved_eur=approved,
            paid_eur=paid,
        ))  # fmt: skip


def known_tables(connection: Any) -> Any:
    """The tables as they are now; a database that has no type of its own for ids and lists is told what they are."""
    tables = sa.MetaData()
    names = (
        "plans",
        "instalments",
        "plan_lines",
        "plan_decisions",
        "persons",
        "evidence",
        "money_entries",
        "allowances",
    )
    tables.reflect(connection, only=names)
    for table in tables.tables.values():
        for column in table.columns:
            if column.name == "id" or column.name.endswith("_id") or column.name == "for_person":
                column.type = sa.Uuid()
            elif column.name in ("lines", "goals", "left_out", "feasibility"):
                column.type = sa.JSON()
    return tables.tables


def moves_of(row: Any) -> list[tuple[str, str, str]]:
    """What happened to an old instalment, as movements."""
    moves = [("approved", "committed", "budget")] if row.approved_by else []
    if row.approved_by and row.payment_reference:
        moves.append(("ordered", "in_transit", "committed"))
    lies = "in_transit" if row.payment_reference else "committed"
    if row.approved_by and row.payment_status == "handed_over":
        moves.append(("handed_over", "delivered", lies))
    elif row.approved_by and row.payment_status == "failed" and row.payment_reference:
        moves.append(("failed", "committed", "in_transit"))
    return moves


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_column("lines")
        batch_op.drop_column("left_out")
        batch_op.drop_column("goals")
        batch_op.drop_column("reason")
        batch_op.drop_column("signed_on")
        batch_op.drop_column("interpreter")
        batch_op.drop_column("language")
        batch_op.drop_column("text_hash")
        batch_op.drop_column("text_version")
        batch_op.drop_column("version")

    with op.batch_alter_table("instalments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approved_by", sa.VARCHAR(length=60), nullable=True))
        batch_op.add_column(sa.Column("evidence_by", sa.VARCHAR(length=60), nullable=True))
        batch_op.add_column(sa.Column("evidence_hash", sa.VARCHAR(length=64), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_instalments_line_id_plan_lines"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_instalments_line_id"))
        batch_op.drop_column("stop_asked_at")
        batch_op.drop_column("by_hand")
        batch_op.drop_column("trigger")
        batch_op.drop_column("line_id")

    with op.batch_alter_table("claw_back_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claw_back_decisions_claw_back_id"))
        batch_op.drop_index(batch_op.f("ix_claw_back_decisions_case_id"))

    op.drop_table("claw_back_decisions")
    with op.batch_alter_table("spot_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spot_checks_instalment_id"))
        batch_op.drop_index(batch_op.f("ix_spot_checks_case_id"))

    op.drop_table("spot_checks")
    with op.batch_alter_table("money_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_money_entries_instalment_id"))
        batch_op.drop_index(batch_op.f("ix_money_entries_case_id"))

    op.drop_table("money_entries")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sha256"))
        batch_op.drop_index(batch_op.f("ix_evidence_instalment_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_case_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("claw_backs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claw_backs_instalment_id"))
        batch_op.drop_index(batch_op.f("ix_claw_backs_case_id"))

    op.drop_table("claw_backs")
    with op.batch_alter_table("claim_reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_reminders_instalment_id"))
        batch_op.drop_index(batch_op.f("ix_claim_reminders_case_id"))

    op.drop_table("claim_reminders")
    with op.batch_alter_table("claim_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_decisions_instalment_id"))
        batch_op.drop_index(batch_op.f("ix_claim_decisions_case_id"))

    op.drop_table("claim_decisions")
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quotes_sha256"))
        batch_op.drop_index(batch_op.f("ix_quotes_line_id"))
        batch_op.drop_index(batch_op.f("ix_quotes_case_id"))

    op.drop_table("quotes")
    with op.batch_alter_table("safe_arrivals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safe_arrivals_person_id"))
        batch_op.drop_index(batch_op.f("ix_safe_arrivals_case_id"))

    op.drop_table("safe_arrivals")
    with op.batch_alter_table("plan_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_lines_case_id"))

    op.drop_table("plan_lines")
    with op.batch_alter_table("plan_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_decisions_plan_id"))
        batch_op.drop_index(batch_op.f("ix_plan_decisions_case_id"))

    op.drop_table("plan_decisions")
    with op.batch_alter_table("payee_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payee_reviews_payee_id"))
        batch_op.drop_index(batch_op.f("ix_payee_reviews_case_id"))

    op.drop_table("payee_reviews")
    with op.batch_alter_table("payee_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payee_checks_payee_id"))
        batch_op.drop_index(batch_op.f("ix_payee_checks_case_id"))

    op.drop_table("payee_checks")
    with op.batch_alter_table("reconciliations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reconciliations_case_id"))

    op.drop_table("reconciliations")
    with op.batch_alter_table("plan_delays", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_delays_case_id"))

    op.drop_table("plan_delays")
    with op.batch_alter_table("payees", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payees_code"))
        batch_op.drop_index(batch_op.f("ix_payees_case_id"))
        batch_op.drop_index(batch_op.f("ix_payees_account_index"))

    op.drop_table("payees")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_case_id"))

    op.drop_table("meetings")
    with op.batch_alter_table("difference_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_difference_answers_case_id"))

    op.drop_table("difference_answers")
    with op.batch_alter_table("allowances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allowances_case_id"))

    op.drop_table("allowances")
