"""Beds, admissions and what support in place there is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shelter:
    """Beds, admissions and what support in place there is."""
