"""Departure: the will is asked again within 72 hours, the person is reminded neutrally, and the gate is reported."""

from datetime import timedelta

from models.stage import Role
from workflows import gates
from workflows.facts import Booking, Facts
from workflows.patience import ask, message
from workflows.standing import Asking, Done, Party, Standing, Waiting, say

NOT_FLOWN = ("no_show", "denied", "offloaded", "turned_back")


def decide(facts: Facts) -> Standing:
    """Nobody boards who was not asked again, in time (S7)."""
    booking = facts.booking
    if booking is None:
        return Done(say("departure.none"))
    opens = booking.departs_at - facts.rules.time("reconfirm_window")
    if facts.now < opens:
        return Waiting(Party.DATE, say("departure.not_yet"), opens, say("then.ask_again"))
    for person in facts.people:
        if not gates.reconfirmed(facts, person):
            return reconfirm(facts, booking, person.id)
    told = message(facts, "send_travel_day", booking.id, say("departure.tell"))
    return told if told and facts.now < booking.departs_at else at_the_gate(facts, booking)


def reconfirm(facts: Facts, booking: Booking, person: str) -> Asking:
    """Asked until departure; then it is too late and the gate stays closed."""
    subject = f"{booking.generation}.{person}"
    return ask(facts, Role.COUNSELLOR, "reconfirmation", say("departure.reconfirm"), within="urgent", subject=subject)


def at_the_gate(facts: Facts, booking: Booking) -> Standing:
    """Wait for the flight, then ask who was there; who boarded has departed when the plane has."""
    if facts.boarding in NOT_FLOWN:
        return Done(say("departure.not_flown"))
    boarded = "boarded" in facts.travel.levels
    report_from = booking.departs_at - (timedelta() if boarded else facts.rules.time("gate_opens"))
    if facts.now < report_from:
        why = say("departure.boarded") if boarded else say("departure.flight")
        return Waiting(Party.DATE, why, report_from, say("then.ask_boarding"))
    return ask(
        facts,
        Role.MOVEMENT_OFFICER,
        "boarding",
        say("departure.gone") if boarded else say("departure.boarding"),
        within="emergency",
        subject=str(booking.generation),
    )
