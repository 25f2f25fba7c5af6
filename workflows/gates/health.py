"""Health: everybody is fit to travel on the travel day."""

from datetime import date

from workflows.facts import Facts, Traveller
from workflows.standing import Said, say


def fit(facts: Facts) -> Said | None:
    """Everybody is fit to travel on the travel day."""
    return None if all(is_fit(person, facts.travel_day) for person in facts.people) else say("health.not_cleared")


def is_fit(person: Traveller, on: date) -> bool:
    """A medical officer said so, for that day."""
    word = person.fitness
    return word is not None and word.fit and word.valid_from <= on <= word.valid_until
