"""The place of return: open, or held for everybody until two people lift it."""

from workflows.facts import Facts
from workflows.standing import Said, say


def place(facts: Facts) -> Said | None:
    """No hold is on the country or area of return."""
    held = facts.protection.held
    return say("country.held", place=held[0].place, cause=held[0].reason, since=held[0].since) if held else None
