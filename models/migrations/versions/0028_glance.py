"""A case keeps what its status says when it comes to rest; indexes for open cases and for those without an owner."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("noted_ver", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("noted", sa.JSON(), nullable=True))
        for name, column, where in INDEXES:
            said = sa.text(where)
            batch_op.create_index(name, [column], unique=False, sqlite_where=said, postgresql_where=said)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name, *_ in INDEXES:
            batch_op.drop_index(name)
        batch_op.drop_column("noted")
        batch_op.drop_column("noted_ver")


INDEXES = (
    ("ix_cases_unowned", "unowned_since", "unowned_since IS NOT NULL"),
    ("ix_cases_open", "id", "closed_at IS NULL"),
)
