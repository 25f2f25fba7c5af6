"""What an accepting partner is told, in stages, and what is waited for until the person was met and is safe."""

import hashlib

from models.stage import Role
from workflows.facts import Booking, Facts, Handover
from workflows.handover.clock import meet_ladder, report_ladder
from workflows.parties import parties, separated
from workflows.patience import ask, attempt, look, until_look
from workflows.standing import Done, Party, Standing, Waiting, say


def accepted(facts: Facts, handover: Handover) -> Standing:
    """Identity after acceptance; flight and meeting point 48 hours before; then the arrival."""
    sending = identity(facts, handover) or plan(facts, handover)
    if sending:
        return sending
    if facts.arrived_at:
        return after_arrival(facts, handover)
    booking = facts.booking
    if booking is None or booking.status != "ticketed":
        return Done(say("handover.accepted"), facts.reception.agreement_ends)
    return arrival(facts, handover, booking)


def identity(facts: Facts, handover: Handover) -> Standing | None:
    """Who comes; and again, as a new version, when what the partner must know on the day has changed."""
    why, noted = say("handover.send_identity"), facts.reception.noted_at
    if not handover.identity_sent:
        return attempt(facts, "send_identity", handover.id, why, Party.PARTNER)
    if noted and handover.identity_at and noted > handover.identity_at:
        return attempt(facts, "send_identity", f"{handover.id}.{noted:%Y%m%d%H%M%S}", why, Party.PARTNER)
    return None


def plan(facts: Facts, handover: Handover) -> Standing | None:
    """Plan and budget, when the partner asked for them and there is a plan."""
    asked, sent = handover.plan_asked_at, handover.plan_sent_at
    if asked is None or facts.instalments is None or (sent and sent >= asked):
        return None
    subject = f"{handover.id}.{asked:%Y%m%d%H%M%S}"
    return attempt(facts, "send_plan", subject, say("handover.send_plan"), Party.PARTNER)


def arrival(facts: Facts, handover: Handover, booking: Booking) -> Standing:
    """The flight, 48 hours before; then the word that the person was met, or an incident."""
    send_at = booking.departs_at - facts.rules.time("arrival_details")
    if facts.now < send_at:
        return Waiting(Party.DATE, say("handover.accepted"), send_at, say("then.send_arrival"))
    why = say("handover.send_arrival")
    sending = attempt(facts, "send_arrival", flight_of(facts, handover, booking), why, Party.PARTNER)
    return sending or awaited(facts, handover, booking)


def awaited(facts: Facts, handover: Handover, booking: Booking) -> Standing:
    """Until a day after landing the partner is waited for; then it is an incident, not a late task."""
    until = meet_ladder(facts, booking)[-1].at
    if facts.now < until:
        return Waiting(Party.PARTNER, say("handover.awaiting_arrival"), until, say("then.incident"))
    if not facts.departed:
        return Done(say("handover.accepted"))
    why = say("handover.look")
    looking = look(facts, "look_up_handover", f"{handover.id}.accepted", booking.arrives_at, why)
    opening = looking or attempt(
        facts, "open_incident", f"{handover.id}.partner_silent", say("handover.arrival_silent"), Party.PARTNER
    )
    silent = say("handover.arrival_silent")
    return opening or ask(facts, Role.PROTECTION_OFFICER, "arrival", silent, within="emergency")


def flight_of(facts: Facts, handover: Handover, booking: Booking) -> str:
    """What the partner is told once: these flights at these times. Another one, or another time, is told anew."""
    others = [f"{one.part}.{one.generation}.{one.departs_at:%Y%m%d%H%M}" for one in told(facts)[1:]]
    tail = "." + hashlib.sha256(" ".join(others).encode()).hexdigest()[:6] if others else ""
    return f"{handover.id}.{booking.generation}.{booking.departs_at:%Y%m%d%H%M}{tail}"


def told(facts: Facts) -> tuple[Booking, ...]:
    """The tickets that the partner hears of, the principal's first; never of people who are kept apart from them."""
    away, found = separated(facts), []
    for part, people in enumerate(parties(facts), start=1):
        booking = facts.booking_of(part)
        if booking and booking.status == "ticketed" and not away & {person.id for person in people}:
            found.append(booking)
    return tuple(found)


def not_met(facts: Facts, handover: Handover) -> Standing:
    """The partner stood there and nobody came: it may be an abduction, so a person looks at once."""
    if facts.arrived_at:
        return after_arrival(facts, handover)
    why = say("handover.no_show")
    opening = attempt(facts, "open_incident", f"{handover.id}.not_met", why, Party.PARTNER)
    return opening or ask(facts, Role.PROTECTION_OFFICER, "arrival", why, within="emergency")


def received(facts: Facts, handover: Handover) -> Standing:
    """The receipt may overtake the word of the arrival: that is given its time."""
    if facts.arrived_at is None and facts.booking:
        return awaited(facts, handover, facts.booking)
    return identity(facts, handover) or plan(facts, handover) or after_arrival(facts, handover)


def after_arrival(facts: Facts, handover: Handover) -> Standing:
    """The receipt, then the first contact in private within a week; silence about that is an incident too."""
    since = facts.arrived_at or facts.now
    end = Done(say("handover.received")) if handover.status == "received" else Done(say("handover.arrived"))
    is_safe = is_reported(facts, handover)
    if is_safe and handover.status == "received":
        return end
    looking = look(facts, "look_up_handover", f"{handover.id}.after", since, say("handover.look"))
    receipt_by = since + facts.rules.time("partner_receipt")
    if looking and facts.now < report_ladder(facts, since)[-1].at:
        return looking
    if handover.status != "received" and facts.now < receipt_by:
        until = until_look(facts, since, receipt_by)
        return Waiting(Party.PARTNER, say("handover.receipt"), until, say("then.done_without"))
    return end if is_safe else unreported(facts, handover) or end


def is_reported(facts: Facts, handover: Handover) -> bool:
    """Somebody has spoken with the person since: the partner in private, or we."""
    spoken = facts.arrival.safe_at or any(check_in.reached for check_in in facts.check_ins)
    return "first_week" in handover.parts or bool(spoken)


def unreported(facts: Facts, handover: Handover) -> Standing | None:
    """Remind after two days, open an incident after five; None when all of that was done."""
    since, why = facts.arrived_at or facts.now, say("handover.first_week")
    remind, escalate = report_ladder(facts, since)
    if facts.now >= escalate.at:
        return attempt(facts, "open_incident", f"{handover.id}.no_first_contact", why, Party.PARTNER)
    if facts.now >= remind.at:
        reminding = attempt(facts, "remind_partner", f"{handover.id}.first_week", say("handover.remind"), Party.PARTNER)
        if reminding and not isinstance(reminding, Waiting):
            return reminding
    until = until_look(facts, since, escalate.at if facts.now >= remind.at else remind.at)
    return Waiting(Party.PARTNER, why, until, say("then.incident"))
