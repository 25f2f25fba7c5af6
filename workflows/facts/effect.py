"""A row of the ledger."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Effect:
    """A row of the ledger."""

    id: str
    journey: int
    action: str
    subject: str
    generation: int
    state: str
    at: datetime
    next_try_at: datetime | None
    attempts: int
    code: str | None
