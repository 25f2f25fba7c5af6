"""Custody, nationality, permits, overstay and holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Papers:
    """Custody, nationality, permits, overstay and holds."""
