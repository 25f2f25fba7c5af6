"""The partner: accepted in time where the person is vulnerable, not silent otherwise; and the arrival."""

from datetime import UTC, datetime, time

from models.handover_state import TAKEN
from models.stage import Track
from workflows.facts import Facts, Handover
from workflows.gates.risk_assessment import risk
from workflows.handover.access import other_dates
from workflows.handover.clock import accept_before, is_over
from workflows.standing import Said, say


def accepted(facts: Facts) -> Said | None:
    """A partner accepted this arrival, by name and in time, where the person is vulnerable (S10).

    For others a partner that stays silent to the end of the ladder holds the ticket until another is chosen.
    """
    handover = facts.handover
    if handover and is_tampered(facts, handover):
        return say("handover.tampered")
    if not facts.is_vulnerable:
        return held(facts, handover)
    if handover is None or handover.status not in TAKEN or is_left(facts, handover):
        return say("handover.not_accepted")
    return None if facts.departed else in_time(facts, handover)


def held(facts: Facts, handover: Handover | None) -> Said | None:
    """Silence to the end of the ladder, and no other partner chosen since."""
    if handover is None or handover.partner != facts.partner:
        return None
    return say("handover.held") if is_over(facts, handover) or handover.status == "expired" else None


def in_time(facts: Facts, handover: Handover) -> Said | None:
    """Accepted at least so many working days before the flight, and for a window that the flight lies in."""
    if other_dates(facts, handover):
        return say("handover.other_dates")
    flies_at = departure_of(facts)
    if flies_at is None or handover.accepted_at is None:
        return None
    late = handover.accepted_at > accept_before(facts, flies_at)
    return say("handover.too_late", day=flies_at.date().isoformat()) if late else None


def departure_of(facts: Facts) -> datetime | None:
    """When the person flies, as far as that is known: the ticket, else the first day of the plan."""
    if facts.booking and facts.booking.is_live:
        return facts.booking.departs_at
    plan = facts.plan_of_journey
    return datetime.combine(plan.depart_on, time(23, 59), UTC) if plan else None


def is_left(facts: Facts, handover: Handover) -> bool:
    """The partner's agreement ended, or the person no longer wants to be known there."""
    unshared = handover.partner not in facts.may_share_with or handover.id in facts.voluntariness.unshared
    return unshared or handover.partner in facts.reception.inactive


def is_tampered(facts: Facts, handover: Handover) -> bool:
    """The partner signed for other bytes than we sent, and nobody has found out why."""
    found = facts.reception.incident("tampered", handover.id)
    return found is not None and found.is_open


def arrived(facts: Facts) -> Said | None:
    """Arrived at the destination; or reintegration in place, with somewhere to live arranged."""
    if facts.track is Track.IN_PLACE:
        return risk(facts)
    return None if facts.arrived_at else say("arrival.not_confirmed")
