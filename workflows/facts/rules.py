"""The limits of a pathway, as stages read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Rules:
    """The limits of one version of a pathway, by name: durations, amounts, counts (workflows/pathways)."""

    pathway: str
    version: int
    times: Mapping[str, timedelta]
    numbers: Mapping[str, Decimal]

    def time(self, name: str) -> timedelta:
        """A duration. Raises KeyError for a name that the pathway does not have."""
        return self.times[name]

    def number(self, name: str) -> Decimal:
        """An amount or a count. Raises KeyError."""
        return self.numbers[name]
