"""A live ticket of this journey for everybody who travels."""

from workflows.facts import Booking, Facts
from workflows.parties import parties, party_of
from workflows.standing import Said, say


def ticketed(facts: Facts) -> Said | None:
    """Every part of those who travel has a live ticket of this journey with a seat for each of them."""
    for part in range(1, len(parties(facts)) + 1):
        booking = facts.booking_of(part)
        if booking is None or booking.status != "ticketed":
            return say("booking.no_ticket")
        if not seats_all(facts, booking):
            return say("booking.seat_missing")
    return None


def seats_all(facts: Facts, booking: Booking) -> bool:
    """Whether everybody of its part sits on a booking; one that names nobody is for all of them."""
    return not booking.people or {person.id for person in party_of(facts, booking.part)} <= booking.people
