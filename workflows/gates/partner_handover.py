"""The partner: accepted where the person is vulnerable; and the arrival."""

from models.stage import Track
from workflows.facts import Facts
from workflows.gates.risk_assessment import risk
from workflows.standing import Said, say


def accepted(facts: Facts) -> Said | None:
    """A partner accepted the handover, where the person is vulnerable (S10)."""
    if not facts.is_vulnerable:
        return None
    handover = facts.handover
    good = handover is not None and handover.status in ("accepted", "arrived", "received")
    recalled = handover is not None and handover.id in facts.voluntariness.unshared
    return None if good and not recalled else say("handover.not_accepted")


def arrived(facts: Facts) -> Said | None:
    """Arrived at the destination; or reintegration in place, with somewhere to live arranged."""
    if facts.track is Track.IN_PLACE:
        return risk(facts)
    return None if facts.arrived_at else say("arrival.not_confirmed")
