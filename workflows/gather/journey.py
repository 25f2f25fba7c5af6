"""Plan, offers, bookings, handovers, the gate."""

from datetime import UTC, datetime

from models import booking as b
from models import departure
from models.handover import Handover
from workflows import facts as f
from workflows.gather.reader import Reader


def plan_of_journey(read: Reader) -> f.JourneyPlan | None:
    """The newest journey plan."""
    row = read.latest(b.JourneyPlan)
    return f.JourneyPlan(row.at, row.depart_on) if row else None


def offers(read: Reader) -> tuple[f.Offer, ...]:
    """Everything that was on offer in this journey."""
    return tuple(
        f.Offer(str(row.id), row.round, row.price, row.expires_at, row.connections, row.can_hold)
        for row in read.current(b.Offer)
    )


def bookings(read: Reader) -> tuple[f.Booking, ...]:
    """All bookings, of all journeys: what is live must be cancelled when it is stale."""
    return tuple(booking(read, row) for row in read.all(b.Booking))


def booking(read: Reader, row: b.Booking) -> f.Booking:
    """One booking with its first departure and last arrival."""
    flights = read.vault.open(row, "flights") or []
    departs = datetime.fromisoformat(flights[0]["departs_at"]) if flights else datetime.max.replace(tzinfo=UTC)
    arrives = datetime.fromisoformat(flights[-1]["arrives_at"]) if flights else departs
    return f.Booking(
        str(row.id), row.journey, row.generation, row.route, row.status, row.price, row.pay_by, row.looked_at,
        departs, arrives, row.recheck,
    )  # fmt: skip


def handovers(read: Reader) -> tuple[f.Handover, ...]:
    """All handovers, of all journeys."""
    return tuple(
        f.Handover(
            str(row.id), row.journey, row.generation, row.partner, row.status, row.waiting_since,
            row.reply_at is not None, row.identity_sent_at is not None,
        )
        for row in read.all(Handover)
    )  # fmt: skip


def last_boarding(read: Reader) -> departure.Boarding | None:
    """What happened at the gate with the newest booking of this journey."""
    newest = max((row.generation for row in read.current(b.Booking)), default=0)
    rows = [row for row in read.current(departure.Boarding) if row.generation == newest]
    return rows[-1] if rows else None
