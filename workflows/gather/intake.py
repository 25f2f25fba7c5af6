"""Gathers ``workflows.facts.intake``."""

from workflows.facts.intake import Intake
from workflows.gather.channels import channels, stopped
from workflows.gather.reader import Reader
from workflows.gather.screening import trafficking, urgent_needs, vulnerability


def intake(read: Reader) -> Intake:
    """How the person may be reached, how they were screened, who belongs to whom, who may be the same."""
    return Intake(
        channels=channels(read),
        stopped=stopped(read),
        trafficking=trafficking(read),
        urgent_needs=urgent_needs(read),
        vulnerability=vulnerability(read),
    )
