"""The matrix's later looks, claims for protection, the place and its holds, and children."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

HOME_ZONE = "Europe/Istanbul"  # where a case is until its contact says otherwise


@dataclass(frozen=True)
class Look:
    """Somebody looked at the current assessment again: it stands, or must be made anew."""

    at: datetime
    subject: str
    stands: bool
    signals_seen: int = 0
    country_id: str | None = None


@dataclass(frozen=True)
class CountryLevel:
    """The standing assessment of the place that is in force."""

    id: str
    level: str


@dataclass(frozen=True)
class Held:
    """A hold on every return to the place. ``since`` and ``place`` are no personal data."""

    id: str
    place: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class Claim:
    """How a claim for protection stands now. ``advised``: a lawyer spoke with the person about it, in writing."""

    id: str
    person: str
    kind: str
    status: str
    court_on: date | None = None
    said_at: datetime | None = None
    advised: bool = False


@dataclass(frozen=True)
class Kept:
    """A ticket that was kept, or given back, while its flight may not be taken."""

    at: datetime
    subject: str
    booking: str
    kept: bool


@dataclass(frozen=True)
class Protection:
    """What protects the people of a case. ``signals`` counts what was reported of them and their place, ever."""

    signals: int = 0
    looks: tuple[Look, ...] = ()
    country: CountryLevel | None = None
    held: tuple[Held, ...] = ()
    kept: tuple[Kept, ...] = ()
    claims: tuple[Claim, ...] = ()
    advised: frozenset[str] = frozenset()
    needs_escort: frozenset[str] = frozenset()
    disputed_ages: frozenset[str] = frozenset()
    of_age_seen: frozenset[str] = frozenset()
    goes_on: Mapping[str, bool] = field(default_factory=dict)
    opened_on: date | None = None
    zone: str = HOME_ZONE

    @property
    def given_back(self) -> frozenset[str]:
        """Bookings that a movement officer gives back."""
        newest = {kept.booking: kept.kept for kept in self.kept}
        return frozenset(booking for booking, kept in newest.items() if not kept)
