"""The reintegration plan with its lines and instalments."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON

from models.base import instant, plain
from models.booking import MONEY
from models.case import OfJourney
from models.money import RATE


class Plan(OfJourney, table=True):
    """One version of a plan, as the person signed it. ``lines`` are the lines it is made of: those that an

    earlier version spent on stay in it as they are.
    """

    __tablename__ = "plans"

    version: int = plain(1)
    text_version: str = plain("", max_length=40)
    text_hash: str = plain("", max_length=64)
    language: str = plain("", max_length=3)
    interpreter: bool = plain(False)
    signed_on: date | None = plain(None)
    reason: str | None = plain(None, max_length=40)
    goals: list[dict[str, str]] = plain(sa_type=JSON, default_factory=list)
    left_out: list[str] = plain(sa_type=JSON, default_factory=list)
    lines: list[str] = plain(sa_type=JSON, default_factory=list)


class PlanDecision(OfJourney, table=True):
    """A second person's word on a version of the plan."""

    __tablename__ = "plan_decisions"

    plan_id: UUID = plain(foreign_key="plans.id", index=True)
    approved: bool = plain()


class PlanDelay(OfJourney, table=True):
    """Why a plan takes longer than it should."""

    __tablename__ = "plan_delays"

    reason: str = plain(max_length=40)


class PlanLine(OfJourney, table=True):
    """One activity of a plan: what kind, for whom, who is paid, and whether it can be done. Never changed."""

    __tablename__ = "plan_lines"

    kind: str = plain(max_length=40)
    dimension: str = plain(max_length=20)
    level: str = plain(max_length=20)
    for_person: UUID = plain(foreign_key="persons.id")
    payee: str | None = plain(None, max_length=40)
    why_not_vendor: str | None = plain(None, max_length=40)
    feasibility: dict[str, Any] = plain(sa_type=JSON)
    currency: str = plain(max_length=3)
    rate: Decimal = plain(sa_type=RATE)
    rate_on: date = plain()
    rate_source: str = plain(max_length=40)


class Instalment(OfJourney, table=True):
    """One payment of a line: how much, not before which day, on which trigger; and how far its payment is."""

    __tablename__ = "instalments"

    plan_id: UUID = plain(foreign_key="plans.id")
    line_id: UUID = plain(foreign_key="plan_lines.id", index=True)
    ordinal: int = plain()
    label: str = plain(max_length=40)
    trigger: str = plain("", max_length=40)
    amount: Decimal = plain(sa_type=MONEY)
    currency: str = plain(max_length=3)
    due_on: date = plain()
    payment_reference: str | None = plain(None, max_length=80, index=True)
    payment_status: str | None = plain(None, max_length=20)
    paid_at: datetime | None = instant(None)
    by_hand: bool = plain(False)
    stop_asked_at: datetime | None = instant(None)


class Quote(OfJourney, table=True):
    """What one vendor asks for a line. ``chosen`` is the one that is bought from."""

    __tablename__ = "quotes"

    line_id: UUID = plain(foreign_key="plan_lines.id", index=True)
    vendor: str = plain(max_length=40)
    amount: Decimal = plain(sa_type=MONEY)
    sha256: str = plain(max_length=64, index=True)
    chosen: bool = plain()
    why_not_cheapest: str | None = plain(None, max_length=40)


class Evidence(OfJourney, table=True):
    """A proof for an instalment, by kind and hash. A photo shows no face: who recorded it looked."""

    __tablename__ = "evidence"

    instalment_id: UUID = plain(foreign_key="instalments.id", index=True)
    kind: str = plain(max_length=40)
    sha256: str = plain(max_length=64, index=True)
    without_faces: bool | None = plain(None)


class ClaimDecision(OfJourney, table=True):
    """An instalment that was not claimed in time: given more time, or ended with a reason."""

    __tablename__ = "claim_decisions"

    instalment_id: UUID = plain(foreign_key="instalments.id", index=True)
    extended_to: date | None = plain(None)
    lapse_reason: str | None = plain(None, max_length=40)


class ClaimReminder(OfJourney, table=True):
    """The person was told, or could not be told, that an instalment must be claimed soon."""

    __tablename__ = "claim_reminders"

    instalment_id: UUID = plain(foreign_key="instalments.id", index=True)
    told: bool = plain()
