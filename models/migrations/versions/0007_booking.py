"""Who sits where, the money of tickets, escorts, what happened at the airport, and what was learned of routes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "routing_lessons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("airport", sa.String(length=3), nullable=False),
        sa.Column("nationality", sa.String(length=3), nullable=False),
        sa.Column("document", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_lessons")),
    )
    op.create_table(
        "sightings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=30), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sightings_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    with op.batch_alter_table("sightings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sightings_case_id"), ["case_id"], unique=False)

    op.create_table(
        "travel_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_travel_tasks_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_tasks")),
    )
    with op.batch_alter_table("travel_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_travel_tasks_case_id"), ["case_id"], unique=False)

    op.create_table(
        "escorts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("free_from", sa.Date(), nullable=False),
        sa.Column("free_until", sa.Date(), nullable=False),
        sa.Column("document_expires_on", sa.Date(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("document_number", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_escorts_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_escorts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escorts")),
    )
    with op.batch_alter_table("escorts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escorts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escorts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "transit_incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.Column("whereabouts", sa.String(length=20), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("airport", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_transit_incidents_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_transit_incidents_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transit_incidents")),
    )
    with op.batch_alter_table("transit_incidents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transit_incidents_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transit_incidents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "escort_tickets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("escort_id", sa.Uuid(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("booking_generation", sa.Integer(), nullable=False),
        sa.Column("price", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locator", sa.LargeBinary(), nullable=True),
        sa.Column("flights", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_escort_tickets_case_id_cases")),
        sa.ForeignKeyConstraint(["escort_id"], ["escorts.id"], name=op.f("fk_escort_tickets_escort_id_escorts")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_escort_tickets_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escort_tickets")),
    )
    with op.batch_alter_table("escort_tickets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escort_tickets_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escort_tickets_escort_id"), ["escort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escort_tickets_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_escort_tickets_live",
            ["escort_id", "leg"],
            unique=True,
            sqlite_where=sa.text("live"),
            postgresql_where=sa.text("live"),
        )

    op.create_table(
        "postings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("outside", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_postings_booking_id_bookings")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_postings_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("outside", name=op.f("uq_postings_outside")),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_postings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_postings_entry"), ["entry"], unique=False)

    op.create_table(
        "schedule_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_schedule_changes_booking_id_bookings")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_schedule_changes_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_changes")),
    )
    with op.batch_alter_table("schedule_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedule_changes_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_schedule_changes_case_id"), ["case_id"], unique=False)

    op.create_table(
        "seats",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("journey", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_seats_booking_id_bookings")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_seats_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_seats_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seats_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seats_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seats_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_seats_live", ["person_id"], unique=True, sqlite_where=sa.text("live"), postgresql_where=sa.text("live")
        )

    with op.batch_alter_table("boardings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cause", sa.String(length=30), nullable=True))

    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("repriced_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("chosen_for", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("journey_plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parties", sa.JSON(), nullable=True))

    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("price_approvals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("currency", sa.String(length=3), nullable=False, server_default="EUR"))

    with op.batch_alter_table("rebook_decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("rebook_decisions", schema=None) as batch_op:
        batch_op.drop_column("part")

    with op.batch_alter_table("price_approvals", schema=None) as batch_op:
        batch_op.drop_column("currency")

    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_column("part")

    with op.batch_alter_table("journey_plans", schema=None) as batch_op:
        batch_op.drop_column("parties")

    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.drop_column("chosen_for")
        batch_op.drop_column("repriced_at")
        batch_op.drop_column("part")

    with op.batch_alter_table("boardings", schema=None) as batch_op:
        batch_op.drop_column("cause")

    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index("uq_seats_live", sqlite_where=sa.text("live"), postgresql_where=sa.text("live"))
        batch_op.drop_index(batch_op.f("ix_seats_person_id"))
        batch_op.drop_index(batch_op.f("ix_seats_case_id"))
        batch_op.drop_index(batch_op.f("ix_seats_booking_id"))

    op.drop_table("seats")
    with op.batch_alter_table("schedule_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schedule_changes_case_id"))
        batch_op.drop_index(batch_op.f("ix_schedule_changes_booking_id"))

    op.drop_table("schedule_changes")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postings_entry"))
        batch_op.drop_index(batch_op.f("ix_postings_case_id"))
        batch_op.drop_index(batch_op.f("ix_postings_booking_id"))

    op.drop_table("postings")
    with op.batch_alter_table("escort_tickets", schema=None) as batch_op:
        batch_op.drop_index("uq_escort_tickets_live", sqlite_where=sa.text("live"), postgresql_where=sa.text("live"))
        batch_op.drop_index(batch_op.f("ix_escort_tickets_person_id"))
        batch_op.drop_index(batch_op.f("ix_escort_tickets_escort_id"))
        batch_op.drop_index(batch_op.f("ix_escort_tickets_case_id"))

    op.drop_table("escort_tickets")
    with op.batch_alter_table("transit_incidents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transit_incidents_person_id"))
        batch_op.drop_index(batch_op.f("ix_transit_incidents_case_id"))

    op.drop_table("transit_incidents")
    with op.batch_alter_table("escorts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escorts_person_id"))
        batch_op.drop_index(batch_op.f("ix_escorts_case_id"))

    op.drop_table("escorts")
    with op.batch_alter_table("travel_tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_travel_tasks_case_id"))

    op.drop_table("travel_tasks")
    with op.batch_alter_table("sightings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sightings_case_id"))

    op.drop_table("sightings")
    op.drop_table("routing_lessons")
