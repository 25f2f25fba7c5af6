"""Gathers ``workflows.facts.voluntariness``."""

from workflows.facts.voluntariness import Voluntariness
from workflows.gather.reader import Reader


def voluntariness(read: Reader) -> Voluntariness:
    """Options, coercion, capacity, the declaration and what it waits for."""
    return Voluntariness()
