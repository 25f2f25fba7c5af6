"""Records escorts and their tickets: there on the person's flights, home after them, given back when not needed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import select

from models import escort
from models.database import vault_of
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.records.common import MOVEMENT, about, newest_booking, principal

OUTWARD, HOMEWARD = 1, 2


def escort_(r: Recording) -> None:
    """Somebody who accompanies the person. A document that has expired is refused."""
    if r.body.document_expires_on < r.now.date():
        raise Wrong("expired", "document_expires_on: the document has expired.", "document_expires_on")
    sealed = r.body.model_dump(include={"name", "document_number"})
    plain = r.body.model_dump(exclude={"name", "document_number"})
    r.save(escort.Escort(**r.row, **plain, person_id=principal(r.session, r.case).id), **sealed)


def escort_ticket(r: Recording) -> None:
    """One leg. The outward one is on the person's own flights; nobody has two live tickets for one leg (S2)."""
    who, leg = whose(r)
    booking = newest_booking(r)
    if booking is None or booking.status != "ticketed":
        raise Refused("no_ticket", "The person has no ticket yet: the escort is booked after them.")
    theirs = vault_of(r.session).open(booking, "flights")
    flights = [flight.model_dump(mode="json") for flight in r.body.flights] or (theirs if leg == OUTWARD else [])
    check(leg, flights, theirs, who)
    known = [row for row in tickets(r, who) if row.leg == leg]
    if any(row.live for row in known):
        raise Refused("has_ticket", "This escort has a ticket for this leg: give that back first.")
    row = escort.EscortTicket(
        **r.row, person_id=who.person_id, escort_id=who.id, leg=leg, generation=len(known) + 1, live=True,
        booking_generation=booking.generation, price=r.body.price, currency=r.body.currency,
    )  # fmt: skip
    r.save(row, locator=r.body.locator, flights=flights)


def whose(r: Recording) -> tuple[escort.Escort, int]:
    """The escort and the leg that the question names. Raises Wrong."""
    name, _, leg = r.body.about.rpartition(".")
    try:
        row = r.session.get(escort.Escort, UUID(name))
    except ValueError:
        row = None
    if row is None or row.case_id != r.case.id or leg not in ("1", "2"):
        raise Wrong("unknown", "about: not an escort of this case; the question names it.", "about")
    return row, int(leg)


def check(leg: int, flights: list[Any], theirs: list[Any], who: escort.Escort) -> None:
    """The flights fit the person's, and the escort's time and document. Raises Wrong."""
    if not flights:
        raise Wrong("no_flights", "flights: give the flights that bring the escort home.", "flights")
    leaves, lands = (
        datetime.fromisoformat(flights[0]["departs_at"]),
        datetime.fromisoformat(flights[-1]["arrives_at"]),
    )
    same = [named(flight) for flight in flights] == [named(flight) for flight in theirs]
    if leg == OUTWARD and not same:
        raise Wrong("other_flights", "flights: the escort must sit on the person's own flights.", "flights")
    if leg == HOMEWARD and leaves <= datetime.fromisoformat(theirs[-1]["arrives_at"]):
        raise Wrong("too_early", "flights: the way home begins after the person has landed.", "flights")
    if not who.free_from <= leaves.date() or lands.date() > who.free_until:
        raise Wrong("not_free", "flights: the escort is not free then; name another or other flights.", "flights")
    if who.document_expires_on < lands.date():
        raise Wrong("expired", "flights: the escort's document expires before they are back.", "flights")


def named(flight: dict[str, str]) -> tuple[str, str, datetime]:
    """A flight by carrier, number and departure."""
    return flight["carrier"], flight["flight_number"], datetime.fromisoformat(flight["departs_at"])


def tickets(r: Recording, who: escort.Escort) -> list[escort.EscortTicket]:
    """Every ticket of an escort."""
    return list(r.session.exec(select(escort.EscortTicket).where(escort.EscortTicket.escort_id == who.id)))


def escort_cancellation(r: Recording) -> None:
    """A ticket of an escort was given back."""
    about(r, escort.EscortTicket).live = False


FACTS = (
    Fact("escort", i.EscortIn, MOVEMENT, escort_),
    Fact("escort_ticket", i.EscortTicketIn, MOVEMENT, escort_ticket, only_when_asked=True),
    Fact("escort_cancellation", i.OfSubjectIn, MOVEMENT, escort_cancellation, only_when_asked=True),
)
