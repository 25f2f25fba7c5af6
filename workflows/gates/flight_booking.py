"""A live ticket of this journey."""

from workflows.facts import Facts
from workflows.standing import Said, say


def ticketed(facts: Facts) -> Said | None:
    """A live ticket of this journey."""
    return None if facts.booking and facts.booking.status == "ticketed" else say("booking.no_ticket")
