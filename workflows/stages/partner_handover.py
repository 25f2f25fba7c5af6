"""Partner handover: offered without identity, accepted by a named person, then told in stages who comes and when."""

from models.stage import Role, Track
from workflows.facts import Booking, Facts, Handover
from workflows.patience import ask, attempt, look, until_look
from workflows.standing import Done, Party, Standing, Waiting, say

OVER = ("declined", "recalled", "expired", "no_show")


def decide(facts: Facts) -> Standing:
    """Acceptance, not delivery, is what counts; silence is a fact with a ladder (domain.md §1.9)."""
    if facts.partner is None:
        return ask(facts, Role.COUNSELLOR, "receiving_partner", say("handover.no_partner"))
    if facts.partner not in facts.may_share_with:
        return unshared(facts, facts.partner)
    handover = facts.handover
    if handover is None or (is_stale(facts, handover) and handover.status in OVER):
        subject = f"{facts.journey}.{handover.generation + 1 if handover else 1}"
        offering = attempt(facts, "offer_handover", subject, say("handover.offer"), Party.PARTNER)
        return offering or ask(facts, Role.COUNSELLOR, "receiving_partner", say("handover.not_taken"), subject=subject)
    return standing_of(facts, handover)


def is_stale(facts: Facts, handover: Handover) -> bool:
    """Of another partner, or offered before the person took back the consent to share: it does not revive (F34)."""
    return handover.partner != facts.partner or handover.id in facts.voluntariness.unshared


def unshared(facts: Facts, partner: str) -> Standing:
    """Nothing is told without consent. Who has travelled is not pressed for it: we look after them ourselves (F33)."""
    if not facts.departed:
        return ask(facts, Role.COUNSELLOR, "transfer_consent", say("handover.no_consent"), subject=partner)
    if facts.arrived_at is None:
        return ask(facts, Role.PROTECTION_OFFICER, "arrival", say("handover.not_shared"), within="emergency")
    return Done(say("handover.sharing_ended"))


def standing_of(facts: Facts, handover: Handover) -> Standing:
    """Each status has one next thing; what could not be recalled is never told more."""
    if is_stale(facts, handover) and not facts.departed and handover.status not in OVER:
        return ask(facts, Role.COUNSELLOR, "receiving_partner", say("handover.not_recalled"), subject=handover.id)
    match handover.status:
        case "offered":
            return offered(facts, handover)
        case "asked_back":
            return asked_back(facts, handover)
        case "accepted":
            return accepted(facts, handover)
        case "arrived":
            until = handover.waiting_since + facts.rules.time("partner_receipt")
            if facts.now < until:
                return Waiting(Party.PARTNER, say("handover.receipt"), until, say("then.done_without"))
            return Done(say("handover.arrived"))
        case "received" if facts.arrived_at is None:
            return overtaken(facts, handover)
        case "received":
            return Done(say("handover.received"))
        case "no_show":
            return ask(facts, Role.PROTECTION_OFFICER, "arrival", say("handover.no_show"), within="emergency")
        case _:
            return ask(facts, Role.COUNSELLOR, "receiving_partner", say("handover.declined"), subject=handover.id)


def overtaken(facts: Facts, handover: Handover) -> Standing:
    """The receipt came before the word of the arrival: that is given its time."""
    until = handover.waiting_since + facts.rules.time("arrival_confirmation")
    if facts.now < until:
        return Waiting(Party.PARTNER, say("handover.awaiting_arrival"), until, say("then.incident"))
    return unconfirmed(facts)


def offered(facts: Facts, handover: Handover) -> Standing:
    """Remind once, then a counsellor chooses another partner; until then no ticket is bought."""
    limit = facts.rules.time("partner_answer_vulnerable" if facts.is_vulnerable else "partner_answer")
    remind_at = handover.waiting_since + limit
    looking = look(facts, "look_up_handover", f"{handover.id}.offered", handover.waiting_since, say("handover.look"))
    if looking:
        return looking
    if facts.now < remind_at:
        until = until_look(facts, handover.waiting_since, remind_at)
        return Waiting(Party.PARTNER, say("handover.waiting"), until, say("then.remind"))
    if facts.now >= remind_at + facts.rules.time("partner_reminder"):
        return ask(facts, Role.COUNSELLOR, "receiving_partner", say("handover.silent"), subject=handover.id)
    reminding = attempt(facts, "remind_partner", handover.id, say("handover.remind"), Party.PARTNER)
    until = remind_at + facts.rules.time("partner_reminder")
    return reminding or Waiting(Party.PARTNER, say("handover.waiting"), until, say("then.other_partner"))


def asked_back(facts: Facts, handover: Handover) -> Standing:
    """The partner's clock pauses until the counsellor has answered and the answer is sent."""
    if not handover.replied:
        return ask(facts, Role.COUNSELLOR, "handover_reply", say("handover.asked_back"), subject=handover.id)
    replying = attempt(facts, "answer_partner", handover.id, say("handover.answer"), Party.PARTNER)
    until = handover.waiting_since + facts.rules.time("partner_answer")
    return replying or Waiting(Party.PARTNER, say("handover.waiting"), until, say("then.other_partner"))


def accepted(facts: Facts, handover: Handover) -> Standing:
    """Identity after acceptance; flight and meeting point 48 hours before; then the arrival."""
    if not handover.identity_sent:
        sending = attempt(facts, "send_identity", handover.id, say("handover.send_identity"), Party.PARTNER)
        if sending:
            return sending
    booking = facts.booking
    if booking is None or booking.status != "ticketed":
        return Done(say("handover.accepted"))
    send_at = booking.departs_at - facts.rules.time("arrival_details")
    if facts.now < send_at:
        return Waiting(Party.DATE, say("handover.accepted"), send_at, say("then.send_arrival"))
    sending = attempt(facts, "send_arrival", flight_of(handover, booking), say("handover.send_arrival"), Party.PARTNER)
    if sending:
        return sending
    until = booking.arrives_at + facts.rules.time("arrival_confirmation")
    if facts.departed and facts.now >= until:
        looking = look(facts, "look_up_handover", f"{handover.id}.accepted", booking.arrives_at, say("handover.look"))
        if looking:
            return looking
    if facts.now < until:
        return Waiting(Party.PARTNER, say("handover.awaiting_arrival"), until, say("then.incident"))
    return unconfirmed(facts)


def flight_of(handover: Handover, booking: Booking) -> str:
    """What the partner is told once: this flight at this time. Another one, or another time, is told anew."""
    return f"{handover.id}.{booking.generation}.{booking.departs_at:%Y%m%d%H%M}"


def unconfirmed(facts: Facts) -> Standing:
    """A silent partner after departure is a protection incident, not a late task."""
    if not facts.departed:
        return Done(say("handover.accepted"))
    return ask(facts, Role.PROTECTION_OFFICER, "arrival", say("handover.arrival_silent"), within="emergency")


def undo(facts: Facts) -> Standing | None:
    """Recall what an earlier journey, an earlier partner, or a person who no longer travels left with a partner."""
    if facts.departed:
        return None
    for handover in facts.handovers:
        stale = handover.journey < facts.journey or facts.track is not Track.RETURN or facts.closed
        unwanted = is_stale(facts, handover) or handover.partner not in facts.may_share_with
        if (stale or unwanted) and handover.status in ("offered", "asked_back", "accepted"):
            recalling = attempt(facts, "recall_handover", handover.id, say("handover.recall"), Party.PARTNER)
            if recalling:
                return recalling
    return None
