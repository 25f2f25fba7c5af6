"""Intake: consent to keep data, and screening."""

from workflows.facts import Facts
from workflows.standing import Said, say


def intake(facts: Facts) -> Said | None:
    """Data consent, a safe way to reach the person (or their word that none is), and screening."""
    if not facts.data_consent:
        return say("intake.no_data_consent")
    return None if facts.screening else say("intake.no_screening")
