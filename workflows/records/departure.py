"""Records the last question, the gate and the arrival."""

from datetime import UTC

from models import departure
from models.booking import RoutingLesson
from models.database import vault_of
from models.person import Person
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong, stop
from workflows.facts import Booking, Facts
from workflows.gather import gather
from workflows.records.booking import task
from workflows.records.common import ANYBODY, MOVEMENT, PROTECTION, STAFF, generation, person, principal
from workflows.records.voluntariness import signs_with

NOT_FLOWN = ("no_show", "denied", "offloaded", "turned_back")
LEVELS = ("checked_in", "passed_exit_control", "boarded", "departed")
LEARNED = ("transit_visa", "document", "inadmissible")
# What must be seen to when somebody did not fly, or not through; which of them when is data.
TASKS = {
    "safe_contact": (*PROTECTION, *STAFF),
    "tell_partner": (*STAFF, Role.PROTECTION_OFFICER),
    "shelter_tonight": (*STAFF, Role.SHELTER_PARTNER),
    "document_review": MOVEMENT,
    "medical_review": (Role.MEDICAL_OFFICER, Role.SUPERVISOR),
    "duty_line": (*PROTECTION, Role.MOVEMENT_OFFICER),
    "welfare_contact": (*PROTECTION, *STAFF),
    "onward_ticket": MOVEMENT,
}


def reconfirmation(r: Recording) -> None:
    """The will for this flight, asked once more; a no withdraws, and nobody who cannot decide alone is asked alone."""
    if not r.body.still_wants:
        stop(r.session, r.case, r.by, r.now)
        return
    who = person(r).id
    r.save(
        departure.Reconfirmation(
            **r.row, person_id=who, still_wants=True, generation=generation(r), decision_maker_id=signs_with(r, who)
        )
    )


def boarding(r: Recording) -> None:
    """What happened at the gate. Who boarded has departed only when the plane has (domain.md §1.8)."""
    facts = gather(r.session, r.case, r.now)
    flight, outcome = booked(facts), r.body.outcome
    closes = flight.departs_at - facts.rules.time("gate_closes")
    if outcome == "no_show" and r.now < closes:
        raise Refused("gate_open", f"The gate closes at {closes:%H:%M} UTC: until then the person may still come.")
    if outcome != "boarded":
        r.save(departure.Boarding(**r.row, outcome=outcome, cause=r.body.cause, generation=flight.generation))
        return
    see(r, facts, "boarded")
    if r.now >= flight.departs_at:
        see(r, facts, "departed")


def booked(facts: Facts) -> Booking:
    """The ticket that somebody is at the airport with. Raises Refused."""
    if facts.booking is None or facts.booking.status != "ticketed":
        raise Refused("no_ticket", "There is no ticket to fly with: the movement officer must book first.")
    return facts.booking


def sighting(r: Recording) -> None:
    """How far the person was seen; never back, never gone without having boarded, never before the flight's time."""
    facts, level = gather(r.session, r.case, r.now), r.body.level
    flight = booked(facts)
    if facts.departed or facts.boarding in NOT_FLOWN:
        raise Refused("gate_over", "What happened at the gate is recorded already: look at the case.")
    if any(LEVELS.index(seen) >= LEVELS.index(level) for seen in facts.travel.levels):
        raise Refused("seen_further", "The person was seen at this point or further on already.")
    if r.now < flight.departs_at - facts.rules.time("check_in_opens"):
        raise Refused("too_early", "Check-in for this flight is not open yet.")
    if level == "departed" and "boarded" not in facts.travel.levels:
        raise Refused("not_boarded", "Nobody saw the person board: record that first.")
    if level == "departed" and r.now < flight.departs_at:
        raise Refused("too_early", f"The flight leaves at {flight.departs_at:%H:%M} UTC: record it when it has left.")
    see(r, facts, level)


def see(r: Recording, facts: Facts, level: str) -> None:
    """Write a level down, once; boarded and departed together are a departure."""
    number = booked(facts).generation
    if level not in facts.travel.levels:
        r.save(departure.Sighting(**r.row, level=level, generation=number))
    if level == "departed":
        r.save(departure.Boarding(**r.row, outcome="boarded", departed_at=r.now, generation=number))


