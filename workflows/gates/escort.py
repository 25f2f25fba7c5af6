"""Escorts: whoever needs one does not leave without, and every escort has a way home."""

from workflows.facts import Facts
from workflows.facts.travel import Escort, EscortTicket
from workflows.standing import Said, say

OUTWARD, HOMEWARD = 1, 2


def escorted(facts: Facts) -> Said | None:
    """Every escort that is needed is named and has a confirmed ticket on the same flights, and one home."""
    for kind in sorted(kinds_needed(facts)):
        escort = escort_of(facts, kind)
        if escort is None:
            return say("escort.missing", kind=kind)
        if missing_legs(facts, escort):
            return say("escort.no_ticket", kind=kind)
    return None


def kinds_needed(facts: Facts) -> frozenset[str]:
    """A child without parent or guardian needs a social escort; a patient the one that the medical officer named."""
    medical = any(person.fitness and person.fitness.needs_medical_escort for person in facts.people)
    return frozenset({"social"} if facts.protection.needs_escort else ()) | frozenset({"medical"} if medical else ())


def escort_of(facts: Facts, kind: str) -> Escort | None:
    """The newest escort of this journey who is free on the day and holds a document that is good for it."""
    mine = [escort for escort in facts.travel.escorts if (escort.journey, escort.kind) == (facts.journey, kind)]
    day = facts.travel_day
    good = [one for one in mine if one.free_from <= day <= one.free_until and one.document_expires_on >= day]
    return good[-1] if good else None


def missing_legs(facts: Facts, escort: Escort) -> tuple[int, ...]:
    """Which tickets an escort still needs for the person's flights as they are now: there, and home again."""
    return tuple(leg for leg in (OUTWARD, HOMEWARD) if ticket_for(facts, escort, leg) is None)


def ticket_for(facts: Facts, escort: Escort, leg: int) -> EscortTicket | None:
    """The live ticket of a leg, unless the person's flights have changed since."""
    return next((one for one in escort.tickets if one.leg == leg and one.live and still_fits(facts, one)), None)


def still_fits(facts: Facts, ticket: EscortTicket) -> bool:
    """Outward on exactly the person's flights; homeward after they have landed."""
    booking = facts.booking
    if booking is None or not booking.is_live:
        return ticket.leg == HOMEWARD  # there may be another flight that it fits
    if ticket.leg == HOMEWARD:
        return ticket.departs_at > booking.arrives_at
    return [(leg.carrier, leg.number, leg.departs_at) for leg in ticket.legs] == [
        (leg.carrier, leg.number, leg.departs_at) for leg in booking.legs
    ]
