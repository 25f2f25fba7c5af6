"""Seats: where to, what is on offer, a price approved, and what was held, paid or cancelled."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Numeric

from models.base import instant, plain, sealed
from models.case import OfJourney
from models.case import OfPerson as OfPrincipal

MONEY = Numeric(12, 2)


class JourneyPlan(OfJourney, table=True):
    """Where from, where to, not before which day."""

    __tablename__ = "journey_plans"

    origin: str = plain(max_length=3)
    destination: str = plain(max_length=3)
    depart_on: date = plain()


class Offer(OfPrincipal, table=True):
    """A flight on offer; the times and flights are sealed, because they say where somebody will be."""

    __tablename__ = "offers"

    outside_id: str = plain(max_length=80)
    round: int = plain()
    price: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    expires_at: datetime = instant()
    can_hold: bool = plain()
    connections: int = plain()
    flights: bytes | None = sealed(3)
    passenger_ids: bytes | None = sealed(2)


class PriceApproval(OfJourney, table=True):
    """A supervisor's word on paying up to a price."""

    __tablename__ = "price_approvals"

    up_to: Decimal = plain(sa_type=MONEY)


class RebookDecision(OfJourney, table=True):
    """A person decided that a booking is void and another may be made (S2)."""

    __tablename__ = "rebook_decisions"

    booking_generation: int = plain()


class Booking(OfPrincipal, table=True):
    """Seats held or ticketed, through the airline's API or the travel desk. One live per journey (S2)."""

    __tablename__ = "bookings"

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
    flights: bytes | None = sealed(3)
    locator: bytes | None = sealed(2)
    tickets: bytes | None = sealed(2)
