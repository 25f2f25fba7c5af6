"""What is checked after money was paid: the partner's books against ours, visits to a sample, taking back."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import JSON

from models.base import plain
from models.booking import MONEY
from models.case import OfJourney


class Reconciliation(OfJourney, table=True):
    """The partner's payments were read and matched with ours one to one; what did not match, by key."""

    __tablename__ = "reconciliations"

    subject: str = plain(max_length=60)
    partner: str = plain(max_length=40)
    read: int = plain()
    matched: int = plain()
    differences: list[str] = plain(sa_type=JSON)


class DifferenceAnswer(OfJourney, table=True):
    """What a difference turned out to be."""

    __tablename__ = "difference_answers"

    difference: str = plain(max_length=60)
    cause: str = plain(max_length=40)


class SpotCheck(OfJourney, table=True):
    """Somebody visited and compared the handover certificate with what the person has."""

    __tablename__ = "spot_checks"

    instalment_id: UUID = plain(foreign_key="instalments.id", index=True)
    outcome: str = plain(max_length=20)
    sha256: str | None = plain(None, max_length=64)


class ClawBack(OfJourney, table=True):
    """Somebody proposes to take money back, for fraud and nothing else."""

    __tablename__ = "claw_backs"

    instalment_id: UUID = plain(foreign_key="instalments.id", index=True)
    amount_eur: Decimal = plain(sa_type=MONEY)
    cause: str = plain(max_length=40)


class ClawBackDecision(OfJourney, table=True):
    """The word of a second person on a proposal to take money back."""

    __tablename__ = "claw_back_decisions"

    claw_back_id: UUID = plain(foreign_key="claw_backs.id", index=True)
    approved: bool = plain()
