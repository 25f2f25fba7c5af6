"""Flight booking: search, hold, pay; through the travel desk for those no airline API takes. One live booking (S2)."""

from models.stage import Role, Track
from workflows.facts import Booking, Facts, Offer
from workflows.patience import ask, attempt
from workflows.standing import Doing, Done, Party, Standing, Waiting, say


def decide(facts: Facts) -> Standing:
    """Where the newest booking of this journey stands, or how to come to one."""
    if facts.plan_of_journey is None or no_longer_possible(facts):
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", say("booking.no_plan"))
    booking = facts.booking
    if booking is None or (booking.generation in facts.rebooked and not booking.is_live):
        return reserve(facts, generation=booking.generation + 1 if booking else 1)
    return standing_of(facts, booking)


def no_longer_possible(facts: Facts) -> bool:
    """The planned day is over and nothing was booked."""
    plan = facts.plan_of_journey
    return plan is not None and facts.booking is None and plan.depart_on < facts.now.date()


def standing_of(facts: Facts, booking: Booking) -> Standing:
    """Held is paid, pending is looked at, ticketed is done; anything else a person decides."""
    if booking.recheck:
        return Doing("look_up_booking", booking.id, say("booking.changed"))
    if booking.status == "held":
        if booking.generation in facts.rebooked:
            return cancel(facts, booking)
        paying = attempt(facts, "pay_ticket", booking.id, say("booking.pay"), Party.AIRLINE)
        return paying or ask(facts, Role.SUPERVISOR, "rebook", say("booking.payment_refused"), subject=booking.id)
    if booking.status == "pending":
        look_at = booking.looked_at + facts.rules.time("airline_look")
        if facts.now < look_at:
            return Waiting(Party.AIRLINE, say("booking.pending"), look_at, say("then.look_up"))
        return Doing("look_up_booking", booking.id, say("booking.pending"))
    if booking.status == "ticketed":
        if facts.boarding in ("no_show", "denied", "offloaded"):
            return ask(facts, Role.MOVEMENT_OFFICER, "rebook", say("booking.not_flown"), subject=booking.id)
        return Done(say("booking.ticketed"), booking.departs_at)
    return ask(facts, Role.MOVEMENT_OFFICER, "rebook", say("booking.lost"), subject=booking.id)


def reserve(facts: Facts, generation: int) -> Standing:
    """Find an offer and hold it; or the travel desk books, for a laissez-passer."""
    if needs_desk(facts):
        return ask(facts, Role.MOVEMENT_OFFICER, "desk_booking", say("booking.desk"), subject=str(generation))
    subject = f"{facts.journey}.{generation}"
    hold = facts.effect("hold_seats", subject)
    if hold and hold.state in ("intended", "sent", "unknown"):
        return attempt(facts, "hold_seats", subject, say("booking.hold"), Party.AIRLINE) or looking(facts)
    if hold and hold.state in ("rejected", "absent") and hold.generation >= facts.rules.number("holds"):
        return ask(facts, Role.MOVEMENT_OFFICER, "desk_booking", say("booking.refused"), subject=str(generation))
    offer = best(facts, after=hold.generation if hold else 0)
    if offer is None:
        return looking(facts)
    if offer.price > facts.rules.number("price_cap") and offer.price > (facts.price_cap or 0):
        return ask(facts, Role.SUPERVISOR, "price_approval", say("booking.dear", price=str(offer.price)))
    return Doing("hold_seats", subject, say("booking.hold"), generation=hold.generation + 1 if hold else 1)


def best(facts: Facts, after: int) -> Offer | None:
    """The cheapest live offer of the newest search, fewest connections first; searched after the last refusal."""
    newest = max((offer.round for offer in facts.offers), default=0)
    live = [
        offer
        for offer in facts.offers
        if offer.round == newest and newest > after and offer.can_hold and offer.expires_at > facts.now
    ]
    return min(live, key=lambda offer: (offer.connections, offer.price, offer.id), default=None)


def looking(facts: Facts) -> Standing:
    """Search; when nothing is on offer a movement officer changes the plan."""
    newest = max((offer.round for offer in facts.offers), default=0)
    search = facts.effect("search_flights", str(facts.journey))
    if search and search.code == "no_offers" and facts.plan_of_journey and search.at > facts.plan_of_journey.at:
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", say("booking.no_offers"), subject=str(newest))
    if search and search.next_try_at and search.next_try_at > facts.now:
        return Waiting(Party.AIRLINE, say("partner.unavailable"), search.next_try_at, say("then.try_again"))
    return Doing("search_flights", str(facts.journey), say("booking.search"))


def needs_desk(facts: Facts) -> bool:
    """No airline API takes a laissez-passer (ecosystem.md §4): a person books."""
    return any(document.kind == "laissez_passer" for person in facts.people for document in person.documents)


def undo(facts: Facts) -> Standing | None:
    """A live booking of an earlier journey, or of somebody who no longer travels, is cancelled."""
    for booking in facts.bookings:
        stale = booking.journey < facts.journey or facts.track is not Track.RETURN or facts.closed
        if booking.is_live and stale and not (facts.departed and booking.journey == facts.journey):
            return cancel(facts, booking)
    return None


def cancel(facts: Facts, booking: Booking) -> Standing:
    """Through the API, or by a person at the travel desk."""
    if booking.route == "desk":
        return ask(facts, Role.MOVEMENT_OFFICER, "desk_cancellation", say("booking.cancel"), subject=booking.id)
    cancelling = attempt(facts, "cancel_booking", booking.id, say("booking.cancel"), Party.AIRLINE)
    return cancelling or ask(
        facts, Role.MOVEMENT_OFFICER, "desk_cancellation", say("booking.cancel"), subject=booking.id
    )
