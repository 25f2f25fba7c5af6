"""Intake: data consent, screening. Both are the counsellor's, and nothing goes on without them."""

from models.stage import Role
from workflows.facts import Facts
from workflows.patience import ask
from workflows.standing import Done, Standing, say


def decide(facts: Facts) -> Standing:
    """Consent to process comes before any question about the person."""
    if not facts.data_consent:
        return ask(facts, Role.COUNSELLOR, "data_consent", say("intake.no_data_consent"))
    if facts.screening is None:
        return ask(facts, Role.COUNSELLOR, "screening", say("intake.no_screening"), within="urgent")
    return Done(say("intake.complete"))
