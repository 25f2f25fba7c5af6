"""Risk: an approved assessment in force that nothing has overtaken, and a decision for each child."""

from datetime import datetime

from models.stage import Track
from workflows.facts import Facts, Risk, Traveller
from workflows.pathways.tables.risk_assessment import RiskBand
from workflows.standing import Said, say

WORST = "critical"


def risk(facts: Facts) -> Said | None:
    """An approved assessment, still valid and not overtaken, of acceptable residual risk; for each child a decision."""
    assessment = facts.risk
    if assessment is None or assessment.valid_until <= facts.now:
        return say("risk.not_assessed")
    if overtaken(facts, assessment):
        return overtaken(facts, assessment)
    if assessment.approved is not True:
        return say("risk.not_approved")
    if is_too_high(facts):
        return say("risk.unacceptable")
    return None if all(is_decided_for(facts, child) for child in children(facts)) else say("risk.best_interests")


def overtaken(facts: Facts, assessment: Risk) -> Said | None:
    """Why an assessment no longer holds: something was reported, somebody found it changed, the place got worse."""
    looks = facts.protection.looks
    if any(not look.stands for look in looks):
        return say("risk.changed")
    if facts.protection.signals > max([assessment.signals_seen, *(look.signals_seen for look in looks)]):
        return say("risk.reported")
    seen = {assessment.country_id, *(look.country_id for look in looks)}
    country = facts.protection.country
    if facts.track is Track.RETURN and country and country.id not in seen and is_unacceptable(facts, country.level):
        return say("risk.place_changed")
    return None


def is_too_high(facts: Facts) -> bool:
    """A high residual risk closes the way back; whoever stays is given shelter because of it, not refused.

    A place whose standing risk is critical is closed to everybody, however well one person might be protected.
    """
    if facts.track is not Track.RETURN or facts.risk is None:
        return False
    country = facts.protection.country
    return is_unacceptable(facts, facts.risk.level) or (country is not None and country.level == WORST)


def is_unacceptable(facts: Facts, level: str) -> bool:
    """Whether nobody may be returned at this level, by the bands of the pathway."""
    return not any(band.acceptable and band.level == level for band in facts.rules.rows(RiskBand))


def children(facts: Facts) -> list[Traveller]:
    """The children who would travel."""
    return [person for person in facts.people if person.is_child(facts.today)] if facts.track is Track.RETURN else []


def is_decided_for(facts: Facts, child: Traveller) -> bool:
    """Return is best for this child, and the decision holds on the travel day (S9)."""
    until = child.best_interests_until
    return bool(child.best_interests) and (until is None or until.date() >= facts.travel_day)


def looked_again(facts: Facts) -> Said | None:
    """For somebody vulnerable the risk is looked at once more in the last days before the flight (domain.md §2.4)."""
    opens = relook_opens(facts)
    if opens is None or facts.now < opens or (facts.risk and facts.risk.at >= opens):
        return None
    return None if any(look.at >= opens for look in facts.protection.looks) else say("risk.relook")


def relook_opens(facts: Facts) -> datetime | None:
    """From when on that look counts; None where there is no ticket, or nobody vulnerable."""
    booking = facts.booking
    if booking is None or booking.status != "ticketed" or not facts.is_vulnerable or facts.track is not Track.RETURN:
        return None
    return booking.departs_at - facts.rules.time("risk_relook")


def review_of(facts: Facts) -> str:
    """What a look is about: so much was reported by now, of this place as it is assessed now."""
    country = facts.protection.country
    return f"reported:{facts.protection.signals}" + (f".{country.id}" if country else "")
