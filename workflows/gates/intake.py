"""Intake: consent to keep data, and screening; and that what it saw of trafficking was decided on."""

from workflows.facts import Facts
from workflows.standing import Said, say


def intake(facts: Facts) -> Said | None:
    """Data consent and a first screening: nobody has to wait for a decision to hear of their options."""
    if not facts.data_consent:
        return say("intake.no_data_consent")
    return None if facts.screening else say("intake.no_screening")


def undecided(facts: Facts) -> Said | None:
    """Signs of trafficking on which no second person has decided: nothing goes beyond counselling (§1.3, S2)."""
    return say("intake.not_decided") if facts.intake.trafficking.pending else None
