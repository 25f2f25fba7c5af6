"""Records plans, prices and what the travel desk did."""

from models import booking as b
from models.effect import Effect, EffectState
from workflows import inputs as i
from workflows.commands import Fact, Recording, Wrong
from workflows.records.common import MOVEMENT, OPERATIONS, SUPERVISOR, about, generation, principal


def journey(r: Recording) -> None:
    """Where from and to, and on which day; never in the past."""
    if r.body.depart_on < r.now.date():
        raise Wrong("past", "depart_on: lies in the past; give a day from today on.", "depart_on")
    r.save(b.JourneyPlan(**r.row, **r.body.model_dump()))


def price(r: Recording) -> None:
    """A price that a supervisor allows."""
    r.save(b.PriceApproval(**r.row, up_to=r.body.up_to))


def desk_booking(r: Recording) -> None:
    """What the travel desk booked by hand."""
    row = b.Booking(
        **r.row, person_id=principal(r.session, r.case).id, generation=generation(r) + 1, route="desk",
        outside_id=f"desk-{r.case.ref}-{generation(r) + 1}", status="ticketed", price=r.body.price,
        currency=r.body.currency, looked_at=r.now,
    )  # fmt: skip
    flights = [flight.model_dump(mode="json") for flight in r.body.flights]
    r.save(row, flights=flights, locator=r.body.locator, tickets=r.body.tickets)


def desk_cancellation(r: Recording) -> None:
    """What the travel desk cancelled by hand."""
    about(r, b.Booking).status = "cancelled"


def rebook(r: Recording) -> None:
    """A person decides that another booking is made."""
    row = about(r, b.Booking)
    if row.status == "ticketed":
        row.status = "unused"
    r.save(b.RebookDecision(**r.row, booking_generation=row.generation))


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
    Fact("desk_cancellation", i.OfSubjectIn, MOVEMENT, desk_cancellation, only_when_asked=True),
    Fact("rebook", i.OfSubjectIn, MOVEMENT, rebook, only_when_asked=True),
    Fact("effect_outcome", i.EffectOutcomeIn, OPERATIONS, effect_outcome, only_when_asked=True),
)
