"""What stops or suspends a case: detention, death, a reversal, a breach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Incidents:
    """What stops or suspends a case: detention, death, a reversal, a breach."""