def transit_refusal(r: Recording) -> None:
    """Refused on the way. Where it was in transit, later searches keep away from there (domain.md §6)."""
    facts = gather(r.session, r.case, r.now)
    flight = facts.booking
    if flight is None or not facts.departed or facts.arrived_at:
        raise Refused("not_on_the_way", "Only somebody who has departed and not arrived can be refused on the way.")
    if r.body.airport not in {leg.destination for leg in flight.legs}:
        raise Wrong("airport", "airport: the person does not land there on this ticket.", "airport")
    who = principal(r.session, r.case)
    said = r.body.model_dump(exclude={"airport"})
    incident = departure.TransitIncident(**r.row, **said, person_id=who.id, generation=flight.generation)
    r.save(incident, airport=r.body.airport)
    learn(r, facts, flight, who)
    if r.body.whereabouts == "sent_back":
        back = departure.Boarding(**r.row, outcome="turned_back", cause=r.body.cause, generation=flight.generation)
        r.save(back)


def learn(r: Recording, facts: Facts, flight: Booking, who: Person) -> None:
    """A rule for everybody of the nationality with the kind of document; about no case and no person."""
    stop = next((leg for leg in flight.legs[:-1] if leg.destination == r.body.airport), None)
    if stop is None or r.body.cause not in LEARNED:
        return
    nationality = str(vault_of(r.session).open(who, "nationality"))
    for kind in {document.kind for document in facts.principal.documents}:
        known = {(one.airport, one.nationality, one.document) for one in facts.travel.lessons}
        if (stop.destination, nationality, kind) not in known:
            r.session.add(
                RoutingLesson(
                    at=r.now, country=stop.country, airport=stop.destination, nationality=nationality, document=kind,
                    cause=r.body.cause,
                )
            )  # fmt: skip


def arrival(r: Recording) -> None:
    """Somebody saw the person arrive."""
    at = (r.body.arrived_at or r.now).astimezone(UTC)
    r.save(departure.Arrival(**r.row, arrived_at=at, met=r.body.met, source="staff"))
    if r.body.met:
        r.save(departure.Meeting(**r.row, met_at=at, met_by="partner", source="staff"))


def meeting(r: Recording) -> None:
    """Somebody met the person; never before they arrived, nor in the future."""
    there = gather(r.session, r.case, r.now).arrived_at
    met_at = r.body.met_at.astimezone(UTC)
    if there is None or not there <= met_at <= r.now:
        raise Wrong(
            "met_at", "met_at: give a time after the arrival that was confirmed, and not in the future.", "met_at"
        )
    r.save(departure.Meeting(**r.row, met_at=met_at, met_by=r.body.met_by, source="staff"))


def safe_arrival(r: Recording) -> None:
    """The person was spoken to, or could not be reached."""
    there, at = gather(r.session, r.case, r.now).arrived_at, r.body.reached_at
    if there is None:
        raise Refused("not_arrived", "Nobody has confirmed the arrival yet: that comes first.")
    if at is not None and not there <= at <= r.now:
        raise Wrong("reached_at", "reached_at: give a time after the arrival, and not in the future.", "reached_at")
    said = r.body.model_dump(exclude={"safe", "reached_at"})
    row = departure.SafeArrival(**r.row, **said, reached_at=at, person_id=principal(r.session, r.case).id)
    r.save(row, safe=r.body.safe)


FACTS = (
    Fact("sighting", i.SightingIn, ANYBODY, sighting),
    Fact("transit_refusal", i.TransitRefusalIn, (*MOVEMENT, *PROTECTION), transit_refusal),
    *(Fact(kind, i.OfSubjectIn, roles, task(kind), only_when_asked=True) for kind, roles in TASKS.items()),
    Fact("reconfirmation", i.ReconfirmationIn, ANYBODY, reconfirmation, only_when_asked=True),
    Fact("boarding", i.BoardingIn, MOVEMENT, boarding, only_when_asked=True),
    Fact("arrival", i.ArrivalIn, (*PROTECTION, Role.RECEIVING_PARTNER), arrival, only_when_asked=True),
    Fact("meeting", i.MeetingIn, (*PROTECTION, *STAFF, Role.RECEIVING_PARTNER), meeting),
    Fact("safe_arrival", i.SafeArrivalIn, (*PROTECTION, *STAFF, Role.RECEIVING_PARTNER), safe_arrival),
)
