"""Flight booking: search, hold, pay; through the travel desk for those no airline API takes. One live booking (S2)."""

from datetime import datetime

from models.stage import Role, Track
from workflows.facts import Booking, Effect, Facts, Offer
from workflows.patience import OPEN, ask, attempt
from workflows.standing import Doing, Done, Party, Said, Standing, Waiting, say

NOT_FLOWN = ("no_show", "denied", "offloaded")
# Refusals of an offer that is dead; any other refusal is the same for every offer, and a person's (ecosystem.md §4.1).
SEARCH_AGAIN = ("offer_expired", "offer_no_longer_available", "price_changed", "not_found")
NOT_PRINTABLE = ("name_too_long", "name_not_printable")
# How long before departure a ticket is looked at, should the airline's own word not arrive: before the will is asked
# again, before the partner is told when to come, before people leave for the airport.
LOOK_BEFORE = ("reconfirm_window", "arrival_details", "gate_opens")


def decide(facts: Facts) -> Standing:
    """Where the newest booking of this journey stands, or how to come to one."""
    booking = facts.booking
    if facts.plan_of_journey is None:
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", say("booking.no_plan"))
    if booking is None:
        return reserve(facts, generation=1)
    given_up = booking.generation in facts.rebooked and not booking.is_live
    return reserve(facts, booking.generation + 1) if given_up else standing_of(facts, booking)


def standing_of(facts: Facts, booking: Booking) -> Standing:
    """Held is paid, pending is looked at, ticketed is watched; anything else a person decides."""
    if booking.recheck:
        return look(facts, booking, say("booking.changed"))
    match booking.status:
        case "held":
            return held(facts, booking)
        case "pending":
            look_at = booking.looked_at + facts.rules.time("airline_look")
            if facts.now < look_at:
                return Waiting(Party.AIRLINE, say("booking.pending"), look_at, say("then.look_up"))
            return look(facts, booking, say("booking.pending"))
        case "ticketed":
            return ticketed(facts, booking)
    return ask(facts, Role.MOVEMENT_OFFICER, "rebook", why_gone(facts, booking), subject=booking.id)


def why_gone(facts: Facts, booking: Booking) -> Said:
    """Why a person must decide about another booking."""
    if facts.boarding in NOT_FLOWN:
        return say("booking.not_flown")
    return say("booking.taken") if booking.status == "airline_cancelled" else say("booking.lost")


def held(facts: Facts, booking: Booking) -> Standing:
    """Paid, or given up."""
    if booking.generation in facts.rebooked:
        return cancel(facts, booking)
    paying = attempt(facts, "pay_ticket", booking.id, say("booking.pay"), Party.AIRLINE)
    return paying or ask(facts, Role.SUPERVISOR, "rebook", say("booking.payment_refused"), subject=booking.id)


def ticketed(facts: Facts, booking: Booking) -> Standing:
    """Done, and looked at before departure. A ticket nobody flew with is given back before another is bought (S2)."""
    if facts.boarding in NOT_FLOWN:
        return cancel(facts, booking)
    looks = sorted(booking.departs_at - facts.rules.time(name) for name in LOOK_BEFORE)
    due = [look_at for look_at in looks if booking.looked_at < look_at <= facts.now]
    if due and booking.route == "api" and facts.now < booking.departs_at:
        return look(facts, booking, say("booking.pending"))
    coming: list[datetime] = [look_at for look_at in looks if look_at > facts.now]
    return claim(facts) or Done(say("booking.ticketed"), min(coming, default=booking.departs_at))


def look(facts: Facts, booking: Booking, why: Said) -> Standing:
    """Read the order, unless the airline could not be reached a moment ago."""
    effect = facts.effect("look_up_booking", booking.id)
    if effect and effect.next_try_at and effect.next_try_at > facts.now:
        return Waiting(Party.AIRLINE, say("partner.unavailable"), effect.next_try_at, say("then.try_again"))
    return Doing("look_up_booking", booking.id, why)


def reserve(facts: Facts, generation: int) -> Standing:
    """Find an offer and hold it; or the travel desk books. What may exist already comes first."""
    subject = f"{facts.journey}.{generation}"
    hold = facts.effect("hold_seats", subject)
    if hold and hold.state in OPEN:
        trying = attempt(facts, "hold_seats", subject, say("booking.hold"), Party.AIRLINE)
        if trying and (hold.state != "intended" or not isinstance(trying, Doing)):
            return trying
    if facts.plan_of_journey and facts.plan_of_journey.depart_on < facts.now.date():
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", say("booking.no_plan"))
    desk = needs_desk(facts, hold)
    if desk:
        return ask(facts, Role.MOVEMENT_OFFICER, "desk_booking", desk, subject=str(generation))
    return choose(facts, subject, hold)


