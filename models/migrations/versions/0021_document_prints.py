"""Documents as they were printed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "document_prints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("case_ref", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_prints")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_document_prints_token_sha256")),
    )
    with op.batch_alter_table("document_prints", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_prints_case_ref"), ["case_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_prints_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("document_prints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_prints_person_id"))
        batch_op.drop_index(batch_op.f("ix_document_prints_case_ref"))
    op.drop_table("document_prints")
