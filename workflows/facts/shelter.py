"""Beds, admissions and what support in place there is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Stay:
    """Somebody in a shelter now; ``looked_at`` is when somebody last said that the bed is still needed."""

    id: str
    person: str
    looked_at: datetime


@dataclass(frozen=True)
class Shelter:
    """Who is in a bed, whether the newest word is that none could be given, what waits for a protection officer."""

    stays: tuple[Stay, ...] = ()
    unmet: bool = False
    contested: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()

    def houses(self, person: str) -> bool:
        """Whether somebody is in a shelter now."""
        return any(stay.person == person for stay in self.stays)
