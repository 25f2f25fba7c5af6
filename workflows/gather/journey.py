"""Plan, offers, bookings, handovers, the gate."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from integrations.airline.airports import airports
from models import booking as b
from models import departure
from models.handover import Acknowledgement, Handover, HandoverQuestion
from workflows import facts as f
from workflows.gather.reader import Reader


def plan_of_journey(read: Reader) -> f.JourneyPlan | None:
    """The newest journey plan."""
    row = read.latest(b.JourneyPlan)
    if row is None:
        return None
    return f.JourneyPlan(row.at, row.depart_on, tuple(tuple(party) for party in row.parties or ()))


def offers(read: Reader) -> tuple[f.Offer, ...]:
    """Everything that was on offer in this journey; the flights of the newest search of each part only."""
    rows = read.current(b.Offer)
    newest: dict[int, int] = {}
    for row in rows:
        newest[row.part] = max(row.round, newest.get(row.part, 0))
    return tuple(offer(read, row, row.round == newest[row.part]) for row in rows)


def offer(read: Reader, row: b.Offer, is_newest: bool) -> f.Offer:
    """One offer."""
    flown = legs(read.vault.open(row, "flights") or []) if is_newest else ()
    return f.Offer(
        str(row.id), row.round, row.price, row.expires_at, row.connections, row.can_hold, row.currency, row.part, flown
    )


def bookings(read: Reader) -> tuple[f.Booking, ...]:
    """All bookings, of all journeys: what is live must be cancelled when it is stale."""
    seats = read.all(b.Seat)
    return tuple(booking(read, row, seats) for row in read.all(b.Booking))


def booking(read: Reader, row: b.Booking, seats: Sequence[b.Seat] = ()) -> f.Booking:
    """One booking with its first departure and last arrival."""
    flown = legs(read.vault.open(row, "flights") or [])
    departs = flown[0].departs_at if flown else datetime.max.replace(tzinfo=UTC)
    arrives = flown[-1].arrives_at if flown else departs
    people = frozenset(str(seat.person_id) for seat in seats if seat.booking_id == row.id)
    return f.Booking(
        str(row.id), row.journey, row.generation, row.route, row.status, row.price, row.pay_by, row.looked_at,
        departs, arrives, row.recheck, row.currency, row.part, people, flown, row.repriced_at,
    )  # fmt: skip


def legs(flights: Sequence[Mapping[str, str]]) -> tuple[f.Leg, ...]:
    """Sealed flights with the countries of their airports and the clocks there."""
    return tuple(leg(flight) for flight in flights)


def leg(flight: Mapping[str, str]) -> f.Leg:
    """One flight. An airport that nobody knows has no country, and its clock shows UTC."""
    start, end = airports().get(flight["origin"], {}), airports().get(flight["destination"], {})
    departs, arrives = (datetime.fromisoformat(flight[name]) for name in ("departs_at", "arrives_at"))
    return f.Leg(
        flight["carrier"], flight["flight_number"], flight["origin"], flight["destination"],
        start.get("country", ""), end.get("country", ""), departs, arrives, local(departs, start), local(arrives, end),
    )  # fmt: skip


def local(instant: datetime, airport: Mapping[str, Any]) -> datetime:
    """What the clock of an airport shows."""
    return instant.astimezone(ZoneInfo(airport.get("tz", "UTC"))).replace(tzinfo=None)


def handovers(read: Reader) -> tuple[f.Handover, ...]:
    """All handovers, of all journeys, with what was asked back and acknowledged."""
    questions, said = by_handover(read.all(HandoverQuestion)), by_handover(read.all(Acknowledgement))
    return tuple(handover(row, questions[row.id], said[row.id]) for row in read.all(Handover))


def by_handover(rows: Sequence[Any]) -> dict[UUID, list[Any]]:
    """Rows by the handover they are about."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.handover_id].append(row)
    return found


def handover(row: Handover, asked: list[HandoverQuestion], said: list[Acknowledgement]) -> f.Handover:
    """One handover. Its clock stands still while a question of the partner is not answered."""
    last = asked[-1] if asked else None
    return f.Handover(
        str(row.id), row.journey, row.generation, row.partner, row.status, row.waiting_since,
        last is not None and last.replied_at is not None, row.identity_sent_at is not None,
        offered_at=row.offered_at, urgency=row.urgency, pauses=tuple((one.at, one.sent_at) for one in asked),
        question=str(last.id) if last else "", unnamed_at=row.unnamed_at, accepted_at=row.accepted_at,
        ended_at=row.ended_at, arrival_to=row.arrival_to, reason=row.reason, identity_at=row.identity_sent_at,
        plan_asked_at=row.plan_asked_at, plan_sent_at=row.plan_sent_at, parts=frozenset(one.part for one in said),
        back=row.back,
    )  # fmt: skip


def last_boarding(read: Reader) -> departure.Boarding | None:
    """What happened at the gate with the newest booking of this journey."""
    newest = max((row.generation for row in read.current(b.Booking) if row.part == 1), default=0)
    rows = [row for row in read.current(departure.Boarding) if row.generation == newest]
    return rows[-1] if rows else None
