"""The reintegration plan with its instalments, check-ins, and how a case was closed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from models.base import instant, plain, sealed
from models.booking import MONEY
from models.case import OfJourney, OfPerson


class Plan(OfJourney, table=True):
    """A plan agreed with the person; its instalments are rows of their own."""

    __tablename__ = "plans"


class Instalment(OfJourney, table=True):
    """One part of the support: what, how much, when, the evidence, the approval, the hand-over of money."""

    __tablename__ = "instalments"

    plan_id: UUID = plain(foreign_key="plans.id")
    ordinal: int = plain()
    label: str = plain(max_length=40)
    amount: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    due_on: date = plain()
    evidence_hash: str | None = plain(None, max_length=64)
    evidence_by: str | None = plain(None, max_length=60)
    approved_by: str | None = plain(None, max_length=60)
    payment_reference: str | None = plain(None, max_length=80, index=True)
    payment_status: str | None = plain(None, max_length=20)
    paid_at: datetime | None = instant(None)


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


class Closure(OfJourney, table=True):
    """The closing decision: why, and that the checklist was gone through."""

    __tablename__ = "closures"

    reason: str = plain(max_length=40)
