"""Flight booking: search, hold, pay; through the travel desk for those no airline API takes. One live booking (S2)."""

from datetime import datetime, timedelta

from models.stage import Role, Track
from workflows.facts import Booking, Facts
from workflows.gates import seats_all
from workflows.offers import flights_of
from workflows.parties import parties
from workflows.patience import ask, attempt, message
from workflows.reserving import reserve, too_dear
from workflows.standing import Doing, Done, Party, Said, Standing, Waiting, say

NOT_FLOWN = ("no_show", "denied", "offloaded", "turned_back")
# How long before departure a ticket is looked at, should the airline's own word not arrive: before the will is asked
# again, before the partner is told when to come, before people leave for the airport.
LOOK_BEFORE = ("reconfirm_window", "arrival_details", "gate_opens")


def decide(facts: Facts) -> Standing:
    """The first part of those who travel that has no seats yet; then the first that is not ticketed; then all are."""
    if facts.plan_of_journey is None:
        return ask(facts, Role.MOVEMENT_OFFICER, "journey_plan", say("booking.no_plan"))
    parts = range(1, len(parties(facts)) + 1)
    for part in parts:
        booking = facts.booking_of(part)
        if booking is None or not booking.is_live:
            return seatless(facts, part, booking)
        wrong = misplaced(facts, booking)
        if wrong and (part, booking.generation) not in facts.rebooked:
            return ask(facts, Role.MOVEMENT_OFFICER, "rebook", wrong, within="urgent", subject=booking.id)
    standings = [standing_of(facts, booking) for part in parts if (booking := facts.booking_of(part))]
    unsettled = [standing for standing in standings if not isinstance(standing, Done)]
    return unsettled[0] if unsettled else min(standings, key=until_then)


def until_then(standing: Standing) -> datetime:
    """Until when a ticket stands as it does."""
    assert isinstance(standing, Done)
    assert standing.valid_until is not None
    return standing.valid_until


def seatless(facts: Facts, part: int, booking: Booking | None) -> Standing:
    """Reserve; a booking that is gone first needs its proof and a person's decision (S2, F17)."""
    if booking is None:
        return reserve(facts, part, generation=1)
    if booking.recheck:
        return look(facts, booking, say("booking.changed"))
    if (part, booking.generation) not in facts.rebooked:
        if booking.status == "airline_cancelled":
            told = message(facts, "send_flight_change", f"{booking.id}.0", say("booking.tell_change"))
            if isinstance(told, Doing):
                return told
        return ask(facts, Role.MOVEMENT_OFFICER, "rebook", why_gone(facts, booking), subject=booking.id)
    return asked_anew(facts, booking) or reserve(facts, part, booking.generation + 1)


def asked_anew(facts: Facts, booking: Booking) -> Standing | None:
    """Who did not come to the gate is asked whether they still want to travel before another ticket is bought."""
    gate, lead = facts.travel.gate, facts.booking
    if gate is None or lead is None or (gate.outcome, gate.generation) != ("no_show", lead.generation):
        return None
    for person in facts.people:
        if not person.is_child(facts.today) and not (person.reconfirmed_at and person.reconfirmed_at >= gate.at):
            why, subject = say("booking.will_anew"), f"{booking.generation}.{person.id}"
            return ask(facts, Role.COUNSELLOR, "reconfirmation", why, within="urgent", subject=subject)
    return None


def standing_of(facts: Facts, booking: Booking) -> Standing:
    """Held is paid, pending is looked at, ticketed is watched."""
    if booking.recheck:
        return look(facts, booking, say("booking.changed"))
    if booking.status == "held":
        return held(facts, booking)
    if booking.status == "ticketed":
        return ticketed(facts, booking)
    look_at = booking.looked_at + facts.rules.time("airline_look")
    if facts.now < look_at:
        return Waiting(Party.AIRLINE, say("booking.pending"), look_at, say("then.look_up"))
    return look(facts, booking, say("booking.pending"))


def why_gone(facts: Facts, booking: Booking) -> Said:
    """Why a person must decide about another booking."""
    if facts.boarding in NOT_FLOWN:
        return say("booking.not_flown")
    return say("booking.taken") if booking.status == "airline_cancelled" else say("booking.lost")


