"""A case counts the pushes that crashed; too many, and it stops until a person lets it go on."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None
SHAKY = sa.text("stumbles > 0")


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stumbles", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_cases_stumbles", ["stumbles"], unique=False, sqlite_where=SHAKY, postgresql_where=SHAKY
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_stumbles", sqlite_where=SHAKY, postgresql_where=SHAKY)
        batch_op.drop_column("stopped_at")
        batch_op.drop_column("stumbles")
