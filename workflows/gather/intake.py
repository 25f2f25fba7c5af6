"""Gathers ``workflows.facts.intake``."""

from workflows.facts.intake import Intake
from workflows.gather.channels import channels, stopped
from workflows.gather.duplicates import asked_before, candidates, grants_elsewhere, had_elsewhere
from workflows.gather.enquiries import enquiries
from workflows.gather.family import family, separated_from
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
        family=family(read),
        separated_from=separated_from(read),
        candidates=candidates(read),
        grants_elsewhere=grants_elsewhere(read),
        had_elsewhere=had_elsewhere(read),
        elsewhere_asked=asked_before(read),
        enquiries=enquiries(read),
    )
