"""What stops or suspends a case, what was done about it, and who answers for a case when somebody leaves."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.base import instant, plain, sealed, word
from models.case import Belonging, OfPerson


class IncidentKind(StrEnum):
    """What happened (domain.md §1.3, §6). Some are the end of others."""

    DETAINED = "detained"
    RELEASED = "released"
    ABSCONDED = "absconded"
    FOUND = "found"
    DECEASED = "deceased"
    REVERSED = "authority_reversal"
    GRANTED = "authority_grant"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    BREACH = "breach"
    ALERT = "protection_alert"


class Incident(OfPerson, table=True):
    """One thing that happened, numbered within the case. What exactly is sealed."""

    __tablename__ = "incidents"

    number: int = plain()
    kind: IncidentKind = word(IncidentKind)
    happened_at: datetime = instant()
    reason: str | None = plain(None, max_length=40)
    recipient: str | None = plain(None, max_length=40)
    details: bytes | None = sealed(3)


class IncidentStep(OfPerson, table=True):
    """Something that was done about an incident: ``subject`` is its number, or ``number.person``."""

    __tablename__ = "incident_steps"

    kind: str = plain(max_length=40)
    subject: str = plain(max_length=60)
    outcome: str | None = plain(None, max_length=40)
    details: bytes | None = sealed(3)


class AuthorityDisclosure(OfPerson, table=True):
    """What an authority was told, on the person's consent and on nothing less (domain.md §6, detention)."""

    __tablename__ = "authority_disclosures"

    recipient: str = plain(max_length=40)
    what: str = plain(max_length=40)
    consent_id: UUID = plain()


class CaseOwner(Belonging, table=True):
    """Who answers for a case from then on, when whoever opened it no longer does."""

    __tablename__ = "case_owners"

    handle: str = plain(max_length=60, index=True)
