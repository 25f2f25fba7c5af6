"""Beside intake: somebody outside asked about a victim, and a protection officer must look at it."""

from collections.abc import Iterator

from models.stage import Role, Stage
from workflows.facts import Facts
from workflows.patience import duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterator[Duty]:
    """Whoever asks may be who is feared: within a day somebody thinks about it."""
    if not facts.is_victim:
        return
    for enquiry in facts.intake.enquiries:
        if not enquiry.seen:
            yield duty(facts, Stage.INTAKE, Role.PROTECTION_OFFICER, "enquiry_review", say("enquiry.received"),
                       within="urgent", subject=enquiry.id)  # fmt: skip
