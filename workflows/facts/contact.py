"""Attempts to reach the person, answers, surveys, and what was learned of them afterwards."""

from dataclasses import dataclass
from datetime import datetime

from workflows.facts.message import Delivery, Reply


@dataclass(frozen=True)
class Attempt:
    """One attempt to reach the person: by a message that was sent (``by_message``), a call, a visit, somebody else."""

    id: str
    at: datetime
    channel: str
    result: str
    point: str = ""
    by_partner: bool = False
    by_message: bool = False
    next_at: datetime | None = None


@dataclass(frozen=True)
class Loss:
    """A supervisor's decision on somebody who could not be reached."""

    at: datetime
    outcome: str


@dataclass(frozen=True)
class Messaged:
    """A check-in message of a point: by which channel, which channels lead to the same address, whether it went."""

    point: str
    channel: str
    at: datetime
    same: frozenset[str]
    went: bool = True


@dataclass(frozen=True)
class Report:
    """A sign of new exploitation, and whether the episode for it is open."""

    id: str
    at: datetime
    followed: bool


@dataclass(frozen=True)
class Vital:
    """A word that an authority must be told without consent; ``agreed`` is None until a second person has said."""

    id: str
    agreed: bool | None = None


@dataclass(frozen=True)
class Contact:
    """``zone`` is where the person is, where that is known. ``spoken_at`` is when somebody last spoke with them.

    ``surveyed``, ``rated`` and ``intended`` are points at which these were asked. ``alarms`` name survey responses
    in which an answer alarms, whatever the score. ``deliveries`` are the messages of the case,
    ``replies`` what came back.
    """

    zone: str | None = None
    attempts: tuple[Attempt, ...] = ()
    messaged: tuple[Messaged, ...] = ()
    trusted: bool = False
    losses: tuple[Loss, ...] = ()
    spoken_at: datetime | None = None
    surveyed: frozenset[str] = frozenset()
    rated: frozenset[str] = frozenset()
    intended: frozenset[str] = frozenset()
    alarms: tuple[str, ...] = ()
    remigrated_at: datetime | None = None
    transferred: bool = False
    reports: tuple[Report, ...] = ()
    vital: tuple[Vital, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    replies: tuple[Reply, ...] = ()

    def messages(self, point: str) -> tuple[Messaged, ...]:
        """The check-in messages of a point, the oldest first."""
        return tuple(row for row in self.messaged if row.point == point)