def choose(facts: Facts, subject: str, hold: Effect | None) -> Standing:
    """Hold the best offer, if there is one and it may cost so much. A try that did nothing keeps its key."""
    offer = best(facts)
    if offer is None:
        return looking(facts)
    if offer.price > facts.rules.number("price_cap") and offer.price > (facts.price_cap or 0):
        return ask(facts, Role.SUPERVISOR, "price_approval", say("booking.dear", price=str(offer.price)))
    done = 0 if hold is None else hold.generation - (hold.state == "intended")
    return Doing("hold_seats", subject, say("booking.hold"), generation=done + 1)


def needs_desk(facts: Facts, hold: Effect | None) -> Said | None:
    """Why a person must book: a laissez-passer or a name no airline takes, a refusal for good, too many refusals."""
    if any(document.kind == "laissez_passer" for person in facts.people for document in person.documents):
        return say("booking.desk")
    if hold is None or hold.state not in ("rejected", "absent"):
        return None
    if hold.code in NOT_PRINTABLE:
        return say("booking.name")
    for_good = hold.state == "rejected" and hold.code not in SEARCH_AGAIN
    return say("booking.refused") if for_good or hold.generation >= facts.rules.number("holds") else None


def best(facts: Facts) -> Offer | None:
    """The live offer of the newest search with the fewest connections, then the cheapest; None when it is used up."""
    newest = max((offer.round for offer in facts.offers), default=0)
    live = [
        offer for offer in facts.offers if offer.round == newest and offer.can_hold and offer.expires_at > facts.now
    ]
    choice = min(live, key=lambda offer: (offer.connections, offer.price, offer.id), default=None)
    return choice if is_fresh(facts, newest) else None


def is_fresh(facts: Facts, newest: int) -> bool:
    """Nothing of the newest search was tried, and the plan has not changed since: a search can be booked once.

    Each try uses up a search, so there must also be more searches than tries; instants may be equal.
    """
    tries = [effect.at for effect in facts.effects if was_tried(facts, effect)]
    search, plan = facts.effect("search_flights", str(facts.journey)), facts.plan_of_journey
    if newest <= len(tries) or (search and search.code == "no_offers"):
        return False
    return search is None or search.at >= max([*tries, plan.at] if plan else tries, default=search.at)


def was_tried(facts: Facts, effect: Effect) -> bool:
    """A hold of this journey that the airline may have seen."""
    mine = (effect.action, effect.journey) == ("hold_seats", facts.journey)
    return mine and effect.state != "void" and (effect.state != "intended" or effect.attempts > 0)


def looking(facts: Facts) -> Standing:
    """Search; when nothing is on offer that can be held a movement officer changes the plan."""
    newest = max((offer.round for offer in facts.offers), default=0)
    search = facts.effect("search_flights", str(facts.journey))
    if search and search.code == "no_offers" and facts.plan_of_journey and search.at > facts.plan_of_journey.at:
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", say("booking.no_offers"), subject=str(newest))
    if search and search.next_try_at and search.next_try_at > facts.now:
        return Waiting(Party.AIRLINE, say("partner.unavailable"), search.next_try_at, say("then.try_again"))
    return Doing("search_flights", str(facts.journey), say("booking.search"))


def undo(facts: Facts) -> Standing | None:
    """A live booking of an earlier journey, or of somebody who no longer travels, is cancelled.

    Money for a flight that the airline took away is asked back as soon as it can be, whatever else is waited for.
    """
    for booking in facts.bookings:
        stale = booking.journey < facts.journey or facts.track is not Track.RETURN or facts.closed
        stale = stale or booking.id in facts.protection.given_back
        if booking.is_live and stale and not (facts.departed and booking.journey == facts.journey):
            return cancel(facts, booking)
    claiming = claim(facts)
    return claiming if isinstance(claiming, Doing) else None


def claim(facts: Facts) -> Standing | None:
    """The money for a flight that the airline took away is asked back, once a booking."""
    for booking in facts.bookings:
        if booking.status == "airline_cancelled":
            effect = facts.effect("cancel_booking", booking.id)
            if effect is None or effect.state != "confirmed":
                return cancel(facts, booking, say("booking.claim"))
    return None


def cancel(facts: Facts, booking: Booking, why: Said | None = None) -> Standing:
    """Through the API, or by a person at the travel desk."""
    reason = why or say("booking.cancel")
    cancelling = None
    if booking.route != "desk":
        cancelling = attempt(facts, "cancel_booking", booking.id, reason, Party.AIRLINE)
    return cancelling or ask(facts, Role.MOVEMENT_OFFICER, "desk_cancellation", reason, subject=booking.id)
