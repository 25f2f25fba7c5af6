"""Beside a stay in a shelter: is the bed still needed, words in conflict, serious incidents."""

from collections.abc import Iterator

from models.stage import Role, Stage
from workflows.facts import Facts
from workflows.patience import duty
from workflows.standing import Duty, say

BESIDE = Stage.REINTEGRATION


def duties(facts: Facts) -> Iterator[Duty]:
    """Nobody is asked to leave: the shelter partner is asked whether the person still needs the bed."""
    for stay in facts.shelter.stays:
        opens, why = stay.looked_at + facts.rules.time("stay_review"), say("shelter.long_stay")
        yield duty(facts, BESIDE, Role.SHELTER_PARTNER, "stay_review", why, opens_at=opens, subject=stay.id)
    for entry in facts.shelter.contested:
        why = say("shelter.contested")
        yield duty(facts, BESIDE, Role.PROTECTION_OFFICER, "shelter_decision", why, within="urgent", subject=entry)
    for entry in facts.shelter.incidents:
        why = say("shelter.incident")
        yield duty(
            facts, BESIDE, Role.PROTECTION_OFFICER, "shelter_incident_review", why, within="emergency", subject=entry
        )
