"""How the person may be reached, how they were screened, who belongs to whom, who may be the same."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Intake:
    """How the person may be reached, how they were screened, who belongs to whom, who may be the same."""
