"""What a partner was asked about a place is kept as it was asked, with the reason that it gives."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("country_inputs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("partner", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("question", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("question_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("note_code", sa.String(length=60), nullable=True))
        batch_op.create_index(batch_op.f("ix_country_inputs_partner"), ["partner"], unique=False)
        batch_op.create_index(batch_op.f("ix_country_inputs_person_id"), ["person_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_country_inputs_person_id_persons"), "persons", ["person_id"], ["id"])


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("country_inputs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_country_inputs_person_id_persons"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_country_inputs_partner"))
        batch_op.drop_index(batch_op.f("ix_country_inputs_person_id"))
        batch_op.drop_column("note_code")
        batch_op.drop_column("question_sha256")
        batch_op.drop_column("question")
        batch_op.drop_column("person_id")
        batch_op.drop_column("partner")
