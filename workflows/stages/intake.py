"""Intake: consent, a first screening, and where it saw signs a private interview and a second person's decision."""

from models.stage import Role
from workflows.facts import Facts
from workflows.patience import ask
from workflows.standing import Asking, Done, Standing, say


def decide(facts: Facts) -> Standing:
    """Consent to process comes before any question; without a sign the first screening is the last question."""
    if not facts.data_consent:
        return ask(facts, Role.COUNSELLOR, "data_consent", say("intake.no_data_consent"))
    if facts.screening is None:
        return ask(facts, Role.COUNSELLOR, "screening", say("intake.no_screening"), within="urgent")
    return second_step(facts) or Done(say("intake.complete"))


def second_step(facts: Facts) -> Asking | None:
    """One interview, by whom the person knows; the decision by somebody else, on appeal by a third (S8)."""
    step = facts.intake.trafficking
    if not step.pending:
        return None
    if step.interview is None:
        return ask(facts, Role.COUNSELLOR, "trafficking_interview", say("intake.no_interview"), within="urgent")
    if step.appealed:
        return ask(facts, Role.SUPERVISOR, "trafficking_decision", say("intake.appealed"), within="urgent",
                   subject=step.interview)  # fmt: skip
    return ask(facts, Role.PROTECTION_OFFICER, "trafficking_decision", say("intake.not_decided"), within="urgent",
               subject=step.interview)  # fmt: skip
