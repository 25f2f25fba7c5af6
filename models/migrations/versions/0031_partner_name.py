"""A receiving partner has a name beside its code."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(length=120), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.drop_column("name")
