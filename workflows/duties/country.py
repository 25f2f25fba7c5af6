"""Tickets to a place that is held, or of somebody whose claim bars the return: kept or given back, never by itself."""

from collections.abc import Iterable

from models.stage import Role, Stage, Track
from workflows import gates
from workflows.facts import Booking, Facts
from workflows.patience import duty
from workflows.standing import Duty, Said, say


def duties(facts: Facts) -> Iterable[Duty]:
    """A movement officer says what becomes of a live ticket, and is asked again while it waits."""
    booking = facts.booking
    if booking is None or booking.status != "ticketed" or facts.departed or facts.track is not Track.RETURN:
        return
    why = stopped(facts)
    if why and booking.id not in facts.protection.given_back:
        yield from ticket(facts, booking, why)


def stopped(facts: Facts) -> Said | None:
    """Why the flight may not be taken now, beyond anything the person or a counsellor could change."""
    if facts.protection.held:
        return say("country.ticket_held", place=facts.protection.held[0].place)
    return say("country.ticket_barred") if gates.barring(facts) else None


def ticket(facts: Facts, booking: Booking, why: Said) -> Iterable[Duty]:
    """At once; then each few days, and a last time while the fare can still be changed."""
    looks = [kept.at for kept in facts.protection.kept if kept.booking == booking.id]
    last_look = booking.departs_at - facts.rules.time("ticket_last_look")
    if not looks:
        opens = facts.now
    else:
        opens = looks[-1] + facts.rules.time("ticket_kept")
        opens = min(opens, last_look) if looks[-1] < last_look else opens
    yield duty(
        facts, Stage.FLIGHT_BOOKING, Role.MOVEMENT_OFFICER, "ticket_hold", why, opens_at=opens, within="urgent",
        subject=f"{booking.id}.{len(looks)}", holds_closure=False,
    )  # fmt: skip
