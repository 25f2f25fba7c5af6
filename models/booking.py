"""Seats: where to, what is on offer, a price approved, and what was held, paid or cancelled."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import JSON, Index, Numeric, text
from sqlmodel import Session, select

from models.base import Record, instant, plain, sealed
from models.case import OfJourney, OfPerson
from models.case import OfPerson as OfPrincipal

MONEY = Numeric(12, 2)
LIVE = ("held", "ticketed", "pending")


class JourneyPlan(OfJourney, table=True):
    """Where from, where to, not before which day; ``parties`` names who sits in which booking, if not all in one."""

    __tablename__ = "journey_plans"

    origin: str = plain(max_length=3)
    destination: str = plain(max_length=3)
    depart_on: date = plain()
    parties: list[list[str]] | None = plain(None, sa_type=JSON)


class Offer(OfPrincipal, table=True):
    """A flight on offer; the times and flights are sealed, because they say where somebody will be."""

    __tablename__ = "offers"

    outside_id: str = plain(max_length=80)
    part: int = plain(1)
    round: int = plain()
    price: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    expires_at: datetime = instant()
    can_hold: bool = plain()
    connections: int = plain()
    flights: bytes | None = sealed(3)
    passenger_ids: bytes | None = sealed(2)


class PriceApproval(OfJourney, table=True):
    """A supervisor's word on paying up to a price, in one currency."""

    __tablename__ = "price_approvals"

    up_to: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)


class RebookDecision(OfJourney, table=True):
    """A person decided that a booking is void and another may be made (S2)."""

    __tablename__ = "rebook_decisions"

    part: int = plain(1)
    booking_generation: int = plain()


class Booking(OfPrincipal, table=True):
    """Seats held or ticketed, through the airline's API or the travel desk; one part of those who travel together.

    ``chosen_for`` keeps the codes of the reasons why this flight and no other; ``repriced_at`` is when the airline
    raised the price of a hold.
    """

    __tablename__ = "bookings"

    part: int = plain(1)
    generation: int = plain()
    route: str = plain(max_length=10)
    outside_id: str = plain(max_length=80, index=True)
    status: str = plain(max_length=20)
    price: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    pay_by: datetime | None = instant(None)
    looked_at: datetime = instant()
    recheck: bool = plain(False)
    refund: Decimal | None = plain(None, sa_type=MONEY)
    repriced_at: datetime | None = instant(None)
    chosen_for: list[str] = plain(default_factory=list, sa_type=JSON)
    flights: bytes | None = sealed(3)
    locator: bytes | None = sealed(2)
    tickets: bytes | None = sealed(2)


class Seat(OfPerson, table=True):
    """Who sits on which booking. The database itself refuses a second live seat of one person (S2)."""

    __tablename__ = "seats"
    __table_args__ = (
        Index("uq_seats_live", "person_id", unique=True, sqlite_where=text("live"), postgresql_where=text("live")),
    )

    booking_id: UUID = plain(foreign_key="bookings.id", index=True)
    generation: int = plain()
    live: bool = plain()


class ScheduleChange(OfJourney, table=True):
    """The airline moved a ticketed flight by so many minutes; ``accepted`` is None until that is decided."""

    __tablename__ = "schedule_changes"

    booking_id: UUID = plain(foreign_key="bookings.id", index=True)
    minutes: int = plain()
    accepted: bool | None = plain(None)
    decided_by: str | None = plain(None, max_length=60)


class RoutingLesson(Record, table=True):
    """Where somebody of a nationality was refused with a kind of document. It names no case and no person."""

    __tablename__ = "routing_lessons"

    at: datetime = instant()
    country: str = plain(max_length=2)
    airport: str = plain(max_length=3)
    nationality: str = plain(max_length=3)
    document: str = plain(max_length=20)
    cause: str = plain(max_length=30)


class TravelTask(OfJourney, table=True):
    """Something about the journey that a person was to see to, and did."""

    __tablename__ = "travel_tasks"

    kind: str = plain(max_length=40)
    subject: str = plain(max_length=60)


def seat(session: Session, booking: Booking, people: Iterable[UUID]) -> None:
    """A seat for each person, as live as their booking. The database refuses a second live one (S2)."""
    for person in people:
        session.add(
            Seat(
                case_id=booking.case_id, journey=booking.journey, at=booking.at, by=booking.by, person_id=person,
                booking_id=booking.id, generation=booking.generation, live=booking.status in LIVE,
            )
        )  # fmt: skip
    session.flush()


def stands(session: Session, booking: Booking, status: str) -> None:
    """Move a booking to a status; its seats are free as soon as nobody can fly on it any more."""
    booking.status = status
    for seat in session.exec(select(Seat).where(Seat.booking_id == booking.id)):
        seat.live = status in LIVE
