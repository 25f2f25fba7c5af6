"""Gathers ``workflows.facts.contact``."""

from workflows.facts.contact import Contact
from workflows.gather.reader import Reader


def contact(read: Reader) -> Contact:
    """Attempts to reach the person, answers, surveys."""
    return Contact()
