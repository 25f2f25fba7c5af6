"""The one source of time. Every instant is aware and in UTC; callers pass ``now`` on as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlmodel import SQLModel

from models.base import plain


class Clock(Protocol):
    """Tells the time of the case. Leases and signatures use ``wall`` instead: they outlive no jump."""

    def now(self) -> datetime:
        """The current instant in UTC."""


def wall() -> datetime:
    """The machine's own time, for leases and for the freshness of signatures."""
    return datetime.now(UTC)


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        """The machine's own time."""
        return wall()


class FixedClock:
    """A clock that stands until it is moved, for tests and simulations."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Where it stands."""
        return self.at

    def advance(self, by: timedelta) -> datetime:
        """Move forward and tell the new time."""
        self.at += by
        return self.at


class ClockOffset(SQLModel, table=True):
    """How far the demo clock runs ahead, in seconds: one row, read by every process of the demo."""

    __tablename__ = "clock_offsets"

    id: int = plain(default=1, primary_key=True)
    seconds: int = plain(default=0)


class DemoClock:
    """Real time plus an offset that all processes read from the database, so that a year passes in a minute."""

    def __init__(self, offset_seconds: Callable[[], int]) -> None:
        self._offset_seconds = offset_seconds

    def now(self) -> datetime:
        """The demo's time."""
        return wall() + timedelta(seconds=self._offset_seconds())
