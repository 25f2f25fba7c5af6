"""What the partner was asked, must do, and has signed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reception:
    """What the partner was asked, must do, and has signed."""
