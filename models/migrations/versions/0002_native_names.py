"""A name as its owner writes it; a partner that works in several countries."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

partners = sa.table(
    "partners", sa.column("code", sa.String), sa.column("country", sa.String), sa.column("countries", sa.JSON)
)


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("native_name", sa.LargeBinary(), nullable=True))
    op.add_column("partners", sa.Column("countries", sa.JSON(), nullable=True))
    connection = op.get_bind()
    for code, country in connection.execute(sa.select(partners.c.code, partners.c.country)).all():
        connection.execute(sa.update(partners).where(partners.c.code == code).values(countries=[country]))
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.alter_column("countries", existing_type=sa.JSON(), nullable=False)
        batch_op.drop_column("country")


def downgrade() -> None:
    """Go back: of several countries the first is kept."""
    op.add_column("partners", sa.Column("country", sa.String(length=2), nullable=True))
    connection = op.get_bind()
    for code, countries in connection.execute(sa.select(partners.c.code, partners.c.countries)).all():
        connection.execute(sa.update(partners).where(partners.c.code == code).values(country=countries[0]))
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.alter_column("country", existing_type=sa.String(length=2), nullable=False)
        batch_op.drop_column("countries")
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_column("native_name")
