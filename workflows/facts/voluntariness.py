"""Options, coercion, capacity, the declaration and what it waits for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voluntariness:
    """Options, coercion, capacity, the declaration and what it waits for."""
