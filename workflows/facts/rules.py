"""The limits and tables of a pathway, as stages read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar

R = TypeVar("R")


@dataclass(frozen=True)
class Rules:
    """The rules of one version of a pathway: durations, amounts and counts by name, tables by their kind of row."""

    pathway: str
    version: int
    times: Mapping[str, timedelta]
    numbers: Mapping[str, Decimal]
    tables: Mapping[type[Any], tuple[Any, ...]] = field(default_factory=dict)

    def time(self, name: str) -> timedelta:
        """A duration. Raises KeyError for a name that the pathway does not have."""
        return self.times[name]

    def number(self, name: str) -> Decimal:
        """An amount or a count. Raises KeyError."""
        return self.numbers[name]

    def rows(self, kind: type[R]) -> tuple[R, ...]:
        """The rows of a table (``workflows.pathways.tables``), in the order of the file; none when it has none."""
        return self.tables.get(kind, ())
