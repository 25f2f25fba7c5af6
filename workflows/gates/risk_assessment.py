"""Risk: an approved assessment in force, and a decision for each child."""

from models.stage import Track
from workflows.facts import Facts
from workflows.standing import Said, say

ACCEPTABLE = ("low", "medium")


def risk(facts: Facts) -> Said | None:
    """An approved assessment, still valid, of acceptable residual risk; for each child a best-interests decision."""
    assessment = facts.risk
    if assessment is None or assessment.valid_until <= facts.now:
        return say("risk.not_assessed")
    if assessment.approved is not True:
        return say("risk.not_approved")
    if is_too_high(facts):
        return say("risk.unacceptable")
    children = [person for person in facts.people if person.is_child(facts.travel_day)]
    if facts.track is Track.RETURN and not all(child.best_interests for child in children):
        return say("risk.best_interests")
    return None


def is_too_high(facts: Facts) -> bool:
    """A high residual risk closes the way back; whoever stays is given shelter because of it, not refused."""
    return facts.track is Track.RETURN and facts.risk is not None and facts.risk.level not in ACCEPTABLE
