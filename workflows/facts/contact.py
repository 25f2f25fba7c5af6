"""Attempts to reach the person, answers, surveys."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """Attempts to reach the person, answers, surveys."""
