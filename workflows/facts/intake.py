"""How the person may be reached, how they were screened, who belongs to whom, who may be the same."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Channel:
    """A channel that may be used; ``messages``: something may be written or left there."""

    id: str
    person: str
    kind: str
    zone: str
    from_hour: int
    to_hour: int
    messages: bool
    verified_at: datetime

    def is_stale(self, now: datetime, limit: timedelta) -> bool:
        """Not confirmed for so long that the number may be somebody else's by now (F24)."""
        return self.verified_at + limit <= now


@dataclass(frozen=True)
class Trafficking:
    """Where the second step of screening stands. ``pending``: signs were seen that nobody has decided on."""

    pending: bool = False
    interview: str | None = None
    appealed: bool = False
    official: str | None = None
    official_body: str | None = None


@dataclass(frozen=True)
class UrgentNeed:
    """A need found in screening that nobody has met yet."""

    id: str
    need: str


@dataclass(frozen=True)
class Vulnerability:
    """What a person decided, and beside it what the machine hinted."""

    at: datetime
    level: str
    hint: str


@dataclass(frozen=True)
class Candidate:
    """Somebody of another case who may be the same. ``verdict``: same, different, unsure; None: nobody looked."""

    id: str
    at: datetime
    score: int
    confidence: str
    twin: bool = False
    verdict: str | None = None
    merged: bool = False


@dataclass(frozen=True)
class Enquiry:
    """Somebody asked about a person of this case; ``seen`` once a protection officer has looked at it."""

    id: str
    at: datetime
    seen: bool


@dataclass(frozen=True)
class Intake:
    """How the person may be reached, how they were screened, who belongs to whom, who may be the same.

    ``family`` are the cases of the same family. ``separated_from`` are cases whose people must never meet: no
    flight, no file and no partner's package may bring them together. ``grants_elsewhere`` is what the same
    person already had (or may still be paid) in other cases and programmes, in euros;
    ``had_elsewhere`` names what, by label or programme, also where no amount is known.
    """

    channels: tuple[Channel, ...] = ()
    stopped: str | None = None
    trafficking: Trafficking = field(default_factory=Trafficking)
    urgent_needs: tuple[UrgentNeed, ...] = ()
    vulnerability: Vulnerability | None = None
    family: frozenset[str] = frozenset()
    separated_from: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()
    grants_elsewhere: Decimal = Decimal(0)
    had_elsewhere: frozenset[str] = frozenset()
    elsewhere_asked: bool = True
    enquiries: tuple[Enquiry, ...] = ()

    def reach(self, person: str, now: datetime, limit: timedelta) -> Channel | None:
        """The channel by which a message may go to a person now: safe, made for messages, confirmed lately."""
        usable = (c for c in self.channels if c.person == person and c.messages and not c.is_stale(now, limit))
        return next(usable, None)
