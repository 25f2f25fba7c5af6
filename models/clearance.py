"""Fit to travel, and free to leave."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Numeric

from models.base import instant, plain, sealed
from models.case import OfJourney, OfPerson


class HealthClearance(OfPerson, table=True):
    """A medical officer's word on one person, valid between two dates.

    ``needs`` holds what the journey needs for health's sake, and the reasons; only codes of it ever leave the vault.
    """

    __tablename__ = "health_clearances"

    valid_from: date = plain()
    valid_until: date = plain()
    fit: bytes | None = sealed(3)
    needs: bytes | None = sealed(3)
    notes: bytes | None = sealed(3)


class FitnessPaper(OfPerson, table=True):
    """A certificate, an airline's medical form or the check before embarkation, for one booking."""

    __tablename__ = "fitness_papers"

    paper: str = plain(max_length=20)
    signed_at: datetime = instant()
    generation: int = plain()
    fit: bytes | None = sealed(3)


class ExitClearance(OfJourney, table=True):
    """The movement officer's word that the person may leave, until a day."""

    __tablename__ = "exit_clearances"

    cleared: bool = plain()
    told_the_person: bool = plain(False)
    valid_until: date = plain()


class LegalStay(OfPerson, table=True):
    """Until when somebody was, or is, allowed to stay; None: without an end. Who pays the fine of an overstay."""

    __tablename__ = "legal_stays"

    ends_on: date | None = plain(None)
    fine_estimate: Decimal | None = plain(None, sa_type=Numeric(12, 2))
    currency: str | None = plain(None, max_length=3)
    fine_payer: str = plain(max_length=20)


class BanTold(OfPerson, table=True):
    """The entry ban that the person was told to expect: for which day of travel, how long, by which text."""

    __tablename__ = "bans_told"

    travel_on: date = plain()
    overstay_days: int = plain()
    months: int = plain()
    text_version: str = plain(max_length=60)
    text_hash: str = plain(max_length=64)
    language: str = plain(max_length=3)


class ExitHold(OfPerson, table=True):
    """A court or a prosecutor forbids leaving, or lifts that. It outlives a journey."""

    __tablename__ = "exit_holds"

    lifted: bool = plain()
    authority: bytes | None = sealed(3)


class RemovalDecision(OfPerson, table=True):
    """A removal decision with its days to leave (none: at once) and the days to appeal, from its notice on."""

    __tablename__ = "removal_decisions"

    notified_on: date = plain()
    leave_until: date | None = plain(None)
    appeal_until: date = plain()
