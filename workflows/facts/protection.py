"""The matrix, asylum, the country switch, guardians and children."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Protection:
    """The matrix, asylum, the country switch, guardians and children."""
