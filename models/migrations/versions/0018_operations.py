"""Signs of life of what runs by the clock, and limits that the nightly check saw to break."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "pulses",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulses")),
    )
    op.create_table(
        "predicted",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("for_case", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["for_case"], ["cases.id"], name=op.f("fk_predicted_for_case_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_predicted")),
    )
    with op.batch_alter_table("predicted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_predicted_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_predicted_for_case"), ["for_case"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("predicted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_predicted_for_case"))
        batch_op.drop_index(batch_op.f("ix_predicted_at"))

    op.drop_table("predicted")
    op.drop_table("pulses")
