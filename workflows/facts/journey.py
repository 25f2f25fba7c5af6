"""The journey: plan, offers, bookings, handovers."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class JourneyPlan:
    """From where to where, and not before which day."""

    at: datetime
    depart_on: date
    parties: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Leg:
    """One flight between two airports (IATA) of two countries (two letters), in UTC and on the clocks there."""

    carrier: str
    number: str
    origin: str
    destination: str
    origin_country: str
    country: str
    departs_at: datetime
    arrives_at: datetime
    departs_local: datetime
    arrives_local: datetime


@dataclass(frozen=True)
class Offer:
    """One journey on offer; ``legs`` are known for the newest search only."""

    id: str
    round: int
    price: Decimal
    expires_at: datetime
    connections: int
    can_hold: bool
    currency: str = "EUR"
    part: int = 1
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True)
class Booking:
    """One booking, of this journey or an earlier one; ``people`` sit on it (none named: everybody).

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
    currency: str = "EUR"
    part: int = 1
    people: frozenset[str] = frozenset()
    legs: tuple[Leg, ...] = ()
    repriced_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Somebody could still fly on it, or it can still turn out so."""
        return self.status in ("held", "ticketed", "pending")


@dataclass(frozen=True)
class Handover:
    """One offer to one partner; ``status`` in the words of ``models.handover_state``.

    ``pauses``: since when and until when the partner's clock stood still. ``question``: what it asked back last.
    ``parts``: what it acknowledged. ``back``: the partner's offer to give the person back to us.
    """

    id: str
    journey: int
    generation: int
    partner: str
    status: str
    waiting_since: datetime
    replied: bool
    identity_sent: bool
    offered_at: datetime | None = None
    urgency: str = "normal"
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    question: str = ""
    unnamed_at: datetime | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    arrival_to: date | None = None
    reason: str | None = None
    identity_at: datetime | None = None
    plan_asked_at: datetime | None = None
    plan_sent_at: datetime | None = None
    parts: frozenset[str] = frozenset()
    back: bool = False

    @property
    def since(self) -> datetime:
        """From when the partner's clock runs."""
        return self.offered_at or self.waiting_since
