"""What stops or suspends a case: detention, death, a reversal, a breach; and who no longer answers for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SUSPENDING = ("detained", "absconded", "suspended")


@dataclass(frozen=True)
class Incident:
    """Something that happened, by its number within the case; ``ended_at`` when its end was recorded too."""

    number: int
    kind: str
    at: datetime
    happened_at: datetime
    person: str
    recipient: str | None = None
    ended_at: datetime | None = None

    @property
    def subject(self) -> str:
        """How tasks name it."""
        return str(self.number)


@dataclass(frozen=True)
class Incidents:
    """``steps``: what was done, by kind and subject, with the last instant and outcome. ``owner_gone``: whoever

    answers for the case has left or lost the role. ``dead``: ids of people who died.
    """

    rows: tuple[Incident, ...] = ()
    steps: Mapping[tuple[str, str], tuple[datetime, str | None]] = field(default_factory=dict)
    deceased: bool = False
    dead: frozenset[str] = frozenset()
    owner_gone: bool = False

    def live(self, *kinds: str) -> tuple[Incident, ...]:
        """Incidents of these kinds that have not ended, oldest first."""
        return tuple(row for row in self.rows if row.kind in kinds and row.ended_at is None)

    @property
    def suspension(self) -> Incident | None:
        """What makes the case stand still now: the oldest, where there are several."""
        return next(iter(self.live(*SUSPENDING)), None)

    @property
    def reversal(self) -> Incident | None:
        """The host authority took back its grant, and has not given it again."""
        return next(iter(self.live("authority_reversal")), None)

    def done(self, kind: str, subject: str) -> bool:
        """Whether this was done about that."""
        return (kind, subject) in self.steps

    def outcome(self, kind: str, subject: str) -> str | None:
        """What came of it."""
        return self.steps[kind, subject][1] if self.done(kind, subject) else None

    def last(self, kind: str, subject: str, since: datetime) -> datetime:
        """When it was last done, or the instant given."""
        return self.steps[kind, subject][0] if self.done(kind, subject) else since

    def paused(self, since: datetime, now: datetime) -> timedelta:
        """How long the case stood still between two instants; two suspensions at once count once."""
        paused, reached = timedelta(), since
        for row in (row for row in self.rows if row.kind in SUSPENDING):
            begin, end = max(row.at, reached), min(row.ended_at or now, now)
            if end > begin:
                paused, reached = paused + (end - begin), end
        return paused
