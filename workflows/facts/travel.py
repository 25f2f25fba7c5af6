"""Routing, escorts, changes by the airline, and refunds."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflows.facts.journey import Leg


@dataclass(frozen=True)
class Approval:
    """A supervisor's word on a price: up to how much, in which currency, when."""

    up_to: Decimal
    currency: str
    at: datetime


@dataclass(frozen=True)
class Lesson:
    """Where a nationality was refused with a kind of document, once."""

    country: str
    airport: str
    nationality: str
    document: str


@dataclass(frozen=True)
class Change:
    """A ticketed flight that the airline moved. ``decided``: a person accepted; ``accepted``: the airline knows it."""

    id: str
    booking: str
    minutes: int
    accepted: bool | None
    at: datetime
    decided: bool = False


@dataclass(frozen=True)
class Gate:
    """What happened at the gate with one booking."""

    generation: int
    outcome: str
    cause: str
    at: datetime


@dataclass(frozen=True)
class Incident:
    """Refused on the way: why, and whether the person is held there or was sent back."""

    id: str
    cause: str
    whereabouts: str
    at: datetime


@dataclass(frozen=True)
class EscortTicket:
    """A ticket of an escort: leg 1 goes along, leg 2 comes home; for which booking of the person."""

    id: str
    leg: int
    live: bool
    booking_generation: int
    departs_at: datetime
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True)
class Escort:
    """Somebody who accompanies the person; known by id only."""

    id: str
    journey: int
    kind: str
    free_from: date
    free_until: date
    document_expires_on: date
    tickets: tuple[EscortTicket, ...] = ()


@dataclass(frozen=True)
class Account:
    """What the ledger says of one booking: owed by the airline, and since when."""

    booking: str
    owed: Decimal
    currency: str
    since: datetime
    balanced: bool = True


@dataclass(frozen=True)
class Travel:
    """Routing, escorts, changes by the airline, and refunds."""

    approvals: tuple[Approval, ...] = ()
    nationalities: frozenset[str] = frozenset()
    lessons: tuple[Lesson, ...] = ()
    shunned: frozenset[tuple[str, str, datetime]] = frozenset()
    changes: tuple[Change, ...] = ()
    gate: Gate | None = None
    levels: frozenset[str] = frozenset()
    incidents: tuple[Incident, ...] = ()
    escorts: tuple[Escort, ...] = ()
    accounts: tuple[Account, ...] = ()
    tasks: frozenset[tuple[str, str]] = frozenset()
