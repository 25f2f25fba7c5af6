"""Gathers ``workflows.facts.papers``."""

from workflows.facts.papers import Papers
from workflows.gather.reader import Reader


def papers(read: Reader) -> Papers:
    """Custody, nationality, permits, overstay and holds."""
    return Papers()
