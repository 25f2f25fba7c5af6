"""A saved list of cases has a name, sealed by the house."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("saved_filters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("saved_filters", schema=None) as batch_op:
        batch_op.drop_column("name")
