"""The plan, its versions, what was approved, and what was found when books were compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class SpotCheck:
    """A payment that may be visited: its entry in the books decides whether it is in the sample."""

    instalment: str
    entry: str
    paid_at: datetime
    outcome: str | None = None


@dataclass(frozen=True)
class Money:
    """``plan`` is in force, ``pending`` waits for a second person. ``approved`` and ``paid`` in euros by scope.

    ``differences`` were found in the partner's books and not answered; ``compared`` says after which payments.
    """

    plan: str | None = None
    version: int = 0
    lines: frozenset[str] = frozenset()
    pending: str | None = None
    delay_at: datetime | None = None
    approved: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    paid_eur: Decimal = Decimal(0)
    differences: tuple[str, ...] = ()
    answers: int = 0
    compared: frozenset[str] = frozenset()
    spot_checks: tuple[SpotCheck, ...] = ()
    claw_backs: tuple[str, ...] = ()
