"""Risk, the word of the place, and exit clearance."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Risk:
    """The latest risk assessment; ``approved`` is None until a second person decided on exactly this content.

    ``level`` is the assessor's, ``hint`` the matrix's; ``sha256`` is over what is sealed; ``signals_seen`` counts
    what had been reported by then; ``heard``: the receiving partner's word on the place had been read.
    """

    id: str
    at: datetime
    level: str
    valid_until: datetime
    approved: bool | None
    hint: str = ""
    sha256: str = ""
    signals_seen: int = 0
    country_id: str | None = None
    heard: bool = True


@dataclass(frozen=True)
class CountryInput:
    """The partner's word on the place; ``safe`` is None while unanswered."""

    asked_at: datetime
    safe: bool | None


@dataclass(frozen=True)
class Exit:
    """The movement officer's word on leaving."""

    cleared: bool
    told: bool
    valid_until: date
