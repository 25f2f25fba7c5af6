"""The arrival in its steps, instalments and check-ins."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Arrival:
    """Departed, arrived, met, safe: four events, each with its own source and time; none follows from another.

    ``safe_at`` is when the person was spoken to in private and said so; ``unsafe_at`` when they said otherwise.
    """

    departed_source: str | None = None
    arrived_source: str | None = None
    met_at: datetime | None = None
    met_by: str | None = None
    safe_at: datetime | None = None
    safe_by: str | None = None
    code_word: bool = False
    unsafe_at: datetime | None = None
    tried_at: datetime | None = None


@dataclass(frozen=True)
class Payee:
    """The account that a line is paid to. ``allowed`` is the word on one that raises a question; None: no word yet.

    ``shared``: the same account stands elsewhere too, under another name. ``changed``: it is not the first.
    """

    id: str
    kind: str
    method: str
    verified: bool | None = None
    changed: bool = False
    shared: bool = False
    allowed: bool | None = None


@dataclass(frozen=True)
class Instalment:
    """One part of the support. ``ended``: it lapsed and will not be paid. ``quotes`` counts different vendors."""

    id: str
    due_on: date
    approved: bool
    payment: str | None
    changed_at: datetime
    line: str = ""
    person: str = ""
    kind: str = ""
    trigger: str = ""
    amount_eur: Decimal = Decimal(0)
    line_eur: Decimal = Decimal(0)
    quotes: int = 0
    proofs: frozenset[str] = frozenset()
    payee: Payee | None = None
    by_hand: bool = False
    stop_asked: bool = False
    claim_from: datetime | None = None
    extended_to: date | None = None
    reminded: bool = False
    ended: bool = False

    @property
    def is_open(self) -> bool:
        """Still to be paid."""
        return self.payment != "handed_over" and not self.ended


@dataclass(frozen=True)
class CheckIn:
    """One check-in that was answered or given up."""

    point: str
    reached: bool
    safe: bool | None
    at: datetime | None = None
