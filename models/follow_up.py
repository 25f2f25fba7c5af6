"""Contact after the return: check-ins and attempts, trusted contacts, safety reviews, the end of trying, and after."""

from datetime import datetime
from uuid import UUID

from models.base import instant, plain, sealed
from models.case import OfJourney, OfPerson


class CheckIn(OfPerson, table=True):
    """One check-in after arrival: reached or not, and whether the person says they are safe."""

    __tablename__ = "check_ins"

    point: str = plain(max_length=20)
    reached: bool = plain()
    safe: bytes | None = sealed(3)
    answers: bytes | None = sealed(3)


class SafetyReview(OfJourney, table=True):
    """A protection officer looked at an unsafe answer and acted."""

    __tablename__ = "safety_reviews"

    subject: str = plain(max_length=60)


class ContactAttempt(OfPerson, table=True):
    """One attempt of a person to reach somebody: when, how, what came of it, and when the next one is planned.

    ``result`` is a code of the rules' ``attempt_results``. Who answered, and what was noticed, is sealed.
    """

    __tablename__ = "contact_attempts"

    point: str = plain("", max_length=20)
    channel: str = plain(max_length=20)
    result: str = plain(max_length=20)
    tried_at: datetime = instant()
    next_at: datetime | None = instant(None)
    by_partner: bool = plain(False)
    contact_id: UUID | None = plain(None)
    noticed: bytes | None = sealed(3)


class TrustedContact(OfPerson, table=True):
    """Somebody whom the person named, and lets us ask where they are. The newest row counts; ``live`` ends it."""

    __tablename__ = "trusted_contacts"

    live: bool = plain(True)
    consent_id: UUID | None = plain(None)
    name: bytes | None = sealed(2)
    address: bytes | None = sealed(2)
    relation: bytes | None = sealed(2)
    may_be_told: bytes | None = sealed(3)


class LossDecision(OfJourney, table=True):
    """A supervisor's word on somebody who cannot be reached: ``unreachable``, or ``keep_trying``."""

    __tablename__ = "loss_decisions"

    point: str = plain(max_length=20)
    outcome: str = plain(max_length=20)


class Satisfaction(OfPerson, table=True):
    """What the person thinks of each service."""

    __tablename__ = "satisfactions"

    point: str = plain(max_length=20)
    answers: bytes | None = sealed(3)


class MigrationIntention(OfPerson, table=True):
    """Whether the person means to migrate again, and why."""

    __tablename__ = "migration_intentions"

    point: str = plain(max_length=20)
    intends: bytes | None = sealed(3)
    reason: bytes | None = sealed(3)


class Remigration(OfPerson, table=True):
    """The person has migrated again: no failure of anybody's. Assistance ends, or another office goes on with it."""

    __tablename__ = "remigrations"

    assistance: str = plain(max_length=20)
    transferred_to: str | None = plain(None, max_length=60)
    reason: bytes | None = sealed(3)
    whereabouts: bytes | None = sealed(3)


class RetraffickingReport(OfPerson, table=True):
    """A sign that somebody is exploited again. ``next_ref`` is the episode that was opened for it."""

    __tablename__ = "retrafficking_reports"

    source: str = plain(max_length=20)
    next_ref: str | None = plain(None, max_length=20)
    details: bytes | None = sealed(3)


class VitalInterest(OfPerson, table=True):
    """One person's word that an authority must be told without consent, because a life is in danger.

    ``first_id`` is the word that this one agrees with.
    """

    __tablename__ = "vital_interests"

    recipient: str = plain(max_length=40)
    what: str = plain(max_length=40)
    agreed: bool | None = plain(None)
    first_id: UUID | None = plain(None, index=True)
    reason: bytes | None = sealed(3)
