"""Somewhere safe to live."""

from workflows.facts import Facts


def housed(facts: Facts) -> bool:
    """In a shelter now, or a place elsewhere was arranged in this journey."""
    return facts.shelter.houses(facts.principal.id) or ("shelter", str(facts.journey)) in facts.supports
