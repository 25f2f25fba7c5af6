"""Beside the booking: escorts are named, booked there and home, and their tickets given back when nobody needs them."""

from collections.abc import Iterator

from models.stage import Role, Stage, Track
from workflows import gates
from workflows.facts import Facts
from workflows.facts.travel import Escort
from workflows.patience import duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterator[Duty]:
    """Until the person has left; a ticket that is no longer needed is given back whatever else is open."""
    if not facts.departed:
        yield from to_give_back(facts)
    if facts.track is Track.RETURN and facts.plan_of_journey and not facts.departed:
        for kind in sorted(gates.kinds_needed(facts)):
            yield from to_arrange(facts, kind)


def to_arrange(facts: Facts, kind: str) -> Iterator[Duty]:
    """Somebody of this kind, and their tickets as soon as the person has one."""
    escort = gates.escort_of(facts, kind)
    if escort is None:
        why = say("escort.missing", kind=kind)
        yield duty(facts, Stage.DEPARTURE, Role.MOVEMENT_OFFICER, "escort", why, subject=kind)
    elif facts.booking and facts.booking.status == "ticketed":
        yield from to_book(facts, escort)


def to_book(facts: Facts, escort: Escort) -> Iterator[Duty]:
    """The legs that are missing, once the tickets for other flights are given back."""
    for leg in gates.missing_legs(facts, escort):
        if not any(ticket.live and ticket.leg == leg for ticket in escort.tickets):
            why = say("escort.no_ticket", kind=escort.kind)
            yield duty(
                facts, Stage.DEPARTURE, Role.MOVEMENT_OFFICER, "escort_ticket", why, within="urgent",
                subject=f"{escort.id}.{leg}",
            )  # fmt: skip


def to_give_back(facts: Facts) -> Iterator[Duty]:
    """Live tickets of an earlier journey, of somebody who stays, or for flights that the person no longer takes."""
    travels = facts.track is Track.RETURN and not facts.closed
    for escort in facts.travel.escorts:
        for ticket in escort.tickets:
            needed = travels and escort.journey == facts.journey and gates.still_fits(facts, ticket)
            if ticket.live and not needed:
                why = say("escort.give_back", kind=escort.kind)
                yield duty(
                    facts, Stage.DEPARTURE, Role.MOVEMENT_OFFICER, "escort_cancellation", why, within="same_day",
                    subject=ticket.id,
                )  # fmt: skip
