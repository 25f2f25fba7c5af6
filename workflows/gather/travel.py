"""Gathers ``workflows.facts.travel``."""

from workflows.facts.travel import Travel
from workflows.gather.reader import Reader


def travel(read: Reader) -> Travel:
    """Routing, escorts, changes by the airline, and refunds."""
    return Travel()