def held(facts: Facts, booking: Booking) -> Standing:
    """Paid at the price that was held and may be paid, or given up. A price that rose is read, and asked about."""
    if (booking.part, booking.generation) in facts.rebooked:
        return cancel(facts, booking)
    paying = facts.effect("pay_ticket", booking.id)
    changed = paying is not None and paying.state == "rejected" and paying.code == "price_changed"
    if paying and changed and booking.looked_at <= paying.at:
        return look(facts, booking, say("booking.price_changed"))
    dear = too_dear(facts, booking.price, booking.currency, booking)
    if dear:
        return dear
    if paying and changed:  # a clear no before any money moved: the new price is paid under a new key
        return Doing("pay_ticket", booking.id, say("booking.pay"), generation=paying.generation + 1)
    trying = attempt(facts, "pay_ticket", booking.id, say("booking.pay"), Party.AIRLINE)
    return trying or refused_payment(facts, booking)


def refused_payment(facts: Facts, booking: Booking) -> Standing:
    """The order is read once more: it may have lapsed. Then a supervisor decides."""
    paying = facts.effect("pay_ticket", booking.id)
    if paying and booking.looked_at <= paying.at:
        return look(facts, booking, say("booking.payment_refused"))
    return ask(facts, Role.SUPERVISOR, "rebook", say("booking.payment_refused"), subject=booking.id)


def ticketed(facts: Facts, booking: Booking) -> Standing:
    """Done, and looked at before departure. A ticket nobody flew with is given back before another is bought (S2)."""
    if facts.boarding in NOT_FLOWN or (booking.part, booking.generation) in facts.rebooked:
        return cancel(facts, booking)
    looks = sorted(booking.departs_at - facts.rules.time(name) for name in LOOK_BEFORE)
    due = [look_at for look_at in looks if booking.looked_at < look_at <= facts.now]
    if due and booking.route == "api" and facts.now < booking.departs_at:
        return look(facts, booking, say("booking.pending"))
    moving = moved(facts, booking)
    if moving:
        return moving
    coming: list[datetime] = [look_at for look_at in looks if look_at > facts.now]
    return claim(facts) or Done(say("booking.ticketed"), min(coming, default=booking.departs_at))


def moved(facts: Facts, booking: Booking) -> Standing | None:
    """The airline moved the flight: a small change is accepted, a larger one is a movement officer's (F19).

    The person is told neutrally. What else depends on the day is worked out from the new one.
    """
    changes = [change for change in facts.travel.changes if change.booking == booking.id]
    if not changes or facts.now >= booking.departs_at:
        return None
    newest, subject = changes[-1], f"{booking.id}.{len(changes)}"
    if newest.accepted is None:
        if timedelta(minutes=newest.minutes) > facts.rules.time("small_change") and not newest.decided:
            why = say("booking.moved", minutes=newest.minutes)
            return ask(facts, Role.MOVEMENT_OFFICER, "schedule_change", why, within="urgent", subject=newest.id)
        accepting = attempt(facts, "accept_change", subject, say("booking.accept_change"), Party.AIRLINE)
        if accepting:
            return accepting
        if not newest.decided:
            why = say("booking.change_refused")
            return ask(facts, Role.MOVEMENT_OFFICER, "schedule_change", why, within="urgent", subject=newest.id)
    return message(facts, "send_flight_change", subject, say("booking.tell_change"))


def look(facts: Facts, booking: Booking, why: Said) -> Standing:
    """Read the order, unless the airline could not be reached a moment ago."""
    effect = facts.effect("look_up_booking", booking.id)
    if effect and effect.next_try_at and effect.next_try_at > facts.now:
        return Waiting(Party.AIRLINE, say("partner.unavailable"), effect.next_try_at, say("then.try_again"))
    return Doing("look_up_booking", booking.id, why)


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


def misplaced(facts: Facts, booking: Booking) -> Said | None:
    """Somebody has no seat, or shares the ticket or a flight with people whom they no longer travel with."""
    if not seats_all(facts, booking):
        return say("booking.seat_missing")
    if booking.people - {person.id for person in facts.people}:
        return say("booking.stranger")
    return say("offer.apart") if flights_of(booking) & facts.travel.shunned else None


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
