"""Documents that end soon, that must be fetched or handed over, and names to be read on a ticket."""

from collections.abc import Iterable

from models.stage import Role, Stage, Track
from workflows import gates
from workflows.facts import Document, Facts, Traveller
from workflows.patience import duty, no_later
from workflows.standing import Duty, say

IN_OUR_HANDS = ("house", "shelter")


def duties(facts: Facts) -> Iterable[Duty]:
    """For everybody who is to travel on a document that is good now."""
    if facts.track is not Track.RETURN or facts.departed:
        return
    for person in facts.people:
        document = gates.best(facts, person)
        if document and document.id:
            yield from ends_soon(facts, person, document)
            yield from changes_hands(facts, person, document)
            yield from ticket_unread(facts, person, document)


def ends_soon(facts: Facts, person: Traveller, document: Document) -> Iterable[Duty]:
    """Days ahead: it outlives the travel day by less than a delay may cost (domain.md §1.8, §6)."""
    last, warning = gates.last_day(facts, person, document), facts.rules.time("document_warning")
    if document.id in facts.papers.of(person.id).seen:
        return
    opens_at = gates.end_of(last, facts) - warning
    day = gates.departs_on(facts, person)
    if day + warning <= last and day > facts.now.date():
        return  # it is good for the day that is planned, and for a delay
    why = say("documents.ends_soon", on=last.isoformat())
    soon = duty(
        facts, Stage.TRAVEL_DOCUMENTS, Role.MOVEMENT_OFFICER, "expiry_seen", why,
        opens_at=facts.now if day + warning > last else opens_at, subject=document.id, holds_closure=False,
    )  # fmt: skip
    yield no_later(soon, gates.end_of(last, facts), facts.now)


def changes_hands(facts: Facts, person: Traveller, document: Document) -> Iterable[Duty]:
    """Fetched from the consulate; and handed to its owner at the airport, who travels on it."""
    booking = gates.seat_of(facts, person)
    if document.holder == "consulate" and gates.documents(facts) is None:
        yield duty(
            facts, Stage.TRAVEL_DOCUMENTS, Role.MOVEMENT_OFFICER, "document_collected", say("documents.collect"),
            subject=document.id, holds_closure=False,
        )  # fmt: skip
    if document.holder in IN_OUR_HANDS and booking and booking.status == "ticketed":
        handing = duty(
            facts, Stage.TRAVEL_DOCUMENTS, Role.MOVEMENT_OFFICER, "document_handed_over", say("documents.hand_over"),
            opens_at=booking.departs_at - facts.rules.time("document_in_hand"), subject=document.id,
            holds_closure=False,
        )  # fmt: skip
        yield no_later(handing, booking.departs_at, facts.now)


def ticket_unread(facts: Facts, person: Traveller, document: Document) -> Iterable[Duty]:
    """The travel desk writes names by hand: somebody reads the ticket, before the airline's desk does."""
    booking, read = gates.seat_of(facts, person), facts.papers.of(person.id).tickets
    is_by_hand = booking is not None and (booking.status, booking.route) == ("ticketed", "desk")
    if is_by_hand and document.printed and gates.ticket_of(facts, person) not in read:
        yield duty(
            facts, Stage.TRAVEL_DOCUMENTS, Role.MOVEMENT_OFFICER, "ticket_name", say("documents.ticket_unread"),
            within="urgent", subject=gates.ticket_of(facts, person), holds_closure=False,
        )  # fmt: skip
