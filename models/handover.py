"""Receiving partners, what was offered to them, what they said, and every disclosure of personal data."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from models.base import instant, plain, sealed
from models.case import OfJourney
from models.case import OfPerson as OfPrincipal
from models.handover_state import OPEN

IS_OPEN = text(f"status IN ({', '.join(repr(state.value) for state in OPEN)})")


class Partner(SQLModel, table=True):
    """A receiving partner: where and when it works, how many it can take, and until when the agreement runs.

    ``name`` is how people know it; where there is none the code stands. ``areas`` is empty for the whole country;
    ``manager`` is the role address of its management, not a person's. ``way``: ``api`` with a system of its own,
    ``link`` by links on a phone, ``account`` signed in.
    """

    __tablename__ = "partners"

    code: str = plain(primary_key=True, max_length=40)
    countries: list[str] = plain(sa_type=JSON)
    agreement_until: date = plain()
    areas: list[str] = plain(default_factory=list, sa_type=JSON)
    zone: str = plain("Europe/Istanbul", max_length=60)
    opens: int = plain(9)
    closes: int = plain(17)
    manager: str | None = plain(None, max_length=200)
    capacity: int | None = plain(None)
    paused_until: date | None = plain(None)
    stopped_at: datetime | None = instant(None)
    way: str = plain("api", max_length=10)
    name: str | None = plain(None, max_length=120)


class Handover(OfPrincipal, table=True):
    """One offer of a case to one partner (peers.md §6.1), or, with ``back``, one of the partner to us to take back.

    ``preview`` is frozen when the draft is made; ``unnamed_at``: it was accepted without a focal point.
    """

    __tablename__ = "handovers"
    __table_args__ = (
        Index(
            "uq_handovers_open", "case_id", "partner", "back", unique=True, sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )  # fmt: skip

    generation: int = plain()
    partner: str = plain(max_length=40)
    back: bool = plain(False)
    reference: str = plain(max_length=80, index=True)
    status: str = plain(max_length=20)
    urgency: str = plain("normal", max_length=12)
    preview: bytes | None = sealed(3)
    preview_sha256: str | None = plain(None, max_length=64)
    arrival_from: date | None = plain(None)
    arrival_to: date | None = plain(None)
    offered_at: datetime | None = instant(None)
    waiting_since: datetime = instant()
    unnamed_at: datetime | None = instant(None)
    accepted_at: datetime | None = instant(None)
    available_from: date | None = plain(None)
    focal_point: str | None = plain(None, max_length=60)
    reason: str | None = plain(None, max_length=60)
    identity_sent_at: datetime | None = instant(None)
    arrival_sent_at: datetime | None = instant(None)
    plan_asked_at: datetime | None = instant(None)
    plan_sent_at: datetime | None = instant(None)
    arrived_at: datetime | None = instant(None)
    met: bool | None = plain(None)
    received_at: datetime | None = instant(None)
    our_sha256: str | None = plain(None, max_length=64)
    their_sha256: str | None = plain(None, max_length=64)
    ended_at: datetime | None = instant(None)


class HandoverQuestion(OfPrincipal, table=True):
    """What a partner asked back. Its clock stands still from ``at`` until our answer is sent."""

    __tablename__ = "handover_questions"

    handover_id: UUID = plain(foreign_key="handovers.id", index=True)
    text: bytes | None = sealed(3)
    reply: bytes | None = sealed(3)
    replied_at: datetime | None = instant(None)
    sent_at: datetime | None = instant(None)


class HandoverWord(OfPrincipal, table=True):
    """Every word of a partner on a handover, whether it moved anything (``outcome``) or came too late."""

    __tablename__ = "handover_words"

    handover_id: UUID = plain(foreign_key="handovers.id", index=True)
    kind: str = plain(max_length=30)
    outcome: str = plain(max_length=20)
    reason: str | None = plain(None, max_length=60)
    text: bytes | None = sealed(3)


class Acknowledgement(OfPrincipal, table=True):
    """What a partner confirms (domain.md §1.9). ``part``: receipt, capacity, safety, arrival, first_week."""

    __tablename__ = "handover_acknowledgements"

    handover_id: UUID = plain(foreign_key="handovers.id", index=True)
    part: str = plain(max_length=12)
    said: bytes | None = sealed(3)


class HandoverPackage(OfPrincipal, table=True):
    """A package as it was frozen when it was sent: its manifest, its hash, and the hash that the partner signed."""

    __tablename__ = "handover_packages"
    __table_args__ = (UniqueConstraint("effect_id"),)

    handover_id: UUID = plain(foreign_key="handovers.id", index=True)
    effect_id: UUID = plain()
    stage: str = plain(max_length=12)
    manifest: list[str] = plain(sa_type=JSON)
    sha256: str = plain(max_length=64)
    body: bytes | None = sealed(3)
    their_sha256: str | None = plain(None, max_length=64)
    signed_at: datetime | None = instant(None)


class ReceptionNote(OfPrincipal, table=True):
    """What the partner must know on the day: who must not be told, medical alerts, the gender of staff asked for."""

    __tablename__ = "reception_notes"

    no_contact: bytes | None = sealed(3)
    medical_alerts: bytes | None = sealed(3)
    staff_gender: str | None = plain(None, max_length=10)


class HandoverUrgency(OfJourney, table=True):
    """How soon a partner must answer: emergency, urgent or normal."""

    __tablename__ = "handover_urgencies"

    urgency: str = plain(max_length=12)


class PartnerChoice(OfJourney, table=True):
    """Who chose which partner, and when: choosing the same one again offers the case to it again."""

    __tablename__ = "partner_choices"

    partner: str = plain(max_length=40)


class PartnerCall(OfJourney, table=True):
    """Somebody called a partner that was silent; ``subject`` is the handover and the rung of the ladder."""

    __tablename__ = "partner_calls"

    subject: str = plain(max_length=60)
    outcome: str = plain(max_length=20)


class ProtectionIncident(OfJourney, table=True):
    """Something at a partner that a protection officer must look into at once, and what came of it."""

    __tablename__ = "protection_incidents"
    __table_args__ = (UniqueConstraint("case_id", "kind", "subject"),)

    kind: str = plain(max_length=30)
    subject: str = plain(max_length=60)
    closed_at: datetime | None = instant(None)
    closed_by: str | None = plain(None, max_length=60)
    outcome: str | None = plain(None, max_length=40)


class DataCertificate(OfJourney, table=True):
    """A partner certifies that it gave back or destroyed what it was sent; the paper is known by its hash."""

    __tablename__ = "data_certificates"

    handover_id: UUID = plain(foreign_key="handovers.id", index=True)
    kind: str = plain(max_length=12)
    sha256: str = plain(max_length=64)


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
