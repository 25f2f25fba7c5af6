"""Documents that are valid on the travel day, on every leg, and in the right hands."""

from dataclasses import dataclass
from datetime import date, timedelta

from workflows.calendars import add_months
from workflows.facts import Booking, Document, Facts, Traveller
from workflows.pathways.tables.travel_documents import ANYWHERE, DocumentBuffer, DocumentKind
from workflows.standing import Said, say

WITHHELD = ("employer", "trafficker")


@dataclass(frozen=True)
class Landing:
    """Where somebody lands (two letters), on which day there, and whether the journey goes on from there."""

    country: str
    arrives_on: date
    transit: bool


def documents(facts: Facts) -> Said | None:
    """Everybody holds a document good for every leg, and their ticket carries its name (domain.md §1.8)."""
    for person in facts.people:
        reason = lacking(facts, person)
        if reason is not None:
            return reason
    return None


def lacking(facts: Facts, person: Traveller) -> Said | None:
    """Why somebody cannot travel on their papers; None when they can."""
    document = best(facts, person)
    if document is None:
        troubles = [said for paper in newest_first(person) if (said := trouble(facts, person, paper))]
        return stateless(facts, person) or (troubles[0] if troubles else say("documents.missing"))
    if document.holder == "consulate" and is_near(facts, person):
        return say("documents.not_collected")
    is_wrong = facts.papers.of(person.id).tickets.get(ticket_of(facts, person)) is False
    return say("documents.ticket_name") if is_wrong else None


def stateless(facts: Facts, person: Traveller) -> Said | None:
    """The consulate has refused for good: only the protection officer, or another document, leads on from there."""
    most, papers = facts.rules.number("consulate_attempts"), facts.papers.of(person.id)
    is_final = papers.refusals >= most or (papers.refusals > 0 and papers.no_proof)
    if not is_final or papers.statelessness == "national":
        return None
    return say("documents.stateless") if papers.statelessness == "stateless" else say("documents.statelessness")


def best(facts: Facts, person: Traveller) -> Document | None:
    """The document to travel with: good for every leg, the one that lasts longest."""
    good = [document for document in person.documents if trouble(facts, person, document) is None]
    return max(good, key=lambda document: (document.kind == "passport", document.expires_on), default=None)


def newest_first(person: Traveller) -> list[Document]:
    """The documents, the one that lasts longest first."""
    return sorted(person.documents, key=lambda document: document.expires_on, reverse=True)


def trouble(facts: Facts, person: Traveller, document: Document) -> Said | None:
    """Why a document does not serve this journey: hands, name, kind, dates, legs."""
    if document.holder in WITHHELD:
        return say("documents.withheld")
    if document.name == "differs":
        return say("documents.name")
    if document.name == "another":
        return say("documents.another_person")
    if document.used:
        return say("documents.used")
    if document.issued_on and document.issued_on > departs_on(facts, person):
        return say("documents.not_yet_valid", on=document.issued_on.isoformat())
    return wrong_kind(facts, document) or too_short(facts, person, document)


def wrong_kind(facts: Facts, document: Document) -> Said | None:
    """A kind that is not for a return, or that leads only to its issuer and is not of the country of return."""
    kind = next((row for row in facts.rules.rows(DocumentKind) if row.kind == document.kind), None)
    if kind is None or not kind.for_return:
        return say("documents.not_for_return")
    ends_at = facts.papers.destination
    if kind.only_to_issuer and document.country and ends_at and document.country != ends_at:
        return say("documents.only_home")
    return None


def too_short(facts: Facts, person: Traveller, document: Document) -> Said | None:
    """The first landing that a document does not cover."""
    for landing in landings(facts, person):
        rule = buffer(facts, document.kind, landing)
        if rule is None or rule.refused:
            return say("documents.not_taken_there", country=landing.country)
        if document.expires_on < needed_until(rule, landing.arrives_on):
            return say("documents.too_short_there", on=document.expires_on.isoformat())
    return None


def seat_of(facts: Facts, person: Traveller) -> Booking | None:
    """The live booking of this journey on which somebody sits."""
    mine = [
        booking
        for booking in facts.bookings
        if booking.journey == facts.journey and booking.is_live and person.id in (booking.people or {person.id})
    ]
    return max(mine, key=lambda booking: booking.generation, default=None)


def departs_on(facts: Facts, person: Traveller) -> date:
    """The day on which somebody is to leave."""
    seat = seat_of(facts, person)
    return seat.departs_at.date() if seat else facts.travel_day


def landings(facts: Facts, person: Traveller) -> tuple[Landing, ...]:
    """Every landing of somebody's booking; else the arrival at the destination on the travel day."""
    seat = seat_of(facts, person)
    if seat is None or not seat.legs:
        return (Landing(facts.papers.destination, departs_on(facts, person), transit=False),)
    return tuple(Landing(leg.country, leg.arrives_local.date(), transit=leg is not seat.legs[-1]) for leg in seat.legs)


def buffer(facts: Facts, kind: str, landing: Landing) -> DocumentBuffer | None:
    """The rule for a kind in a country; the one for anywhere where the country has none."""
    at = "transit" if landing.transit else "destination"
    rows = [row for row in facts.rules.rows(DocumentBuffer) if (row.kind, row.at) == (kind, at)]
    own = next((row for row in rows if row.country == landing.country), None)
    return own or next((row for row in rows if row.country == ANYWHERE), None)


def needed_until(rule: DocumentBuffer, arrival: date) -> date:
    """The day until which a document must hold."""
    return add_months(arrival, rule.months) + timedelta(days=rule.days)


def last_day(facts: Facts, person: Traveller, document: Document) -> date:
    """The last day on which one can still set out on a document, as the landings stand."""
    day = departs_on(facts, person)
    rules = [(buffer(facts, document.kind, landing), landing) for landing in landings(facts, person)]
    return document.expires_on - max(needed_until(rule, landing.arrives_on) - day for rule, landing in rules if rule)


def ticket_of(facts: Facts, person: Traveller) -> str:
    """Somebody's place on their booking, as the subject of a question about their ticket."""
    seat = seat_of(facts, person)
    return f"{person.id}.{seat.generation if seat else 0}"


def is_near(facts: Facts, person: Traveller) -> bool:
    """So near to departure that documents must be in the person's or our hands."""
    seat = seat_of(facts, person)
    return seat is not None and facts.now >= seat.departs_at - facts.rules.time("document_in_hand")


def state_of(facts: Facts, person: Traveller) -> str:
    """Where somebody's document stands, in the words of domain.md §1.8."""
    document, application = best(facts, person), person.application
    if document is None:
        asked = {"lodged": "requested", "interview_set": "requested", "refused": "refused", "issued": "issued"}
        return asked.get(application.status, application.status) if application else "none"
    if facts.departed:
        return "used" if document.single_journey else "with_person"
    hands = {"consulate": "issued", "airport_staff": "handed_at_airport", "": "with_person"}
    return hands.get(document.holder, "in_custody")
