"""Gathers ``workflows.facts.intake``."""

from workflows.facts.intake import Intake
from workflows.gather.reader import Reader


def intake(read: Reader) -> Intake:
    """How the person may be reached, how they were screened, who belongs to whom, who may be the same."""
    return Intake()
