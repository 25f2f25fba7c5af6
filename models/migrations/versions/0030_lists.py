"""Indexes for lists of very many cases: by party and stage, and limits that were missed; three that said it twice go."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TWICE = ("case_id", "kind", "on")
LATE = "overdue_at IS NOT NULL AND met_at IS NULL AND voided_at IS NULL"
MISSED = (
    ("ix_deadlines_missed", ["owner", "met_at", "voided_at"], "overdue_at IS NOT NULL"),
    ("ix_deadlines_late", ["id", "case_id"], LATE),
)


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("standings", schema=None) as batch_op:
        for column in TWICE:
            batch_op.drop_index(f"ix_standings_{column}")
        batch_op.create_index("ix_standings_on_stage", ["on", "stage", "case_id"], unique=False)
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        for name, columns, where in MISSED:
            said = sa.text(where)
            batch_op.create_index(name, columns, unique=False, sqlite_where=said, postgresql_where=said)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        for name, *_ in MISSED:
            batch_op.drop_index(name)
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.drop_index("ix_standings_on_stage")
        for column in TWICE:
            batch_op.create_index(f"ix_standings_{column}", [column], unique=False)
