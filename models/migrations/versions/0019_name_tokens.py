"""By what people are found in a search. ``sila migrate`` fills it for those who were there before."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "name_tokens",
        sa.Column("token", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("token", "person_id", name=op.f("pk_name_tokens")),
    )
    with op.batch_alter_table("name_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_tokens_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("name_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_name_tokens_person_id"))
    op.drop_table("name_tokens")
