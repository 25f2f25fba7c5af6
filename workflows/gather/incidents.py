"""Gathers ``workflows.facts.incidents``."""

from workflows.facts.incidents import Incidents
from workflows.gather.reader import Reader


def incidents(read: Reader) -> Incidents:
    """What stops or suspends a case: detention, death, a reversal, a breach."""
    return Incidents()
