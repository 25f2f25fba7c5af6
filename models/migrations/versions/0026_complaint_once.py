"""A complaint that is sent twice is one."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.add_column(sa.Column("once", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_complaints_once"), ["once"])


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_complaints_once"), type_="unique")
        batch_op.drop_column("once")
