"""Gathers ``workflows.facts.shelter``."""

from workflows.facts.shelter import Shelter
from workflows.gather.reader import Reader


def shelter(read: Reader) -> Shelter:
    """Beds, admissions and what support in place there is."""
    return Shelter()
