"""What the partner was asked, must do, and has signed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PartnerIncident:
    """Something at a partner that a protection officer must look into; ``is_open`` until its outcome is recorded."""

    id: str
    kind: str
    subject: str
    at: datetime
    is_open: bool


@dataclass(frozen=True)
class Reception:
    """The partner's place and hours, who else could receive, and what was done about silence.

    ``inactive``: partners whose agreement ended or who left. ``alternates``: partners that could take over, the most
    reliable first; looked up only while somebody must choose. ``called`` and ``certified`` name what they are about.
    ``refused``: partners with whom the person, on this journey, does not let us share.
    """

    country: str = ""
    zone: str = "Europe/Istanbul"
    opens: int = 9
    closes: int = 17
    inactive: frozenset[str] = frozenset()
    agreement_ends: datetime | None = None
    urgency: str | None = None
    chosen_at: datetime | None = None
    refused: frozenset[str] = frozenset()
    alternates: tuple[str, ...] = ()
    called: frozenset[str] = frozenset()
    certified: frozenset[str] = frozenset()
    noted_at: datetime | None = None
    incidents: tuple[PartnerIncident, ...] = ()

    def incident(self, kind: str, subject: str) -> PartnerIncident | None:
        """The incident of a kind about something, open or closed."""
        return next((one for one in self.incidents if (one.kind, one.subject) == (kind, subject)), None)
