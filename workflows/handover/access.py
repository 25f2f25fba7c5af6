"""Whether a partner may see a handover: every exit, withdrawal, ended consent or agreement closes it at once."""

from models.handover_state import UNDECIDED, WITH_PARTNER
from models.stage import Track
from workflows.facts import Facts, Handover
from workflows.handover.clock import is_over

BEFORE_ARRIVAL = (*UNDECIDED, "accepted")


def may_read(facts: Facts, handover: Handover) -> bool:
    """The one answer for everything that a partner asks about a handover; nothing is stored about it."""
    lives = handover.status in WITH_PARTNER and handover.journey == facts.journey and not facts.closed
    trusted = is_shared(facts, handover) and handover.partner not in facts.reception.inactive
    return lives and trusted and not is_over(facts, handover)


def why_recall(facts: Facts, handover: Handover) -> str | None:
    """Why what lies with a partner must be taken back, as a code; None while it may stay there."""
    if handover.back or handover.status not in WITH_PARTNER:
        return None
    if handover.partner in facts.reception.inactive:
        return "partner_left"
    if handover.status in BEFORE_ARRIVAL and not facts.departed and is_stale(facts, handover):
        return "withdrawn" if facts.withdrawn_at else "no_longer_needed"
    if handover.journey == facts.journey and not facts.closed and not is_shared(facts, handover):
        return "consent_ended"
    if handover.partner != facts.partner and not facts.closed:
        return "replaced"
    return "expired" if is_over(facts, handover) else other_dates(facts, handover)


def is_shared(facts: Facts, handover: Handover) -> bool:
    """The person lets us share with this partner, and has since it was offered: a new consent revives nothing (F34)."""
    return handover.partner in facts.may_share_with and handover.id not in facts.voluntariness.unshared


def is_new(facts: Facts, partner: str) -> bool:
    """Chosen after the departure, and the person was not asked about it yet."""
    chosen = facts.reception.chosen_at
    is_later = chosen is not None and facts.departed_at is not None and chosen >= facts.departed_at
    return is_later and partner not in facts.reception.refused


def is_stale(facts: Facts, handover: Handover) -> bool:
    """Of an earlier journey, or of somebody who no longer travels."""
    return handover.journey < facts.journey or facts.track is not Track.RETURN or facts.closed


def other_dates(facts: Facts, handover: Handover) -> str | None:
    """An acceptance covers the arrivals that were offered; another time is offered and accepted anew (F19)."""
    if handover.status != "accepted" or facts.departed or handover.arrival_to is None:
        return None
    return "new_dates" if facts.travel_day > handover.arrival_to else None
