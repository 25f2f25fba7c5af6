"""Records plans, prices, what the travel desk did, and the money of tickets."""

from collections.abc import Callable

from sqlmodel import select

from models import booking as b
from models import refund
from models.effect import Effect, EffectState
from models.person import Person
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.gather import gather
from workflows.parties import party_of
from workflows.records.common import ANYBODY, MOVEMENT, OPERATIONS, SUPERVISOR, about, generation, principal


def journey(r: Recording) -> None:
    """Where from and to, and on which day; never in the past."""
    if r.body.depart_on < r.now.date():
        raise Wrong("past", "depart_on: lies in the past; give a day from today on.", "depart_on")
    named = parties(r) if r.body.parties else None
    r.save(b.JourneyPlan(**r.row, **r.body.model_dump(exclude={"parties"}), parties=named))


def parties(r: Recording) -> list[list[str]]:
    """Who sits where. Raises Wrong: everybody once, each child with an adult."""
    facts, named = gather(r.session, r.case, r.now), [[str(one) for one in party] for party in r.body.parties]
    if sorted(one for party in named for one in party) != sorted(person.id for person in facts.people):
        raise Wrong("parties", "parties: name every person of the case exactly once.", "parties")
    adults = {person.id for person in facts.people if not person.is_child(r.body.depart_on)}
    if adults and any(not adults & set(party) for party in named):
        raise Wrong("child_alone", "parties: each child must sit with an adult of the family.", "parties")
    if any(booking.is_live and booking.journey == facts.journey for booking in facts.bookings):
        raise Refused("booked", "There are seats already: the movement officer must give them up first.", "parties")
    return named


def price(r: Recording) -> None:
    """A price that a supervisor allows, in the currency they saw."""
    r.save(b.PriceApproval(**r.row, up_to=r.body.up_to, currency=r.body.currency))


def desk_booking(r: Recording) -> None:
    """What the travel desk booked by hand: seats for everybody of the part, and the money they cost."""
    part = r.body.part
    facts = gather(r.session, r.case, r.now)
    people = party_of(facts, part)
    if not people:
        raise Wrong("no_part", "part: nobody travels in this part; the question names it.", "part")
    if facts.travel.shunned & {(one.carrier, one.flight_number, one.departs_at) for one in r.body.flights}:
        raise Wrong("other_flight", "flights: this flight cannot be taken; choose another one.", "flights")
    number = generation(r, part) + 1
    row = b.Booking(
        **r.row, person_id=principal(r.session, r.case).id, part=part, generation=number, route="desk",
        outside_id=f"desk-{r.case.ref}-{r.case.journey}-{number}-{part}", status="ticketed", price=r.body.price,
        currency=r.body.currency, looked_at=r.now,
    )  # fmt: skip
    flights = [flight.model_dump(mode="json") for flight in r.body.flights]
    r.save(row, flights=flights, locator=r.body.locator, tickets=r.body.tickets)
    r.session.flush()
    ids = {person.id for person in people}
    rows = r.session.exec(select(Person).where(Person.case_id == r.case.id)).all()
    b.seat(r.session, row, [person.id for person in rows if str(person.id) in ids])
    refund.paid(r.session, row, by=r.by, at=r.now)


def desk_cancellation(r: Recording) -> None:
    """What the travel desk cancelled by hand, and what the airline says comes back."""
    row = about(r, b.Booking)
    if r.body.refund is not None and r.body.refund > row.price:
        raise Wrong("too_much", f"refund: not more than was paid, {row.price} {row.currency}.", "refund")
    if row.status != "airline_cancelled":
        b.stands(r.session, row, "cancelled")
    row.refund = r.body.refund
    if refund.postings_of(r.session, row):
        refund.given_back(r.session, row, r.body.refund, by=r.by, at=r.now)


def refund_receipt(r: Recording) -> None:
    """Money that came back: never more than is owed, and each payment once (S22)."""
    row = about(r, b.Booking)
    owed = refund.balances(refund.postings_of(r.session, row))[refund.Account.AIRLINE_OWES]
    if r.body.amount > owed:
        raise Wrong("too_much", f"amount: the airline owes {owed} {row.currency} for this booking.", "amount")
    known = select(refund.Posting.id).where(refund.Posting.outside == r.body.reference)
    if r.session.exec(known).first():
        raise Refused("known", "This payment has been recorded before: check its reference.", "reference")
    refund.received(r.session, row, r.body.amount, r.body.reference, by=r.by, at=r.now)


def refund_write_off(r: Recording) -> None:
    """What will not come back, by somebody else than who last wrote on this booking's money (four eyes)."""
    row = about(r, b.Booking)
    lines = refund.postings_of(r.session, row)
    if refund.balances(lines)[refund.Account.AIRLINE_OWES] <= 0:
        raise Refused("nothing_owed", "The airline owes nothing for this booking.")
    if r.by in {line.by for line in lines}:
        raise Refused("four_eyes", "Somebody else than who recorded this booking's money must write it off.")
    refund.written_off(r.session, row, by=r.by, at=r.now)


def rebook(r: Recording) -> None:
    """A person decides that another booking is made."""
    row = about(r, b.Booking)
    r.save(b.RebookDecision(**r.row, part=row.part, booking_generation=row.generation))


def schedule_change(r: Recording) -> None:
    """The airline's new times are taken; or the ticket is given back, so that another can be bought."""
    row = about(r, b.ScheduleChange)
    row.decided_by = r.by
    if not r.body.accept:
        booking = r.session.get_one(b.Booking, row.booking_id)
        row.accepted = False
        r.save(b.RebookDecision(**r.row, part=booking.part, booking_generation=booking.generation))


def task(kind: str) -> Callable[[Recording], None]:
    """Something about the journey was seen to."""
    return lambda r: r.save(b.TravelTask(**r.row, kind=kind, subject=r.body.about))


def effect_outcome(r: Recording) -> None:
    """What a person found out about an effect whose outcome was unknown."""
    effect = about(r, Effect)
    effect.attempts, effect.next_try_at = 0, None
    if r.body.outcome == "absent":
        effect.state, effect.settled_at = EffectState.ABSENT, r.now


FACTS = (
    Fact("journey_plan", i.JourneyIn, MOVEMENT, journey),
    Fact("price_approval", i.PriceIn, SUPERVISOR, price, only_when_asked=True),
    Fact("desk_booking", i.DeskBookingIn, MOVEMENT, desk_booking, only_when_asked=True),
    Fact("desk_cancellation", i.DeskCancellationIn, MOVEMENT, desk_cancellation, only_when_asked=True),
    Fact("rebook", i.OfSubjectIn, MOVEMENT, rebook, only_when_asked=True),
    Fact("schedule_change", i.ScheduleChangeIn, MOVEMENT, schedule_change, only_when_asked=True),
    Fact("tell_about_flight", i.OfSubjectIn, ANYBODY, task("tell_about_flight"), only_when_asked=True),
    Fact("refund_receipt", i.RefundIn, OPERATIONS, refund_receipt, only_when_asked=True),
    Fact("refund_write_off", i.OfSubjectIn, SUPERVISOR, refund_write_off),
    Fact("refund_review", i.OfSubjectIn, OPERATIONS, task("refund_review"), only_when_asked=True),
    Fact("ticket_time_limit", i.OfSubjectIn, MOVEMENT, task("ticket_time_limit"), only_when_asked=True),
    Fact("effect_outcome", i.EffectOutcomeIn, OPERATIONS, effect_outcome, only_when_asked=True),
)
