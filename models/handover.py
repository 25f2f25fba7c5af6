"""Receiving partners, what was offered to them, and every disclosure of personal data."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import SQLModel

from models.base import instant, plain, sealed
from models.case import OfJourney
from models.case import OfPerson as OfPrincipal


class Partner(SQLModel, table=True):
    """A receiving partner: where it works, and until when the agreement with it runs."""

    __tablename__ = "partners"

    code: str = plain(primary_key=True, max_length=40)
    countries: list[str] = plain(sa_type=JSON)
    agreement_until: date = plain()


class Handover(OfPrincipal, table=True):
    """One offer of a case to one partner (peers.md §6.1). Silence, questions and answers are instants."""

    __tablename__ = "handovers"

    generation: int = plain()
    partner: str = plain(max_length=40)
    reference: str = plain(max_length=80, index=True)
    status: str = plain(max_length=20)
    waiting_since: datetime = instant()
    reply_at: datetime | None = instant(None)
    focal_point: str | None = plain(None, max_length=60)
    reason: str | None = plain(None, max_length=60)
    asked_back: bytes | None = sealed(3)
    reply: bytes | None = sealed(3)
    identity_sent_at: datetime | None = instant(None)
    arrival_sent_at: datetime | None = instant(None)
    arrived_at: datetime | None = instant(None)
    met: bool | None = plain(None)
    received_at: datetime | None = instant(None)
    ended_at: datetime | None = instant(None)


class Disclosure(OfJourney, table=True):
    """What left the house: to whom, for what, on which consent, which fields, the hash of the bytes (S5)."""

    __tablename__ = "disclosures"

    recipient: str = plain(max_length=40)
    purpose: str = plain(max_length=40)
    basis: str = plain(max_length=60)
    consent_id: UUID | None = plain(None)
    fields: list[str] = plain(sa_type=JSON)
    sha256: str = plain(max_length=64)
    effect_id: UUID = plain()
