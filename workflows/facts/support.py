"""Instalments and check-ins."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Instalment:
    """One part of the support."""

    id: str
    due_on: date
    evidence: bool
    approved: bool
    payment: str | None
    changed_at: datetime


@dataclass(frozen=True)
class CheckIn:
    """One check-in that was answered or given up."""

    point: str
    reached: bool
    safe: bool | None
