"""Who travels on whose lap: an infant under two needs an adult of its own, or a seat."""

from collections.abc import Mapping, Sequence
from datetime import date

INFANT_UNDER = 2
ADULT_FROM = 18


def age_on(born_on: date, day: date) -> int:
    """Years somebody is old on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def laps(ages: Sequence[int]) -> Mapping[int, int]:
    """The place of each infant on a lap, with the place of the adult; both in the order of the ages.

    One infant an adult. An infant for whom no adult is left is not in it: it gets a seat, as a child.
    """
    adults = [place for place, age in enumerate(ages) if age >= ADULT_FROM]
    infants = [place for place, age in enumerate(ages) if age < INFANT_UNDER]
    return dict(zip(infants, adults, strict=False))
