"""The journey: plan, offers, bookings, handovers."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class JourneyPlan:
    """From where to where, and not before which day."""

    at: datetime
    depart_on: date


@dataclass(frozen=True)
class Offer:
    """One flight on offer."""

    id: str
    round: int
    price: Decimal
    expires_at: datetime
    connections: int
    can_hold: bool


@dataclass(frozen=True)
class Booking:
    """One booking, of this journey or an earlier one.

    Status: held, ticketed, pending, lapsed, cancelled, failed, airline_cancelled, unused.
    """

    id: str
    journey: int
    generation: int
    route: str
    status: str
    price: Decimal
    pay_by: datetime | None
    looked_at: datetime
    departs_at: datetime
    arrives_at: datetime
    recheck: bool = False

    @property
    def is_live(self) -> bool:
        """Somebody could still fly on it, or it can still turn out so."""
        return self.status in ("held", "ticketed", "pending")


@dataclass(frozen=True)
class Handover:
    """One offer to one partner; ``status`` in the words of integrations.partner."""

    id: str
    journey: int
    generation: int
    partner: str
    status: str
    waiting_since: datetime
    replied: bool
    identity_sent: bool
