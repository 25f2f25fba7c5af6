"""Indexes for a page of somebody's cases, in the order of the cases: by who answers for them, and by who works on them."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ANSWERS = {"owner": "owner IS NOT NULL", "opened_by": "owner IS NULL"}
LIVE = sa.text("until IS NULL")


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for column, where in ANSWERS.items():
            said = sa.text(where)
            batch_op.drop_index(f"ix_cases_{column}")
            batch_op.create_index(
                f"ix_cases_{column}", [column, "id", "closed_at"], unique=False, sqlite_where=said,
                postgresql_where=said,
            )  # fmt: skip
    with op.batch_alter_table("case_assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_case_assignments_handle_until")
        batch_op.create_index(
            "ix_case_assignments_live", ["handle", "role", "case_id"], unique=False, sqlite_where=LIVE,
            postgresql_where=LIVE,
        )  # fmt: skip


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("case_assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_case_assignments_live")
        batch_op.create_index("ix_case_assignments_handle_until", ["handle", "until"], unique=False)
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for column in ANSWERS:
            batch_op.drop_index(f"ix_cases_{column}")
            batch_op.create_index(f"ix_cases_{column}", [column], unique=False)
